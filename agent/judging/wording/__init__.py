"""The sense of a claim's words: negation, direction, certainty, conditions."""
