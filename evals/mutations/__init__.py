"""The mutation bench: what the gate lets through of faulty claims, and what it refuses of true ones.

shipped documents, gold claims, folders → Statement → true Case, faulty Case → verify → Outcome → report
"""

from evals.mutations.bench import run
from evals.mutations.case import Case, Edit, Library, Statement

__all__ = ["Case", "Edit", "Library", "Statement", "run"]
