"""What a claim's numbers say, of what, and where each comes from."""
