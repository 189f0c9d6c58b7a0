"""Answer questions from indexed documents, with verified citations and computed numbers."""
