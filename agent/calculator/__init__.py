"""The deterministic CPO calculator: one file per group of formulas, one registry, no eval.

formula.py       The nouns: Parameter, Output, Formula.
registry.py      The one list of formulas.
energy.py  optical_link.py      The formulas, each declared beside its function.
units.py         Read numbers with units and convert them; the only door to pint.
calculation.py   Bind, check, compute, show the steps; compute again.
result.py        What comes out.
proposals.py     Choose a formula for a question and find its arguments there.
"""

from agent.calculator.calculation import calculate, recompute
from agent.calculator.formula import Bilingual, Formula, Item, Output, Parameter
from agent.calculator.proposals import Proposal, find_formula, propose
from agent.calculator.registry import describe, formulas
from agent.calculator.result import Input, Result, Value

__all__ = [
    "Bilingual", "Formula", "Input", "Item", "Output", "Parameter", "Proposal", "Result", "Value",
    "calculate", "describe", "find_formula", "formulas", "propose", "recompute",
]  # fmt: skip
