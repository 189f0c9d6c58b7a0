"""Every operand of a calculation is traced to the question, a quote, an earlier result or a named figure."""

import json
from typing import Any

import pytest

from agent.answer import Calculation
from agent.calculator.reference import references
from agent.evidence import Evidence
from agent.judging import judge
from agent.tools import make_tools
from corpus.document import Block, Document, Page, Passage
from indexes.index import Index

LINES = [
    "Broadcom's Bailly draws 5.5 W per 800G including the laser, which is 6.875 pJ/bit.",
    "The ring drifts by 70 pm/°C, and the module loses 30% of its light.",
    "The old engine takes 9 W including its laser.",
    "The new engine takes 4 W without the laser.",
    "A test of 2.6 million device hours saw no failure between 2023 and 2025.",
]
TABLE = "Revenue | $212,986 | $177,935\nNet loss | (1,234) | (987)\nMargin | 12% | 9%"
HEADER = "In thousands of dollars | 2019 | 2018"
TEXT = "\n".join([*LINES, TABLE])


def _passages() -> list[Passage]:
    found = []
    for number, words in enumerate([*LINES, TABLE], 1):
        start = TEXT.index(words)
        header = HEADER if words is TABLE else ""
        found.append(Passage(f"d-1.{number}", "d", 1, start, start + len(words), words, "en", ("Figures",), header))
    return found


PASSAGES = _passages()
PAGE = Page(1, "1", TEXT, tuple(Block("paragraph", p.start, p.end) for p in PASSAGES))
DOCUMENT = Document("d", "Report", "Ourselves", "2025", "en", "r.md", "0" * 64, "text/markdown", (PAGE,))


class _Index:
    """What the tools of calculation need of an index: its documents."""

    def __init__(self) -> None:
        self.documents = {"d": DOCUMENT}


class _Run:
    """One run of the tools on a question."""

    def __init__(self, question: str) -> None:
        self.evidence = Evidence()
        self.evidence.see(PASSAGES)
        index: Index = _Index()  # type: ignore[assignment]
        self._tools = {tool.__name__: tool for tool in make_tools(index, self.evidence, question)}

    def call(self, tool: str, *arguments: Any, **named: Any) -> Calculation:
        content = json.loads(self._tools[tool](*arguments, **named))
        assert "error" not in content, content["error"]
        return self.evidence.calculations[content["id"]]

    def error(self, tool: str, *arguments: Any, **named: Any) -> str:
        return str(json.loads(self._tools[tool](*arguments, **named))["error"])


def _kinds(calculation: Calculation) -> list[str]:
    return [origin.kind for origin in calculation.origins]


