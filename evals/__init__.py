"""Measure the agent against gold sets."""
