"""Whom a claim names, and who does what to whom."""
