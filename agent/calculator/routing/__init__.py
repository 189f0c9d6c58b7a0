"""From a question in an analyst's words to the formulas that answer it, with their arguments; or no, if not settled.

figures.py    The numbers of a question: the nouns.
reading.py    Read them.  lending.py  parallels.py  What they lend each other.  rereading.py  Other ways to read them.
words.py      The words beside a number.
concepts.py   What words mean, for those that no formula declares.
asks.py       What is asked for.  cases.py  One question asked of several values.
slots.py      Which number is which argument.
flows.py      Which result may be another formula's argument.
plans.py      Chain formulas backwards from what is asked.
settling.py   Weigh the ways, and settle on one.
turns.py      Words that turn what a number means, and so leave a question unsettled.
routes.py     The way found, and going it.

    >>> [(step.formula_id, step.inputs) for step in route("51.2 Tb/s switch at 5 pJ/bit, how many watts?").steps]
    [('switch_optics_power_w', {'capacity_tbps': '51.2 Tb/s', 'energy_pj_per_bit': '5 pJ/bit'})]

A number that fits nowhere, two readings with different results, something else that is asked: each is a reason to say
no.
"""

from agent.calculator.routing.routes import Route, RoutedStep, find_formula, route, run_route

__all__ = ["Route", "RoutedStep", "find_formula", "route", "run_route"]
