"""The deterministic CPO calculator: one file per group of formulas, one registry, no eval.

formula.py       The nouns: Parameter, Output, Formula.
registry.py      The one list of formulas.
energy.py  optical_link.py  counting.py  yield_cost.py  thermal.py  fibre_coupling.py  reliability.py  latency.py
market.py        The formulas, each declared beside its function.
special.py       erfc and its kin, in decimals; the only door to mpmath.
units.py         Read numbers with units and convert them; the only door to pint.
basis.py         What an energy is counted on: net or line rate, one direction or both, engine or link.
arguments.py     Take apart what a user gives: lists, pairs, names, matrices.
binding.py       Turn what a user gives into a formula's arguments.
working.py       The arithmetic that an argument may bring along.
ranges.py        Compute with intervals.
calculation.py   Bind, check, compute, show the steps; compute again.
precision.py     How many digits are kept.
expression/      Arithmetic on named operands, for what no formula covers.
rounding.py      The rounding that a question asks for.
result.py        What comes out.
reference.py     Sourced figures that may stand in for an argument, by name.
routing/         Choose the formulas for a question and find their arguments there.
sweep.py  plots.py   Many results at once, and pictures of them.
"""

from agent.calculator.calculation import calculate, recompute
from agent.calculator.expression import adds_nothing, evaluate
from agent.calculator.formula import ANY, MONEY, Bilingual, Formula, Interval, Item, Output, Parameter, RangedItem
from agent.calculator.registry import describe, formulas, lookup
from agent.calculator.result import Input, Result, Value, show
from agent.calculator.routing import Route, RoutedStep, find_formula, route, run_route
from agent.calculator.units import convertible, read_quantity, same_value
from agent.calculator.working import halved, terms_of
from agent.errors import CalculationError

__all__ = [
    "ANY", "MONEY", "Bilingual", "CalculationError", "Formula", "Input", "Interval", "Item", "Output", "Parameter",
    "RangedItem", "Result", "Route", "RoutedStep", "Value", "adds_nothing",
    "calculate", "convertible", "describe", "evaluate",
    "find_formula",
    "formulas", "halved", "lookup", "read_quantity", "recompute", "route", "run_route", "same_value", "show",
    "terms_of",
]  # fmt: skip
