"""From a question in an analyst's words to the formulas that answer it, with their arguments; or no, if not settled.

words.py     The words beside a number.
figures.py   The numbers of a question.
concepts.py  What words mean, for those that no formula declares.
asks.py      What is asked for.
slots.py     Which number is which argument.
flows.py     Which result may be another formula's argument.
plans.py     Chain formulas backwards from what is asked.
routes.py    Settle on one way, and go it.

    >>> [(step.formula_id, step.inputs) for step in route("51.2 Tb/s switch at 5 pJ/bit, how many watts?").steps]
    [('switch_optics_power_w', {'capacity_tbps': '51.2 Tb/s', 'energy_pj_per_bit': '5 pJ/bit'})]

A number that fits nowhere, two readings with different results, something else that is asked: each is a reason to say
no.
"""

from agent.calculator.routing.routes import Route, RoutedStep, find_formula, route, run_route

__all__ = ["Route", "RoutedStep", "find_formula", "route", "run_route"]
