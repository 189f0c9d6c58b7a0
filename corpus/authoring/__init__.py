"""Build the shipped documents that are not plain text from Markdown, so that their bytes can be checked."""
