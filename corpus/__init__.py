"""Read documents and cut them into citable passages."""
