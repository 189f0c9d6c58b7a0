"""Sources that disagree: other numbers, or opposite judgements, for one thing, one time and one measure.

Statements are read from sentences and rows (``statements``, ``judgements``) and held against each other (``values``);
``finding`` does so for what an answer rests on, and tells what is stale from what is contradictory. A false conflict
costs more than a missed one: whatever may be about another thing, meant otherwise or of another time says nothing.
"""

from agent.conflicts.finding import Look, find_conflicts, find_other_sides

__all__ = ["Look", "find_conflicts", "find_other_sides"]
