"""Know when passages do not answer a question, and say what they lack."""