@pytest.mark.parametrize(
    ("question", "formula_id", "inputs"),
    [
        ("51.2T交换机，每比特5皮焦", "switch_optics_power_w",
         {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"}),
        ("at 30% load", "annual_energy_mwh", {"it_power_w": "30 W", "pue": "1.3"}),
        ("a load of 30% on 1 MW at a PUE of 1.3", "annual_energy_mwh",
         {"it_power_w": "1000 kW", "pue": "1.3", "load_factor": "0.3"}),
        ("4 x 15 W and 2 x 9 W", "fleet_power_kw", {"items": "4 x 15 W; 2 x 9 W"}),
        ("from $46 million in 2024 to $8.1 billion in 2030", "cagr_pct",
         {"v0": "$46M", "v1": "81亿美元", "years": "2024–2030"}),
        ("PAM4 needs a Q for 2.4e-4", "q_from_ber", {"ber": "0.00024", "levels": "PAM4"}),
        ("the Murphy model, 25 mm², 0.5 /cm²", "die_yield_pct",
         {"area_mm2": "25 mm2", "defect_density_per_cm2": "0.5 /cm2", "model": "murphy"}),
        ("100万器件小时零失效，置信度90%", "fit_upper_bound",
         {"device_hours": "100万器件小时", "failures": "0", "confidence_pct": "90%"}),
        ("光纤长2公里，每公里0.25 dB", "fiber_loss_db", {"length_km": "2公里", "alpha_db_per_km": "0.25 dB/km"}),
        ("每比特能耗5 pJ，800G", "interface_power_w", {"energy_pj_per_bit": "5 pJ/bit", "rate_gbps": "800G"}),
        ("良率分别为95、98、97%", "compound_yield_pct", {"yields_pct": "95%; 98%; 97%"}),
    ],
)  # fmt: skip
def test_what_the_question_gives_is_proven_in_any_unit_and_language(
    question: str, formula_id: str, inputs: dict[str, str]
) -> None:
    calculation = _Run(question).call("calculate", formula_id, inputs)
    proven = question != "at 30% load"
    assert calculation.proven is proven


@pytest.mark.parametrize(
    ("question", "formula_id", "inputs", "proven"),
    [
        ("With 5 engines on a 51.2 Tb/s switch, how many watts?", "switch_optics_power_w",
         {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"}, False),
        ("51.2T交换机有5个光引擎，功耗多少瓦？", "switch_optics_power_w",
         {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"}, False),
        ("51.2T交换机的能耗从15降到5 pJ/bit，省多少瓦？", "switch_optics_power_w",
         {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "15 pJ/bit"}, True),
        ("15、10、5 pJ/bit三种方案在51.2T交换机上各多少瓦？", "switch_optics_power_w",
         {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "10 pJ/bit"}, True),
        ("Losses of 3, 5 and 7 dB, laser 10 dBm, sensitivity -6 dBm: margin?", "link_budget",
         {"p_laser_dbm": "10 dBm", "sensitivity_dbm": "-6 dBm", "losses_db": "3 dB; 5 dB; 7 dB"}, True),
        ("3 connectors of 5 dB, laser 10 dBm, sensitivity -6 dBm: margin?", "link_budget",
         {"p_laser_dbm": "10 dBm", "sensitivity_dbm": "-6 dBm", "losses_db": "3 dB; 5 dB"}, False),
        ("From 2018 to 2019 it grew from 5 to 7 million dollars: growth?", "cagr_pct",
         {"v0": "5 million USD", "v1": "7 million USD", "years": "1"}, True),
        ("It rose from 5 million dollars to 7 million dollars in 3 years", "cagr_pct",
         {"v0": "3 million USD", "v1": "7 million USD", "years": "3"}, False),
        ("30 racks of 1 MW at a PUE of 1.3", "annual_energy_mwh",
         {"it_power_w": "1000 kW", "pue": "1.3", "load_factor": "30%"}, False),
        ("1 MW at half load and a PUE of 1.3", "annual_energy_mwh",
         {"it_power_w": "1000 kW", "pue": "1.3", "load_factor": "0.5"}, True),
        ("1 MW的机房PUE 1.3，打八折后的负载", "annual_energy_mwh",
         {"it_power_w": "1000 kW", "pue": "1.3", "load_factor": "80%"}, True),
        ("1 MW for half a year at a PUE of 1.3", "annual_energy_mwh",
         {"it_power_w": "1000 kW", "pue": "1.3", "load_factor": "0.5"}, False),
    ],
)  # fmt: skip
def test_a_bare_number_of_the_question_has_no_unit_but_one_shared_or_named(
    question: str, formula_id: str, inputs: dict[str, str], proven: bool
) -> None:
    found = _Run(question).call("calculate", formula_id, inputs)
    assert found.proven is proven, _kinds(found)


@pytest.mark.parametrize(
    ("formula_id", "inputs", "source"),
    [
        ("interface_power_w", {"energy_pj_per_bit": "6.875 pJ/bit"}, "d-1.1"),
        ("wavelength_drift_nm", {"coeff_nm_per_c": "0.07 nm/K"}, "d-1.2"),
        ("fit_from_mtbf_h", {"mtbf_h": "260万小时"}, "d-1.5"),
        ("project", {"years": "2"}, "d-1.5"),
    ],
)
def test_what_a_passage_gives_is_quoted(formula_id: str, inputs: dict[str, str], source: str) -> None:
    rest = {"interface_power_w": {"rate_gbps": "800G"}, "wavelength_drift_nm": {"delta_t_c": "2 K"},
            "project": {"v0": "5 USD", "cagr": "10%"}}  # fmt: skip
    run = _Run("at 800G, 2 K, from 5 USD at 10%")
    given = {**rest.get(formula_id, {}), **inputs}
    calculation = run.call("calculate", formula_id, given, sources=dict.fromkeys(inputs, source))
    assert calculation.proven
    (origin,) = [origin for origin in calculation.origins if origin.operand in inputs]
    assert origin.kind == "quote" and origin.citation and origin.citation.quote in TEXT


@pytest.mark.parametrize(
    ("inputs", "sources"),
    [
        ({"energy_pj_per_bit": "6.9 pJ/bit"}, {"energy_pj_per_bit": "d-1.1"}),
        ({"energy_pj_per_bit": "5.5 pJ/bit"}, {"energy_pj_per_bit": "d-1.1"}),
        ({"energy_pj_per_bit": "6.875 pJ/bit"}, {"energy_pj_per_bit": "d-1.2"}),
        ({"energy_pj_per_bit": "6.875 pJ/bit"}, {"energy_pj_per_bit": "d-9.9"}),
        ({"energy_pj_per_bit": "6.875 pJ/bit"}, {}),
        ({"energy_pj_per_bit": "5–7 pJ/bit"}, {"energy_pj_per_bit": "d-1.1"}),
    ],
)
def test_what_stands_elsewhere_or_nowhere_is_unproven(inputs: dict[str, str], sources: dict[str, str]) -> None:
    calculation = _Run("at 800G?").call(
        "calculate", "interface_power_w", {**inputs, "rate_gbps": "800G"}, sources=sources
    )
    assert _kinds(calculation) == ["unproven", "question"]


def test_a_chain_is_proven_when_each_link_is() -> None:
    run = _Run("1 MW at PUE 1.3, 0.08 USD/kWh, 64 of them")
    first = run.call("calculate", "annual_energy_mwh", {"it_power_w": "1 MW", "pue": 1.3})
    second = run.call("calculate", "annual_cost", {"energy_mwh": "#c1.energy_mwh", "price_per_kwh": "0.08 USD/kWh"})
    assert first.proven and second.proven
    origin = second.origins[0]
    assert (origin.operand, origin.kind, origin.source) == ("energy_mwh", "calculation", "c1.energy_mwh")
    fleet = run.call("calculate", "fleet_power_kw", {"items": "64 x 15 W"})
    assert not fleet.proven  # 15 W stands nowhere
    assert not run.call("calculate", "interface_power_w", {"energy_pj_per_bit": 5, "rate_gbps": 800}).proven
    told = run.call("calculate", "annual_cost", {"energy_mwh": "#c1", "price_per_kwh": "0.09 USD/kWh"})
    assert _kinds(told) == ["calculation", "unproven"]
    assert "has been computed" in run.error(
        "calculate", "annual_cost", {"energy_mwh": "#c9.energy_mwh", "price_per_kwh": 1}
    )
    assert "has been computed" in run.error("calculate", "annual_cost", {"energy_mwh": "#c1.power", "price_per_kwh": 1})


def test_an_unproven_link_breaks_the_chain() -> None:
    run = _Run("0.08 USD/kWh")
    run.call("calculate", "annual_energy_mwh", {"it_power_w": "1 MW", "pue": 1.3})
    cost = run.call("calculate", "annual_cost", {"energy_mwh": "#c1.energy_mwh", "price_per_kwh": "0.08 USD/kWh"})
    assert not cost.proven


def test_a_named_figure_is_an_assumption_with_its_source() -> None:
    row = next(one for one in references() if one.unit == "pJ/bit")
    calculation = _Run("at 800G").call(
        "calculate", "interface_power_w", {"energy_pj_per_bit": f"@{row.id}", "rate_gbps": "800G"}
    )
    assert calculation.proven
    assert (calculation.origins[0].kind, calculation.origins[0].source) == ("assumption", row.id)


def test_cells_of_a_table_prove_numbers_in_its_scale_and_sign() -> None:
    run = _Run("What was the change in revenue?")
    at = f"d-1.6#{TABLE.index('Revenue')}"
    scaled = {"new": "212986000 USD", "old": "177935000 USD"}
    assert run.call("compute_expression", "new - old", scaled, sources=dict.fromkeys(scaled, at)).proven
    plain = {"new": "212986", "old": "177,935"}
    assert run.call("compute_expression", "growth(old, new)", plain, sources=dict.fromkeys(plain, at)).proven
    loss = f"d-1.6#{TABLE.index('Net loss')}"
    assert run.call("compute_expression", "a", {"a": "-1234000 USD"}, sources={"a": loss}).proven
    for wrong in ("212986000000 USD", "-212986 USD", "212,987"):
        assert not run.call("compute_expression", "a", {"a": wrong}, sources={"a": at}).proven, wrong
    elsewhere = run.call("compute_expression", "a", {"a": "212,986"}, sources={"a": loss})
    assert not elsewhere.proven


@pytest.mark.parametrize(
    ("expression", "operands", "line"),
    [
        ("a - b", {"a": "212986000 USD", "b": "177935 USD"}, "Revenue"),
        ("a - b", {"a": "212986 USD", "b": "177935 USD"}, "Revenue"),
        ("a - b", {"a": "212986000 EUR", "b": "177935000 EUR"}, "Revenue"),
        ("a", {"a": "12000 USD"}, "Margin"),
        ("a", {"a": "12 USD"}, "Margin"),
        ("a", {"a": "1234000 USD"}, "Net loss"),
    ],
)
def test_cells_are_taken_in_one_scale_one_currency_and_with_their_sign(
    expression: str, operands: dict[str, str], line: str
) -> None:
    at = f"d-1.6#{TABLE.index(line)}"
    run = _Run("What was the change?")
    assert not run.call("compute_expression", expression, operands, sources=dict.fromkeys(operands, at)).proven


def test_bare_digits_of_a_sentence_prove_nothing_with_a_unit() -> None:
    run = _Run("What was the growth?")
    for words in ("5.5 USD", "6.875 CNY", "2023", "5.5 Gb/s"):
        wrong = run.call("compute_expression", "a", {"a": words}, sources={"a": "d-1.1"})
        assert not wrong.proven, words


def test_a_figure_must_suit_its_argument() -> None:
    run = _Run("at 800G")
    inputs = {"energy_pj_per_bit": "@smf_group_index", "rate_gbps": "800G"}
    assert "which is no energy per bit" in run.error("calculate", "interface_power_w", inputs)


def test_a_stated_result_is_no_proof_of_itself() -> None:
    run = _Run("15 W and 5.4 W?")
    run.call("calculate", "power_saving", {"p_old_w": "15 W", "p_new_w": "5.4 W"}, stated={"saving_pct": "99%"})
    (calculation,) = run.evidence.calculations.values()
    assert "99%" in judge("The saving is 99%.", (), (calculation,), question="15 W and 5.4 W?").reason


def test_an_expression_brings_in_no_number_of_its_own() -> None:
    run = _Run("Take 7% off 5.5 W")
    assert run.call("compute_expression", "a * (1 - b)", {"a": "5.5 W", "b": "7%"}).proven
    assert run.call("compute_expression", "(a + b) / 2", {"a": "5.5 W", "b": "5.5 W"}).proven
    assert run.call("compute_expression", "(a - b) / a * 100", {"a": "5.5 W", "b": "5.5 W"}).proven
    for made_up in ("a * 1.3", "a * (1 + 2)", "a * 100", "-a", "a * 2", "a / 100", "a * count(a, a)", "a + 0 * a"):
        assert not run.call("compute_expression", made_up, {"a": "5.5 W"}).proven, made_up
    for nothing in ("100 * 2 + 2", "(100 + 2 ** 2) / (100 * 2)"):
        assert not run.call("compute_expression", nothing, {}).proven, nothing


def test_quotes_that_count_differently_are_not_compared() -> None:
    run = _Run("What is saved?")
    inputs, sources = {"p_old_w": "9 W", "p_new_w": "4 W"}, {"p_old_w": "d-1.3", "p_new_w": "d-1.4"}
    assert "cannot be compared" in run.error("calculate", "power_saving", inputs, sources=sources)
    assert not run.evidence.calculations
