"""Whether all that a claim says is said by what is shown for it."""
