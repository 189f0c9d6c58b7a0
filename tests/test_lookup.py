"""A missing argument is looked up in passages, told by name and unit, and never made up."""

import pytest

from agent.calculator import Parameter, lookup
from agent.lookup import find_input
from corpus.document import Passage

LINES = [
    "Broadcom's Bailly CPO draws 5.5 W per 800G including the laser, which is 6.875 pJ/bit.",
    "NVIDIA's Quantum-X takes 9 W a port.",
    "Bailly was measured at 6.75 pJ/bit by Meta in 2025.",
    "Humboldt needs less than 12 pJ/bit.",
    "Lumentum's lasers fail at 50 FIT; its modules have a PUE of 1.2 in the Tokyo hall.",
]
PASSAGES = [Passage(f"d-1.{n}", "d", 1, 0, len(line), line, "en") for n, line in enumerate(LINES)]


def _parameter(formula_id: str, name: str) -> Parameter:
    return next(one for one in lookup(formula_id).parameters if one.name == name)


ENERGY = _parameter("switch_optics_power_w", "energy_pj_per_bit")


def test_every_value_that_the_passages_give_for_the_thing_named_is_found() -> None:
    found = find_input(ENERGY, "How much power would a 51.2T Bailly switch take?", PASSAGES)
    assert [(one.text, one.passage_id) for one in found] == [("6.875 pJ/bit", "d-1.0"), ("6.75 pJ/bit", "d-1.2")]
    for one in found:
        passage = next(p for p in PASSAGES if p.id == one.passage_id)
        assert passage.text[one.start : one.end] == one.text and one.quote == passage.text


@pytest.mark.parametrize(
    ("parameter", "question"),
    [
        (ENERGY, "How much power would a 51.2T switch take?"),  # nothing named: any switch
        (ENERGY, "How much power would a 51.2T Davisson switch take?"),
        (ENERGY, "How much power would a 51.2T Humboldt switch take?"),  # a bound is no value
        (ENERGY, "51.2T的Bailly交换机，按6.875 pJ/bit和6.75 pJ/bit计算功耗"),  # those are the question's own
        (_parameter("power_saving", "p_new_w"), "How much would Bailly save against a 15 W module of Lumentum?"),
    ],
)
def test_nothing_is_made_up(parameter: Parameter, question: str) -> None:
    assert find_input(parameter, question, PASSAGES) == []


def test_an_everyday_number_needs_its_name_beside_it() -> None:
    pue = _parameter("annual_energy_mwh", "pue")
    assert [one.text for one in find_input(pue, "What energy does Lumentum's hall take at 1 MW?", PASSAGES)] == ["1.2"]
    assert find_input(pue, "What energy does Bailly take at 1 MW?", PASSAGES) == []
