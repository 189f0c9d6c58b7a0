"""What the tools answer to a model: the calculation, what proves it, and what to send where it cannot be done."""

import json
from typing import Any

import pytest

from agent.calculator import formulas
from agent.evidence import Evidence
from agent.tools import make_tools
from indexes.index import Index

SWITCH = "A 51.2 Tb/s switch uses optics at 5 pJ/bit. How many watts do the optics draw?"
SAVING = "A pluggable draws 15 W and the CPO replacement 5.4 W. How much power is saved, in percent?"
CHAIN = "A 51.2T switch goes from 15 pJ/bit to 5 pJ/bit. How many watts are saved?"
STEPS = "Each of 32 identical steps in series yields 95%. What is the total yield?"


class _Index:
    """What the tools of calculation need of an index."""

    documents: dict[str, Any] = {}  # noqa: RUF012


class _Run:
    def __init__(self, question: str) -> None:
        self.evidence = Evidence()
        index: Index = _Index()  # type: ignore[assignment]
        self._tools = {tool.__name__: tool for tool in make_tools(index, self.evidence, question)}

    def __call__(self, tool: str, **arguments: Any) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._tools[tool](**arguments))
        return content

    def calculate(self, formula_id: str, **inputs: Any) -> dict[str, Any]:
        return self("calculate", formula_id=formula_id, inputs=inputs)


def test_a_question_with_its_own_numbers_is_worked_out_step_by_step() -> None:
    run = _Run(CHAIN)
    content = run("calculator", question=CHAIN)
    last = run.evidence.calculations[content["answers"][-1]]
    assert [one["id"] for one in content["calculations"]] == list(run.evidence.calculations)
    assert last.result.outputs[0].shown == "512 W" and last.proven
    assert {origin.kind for one in run.evidence.calculations.values() for origin in one.origins} == {
        "question", "calculation",
    }  # fmt: skip


def test_without_a_question_the_users_own_is_worked_out() -> None:
    assert _Run(SWITCH)("calculator")["calculations"][0]["result_shown"] == "256 W"


def test_a_question_that_a_model_makes_up_proves_nothing() -> None:
    run = _Run("What do the optics of the switch draw?")
    (told,) = run("calculator", question=SWITCH)["calculations"]
    assert not run.evidence.calculations["c1"].proven
    assert set(told["inputs"].values()) == {"51.2 Tb/s (NOT FOUND)", "5 pJ/bit (NOT FOUND)"}
    assert "capacity_tbps, energy_pj_per_bit not found" in told["unproven"]


def test_what_a_question_lacks_is_named_with_its_unit() -> None:
    error = _Run("x 1")("calculator", question="Calculate the energy per bit of a module that draws 14 W.")["error"]
    assert "rate_gbps of energy_per_bit_pj" in error and "[Gb/s]" in error


@pytest.mark.parametrize("cut", ["How many watts do the optics draw?", "51.2 Tb/s", "5 pJ/bit times 51.2 Tb/s!"])
def test_the_users_question_cut_short_is_worked_out_in_full(cut: str) -> None:
    content = _Run(SWITCH)("calculator", question=cut)
    assert content["question"] == SWITCH and content["calculations"][0]["result_shown"] == "256 W"


@pytest.mark.parametrize("question", ["Is 7 a nice number?", "What do 7 W become in 3 years?"])
def test_a_question_that_no_formula_fits_is_refused(question: str) -> None:
    assert "no formula plainly fits" in _Run(SWITCH)("calculator", question=question)["error"]


@pytest.mark.parametrize(
    "formula_id", ["SWITCH_OPTICS_POWER_W", "整机光互连功耗", "switch optics power", "switch_optics_power"]
)
@pytest.mark.parametrize(
    "inputs",
    [
        {"capacity": 51.2, "energy": 5},
        {"交换容量": "51.2T", "单比特能耗": "5 pJ/bit"},
        {"Capacity (Tb/s)": ["51.2"], "energyPjPerBit": {"value": 5, "unit": "pJ/bit"}, "utilisation": "null"},
        {"C": "capacity_tbps = 51.2 Tb/s", "e": "5 pJ/bit", "idle_fraction": None, "sources": None},
    ],
)  # fmt: skip
def test_formulas_and_inputs_go_by_any_plain_name(formula_id: str, inputs: dict[str, Any]) -> None:
    content = _Run(SWITCH).calculate(formula_id, **inputs)
    assert content["result_shown"] == "256 W" and "unproven" not in content


@pytest.mark.parametrize(
    ("formula_id", "inputs", "shown"),
    [
        ("compound_yield_pct", {"yields_pct": ["90%", 95, {"value": 97}]}, "82.935%"),
        ("compound_yield_pct", {"yields_pct": "[90%, 95%, 97%]"}, "82.935%"),
        ("link_budget", {"p_laser_dbm": 20, "losses_db": {"a": 6.5, "b": "3 dB"}, "sensitivity_dbm": -6}, "9.5 dB"),
        ("link_budget", {"p_laser_dbm": 20, "losses_db": "a: 6.5 dB, b: 3 dB", "sensitivity_dbm": -6}, "9.5 dB"),
        ("link_budget", {"p_laser_dbm": 20, "losses_db": [{"name": "a", "value": 9}], "sensitivity_dbm": 0}, "9 dB"),
        ("fleet_power_kw", {"items": [[4, "15 W"], [2, "9 W"]]}, "0.078 kW"),
        ("fleet_power_kw", {"items": [{"count": 4, "value": 15}, {"count": 2, "value": 9}]}, "0.078 kW"),
    ],
)  # fmt: skip
def test_several_numbers_are_read_however_they_are_sent(formula_id: str, inputs: dict[str, Any], shown: str) -> None:
    assert _Run("x 1").calculate(formula_id, **inputs)["result_shown"].startswith(shown)


@pytest.mark.parametrize("given", ["0.95", 0.95, ".95"])
def test_a_bare_number_under_one_is_no_percentage(given: Any) -> None:
    run = _Run(STEPS)
    error = run.calculate("series_yield_pct", unit_yield_pct=given, n=32)["error"]
    assert "write 95% or 0.95%" in error and not run.evidence.calculations
    assert "0.95" in run.calculate("compound_yield_pct", yields_pct=["97%", given])["error"]
    assert "unproven" not in run.calculate("series_yield_pct", unit_yield_pct="95%", n=32)


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("power_w", {}, "choose one of"),
        ("energy_per_bit_pj", {}, "'power_w' is missing: power at that rate, and 'rate_gbps' is missing"),
        ("power_saving", {"power": "15 W"}, "send power_saving(p_old_w [W], p_new_w [W])"),
        ("power_saving", {"p_old_w": "15 W", "P_OLD_W": "16 W"}, "p_old_w is given twice"),
        ("switch_optics_power_w", {"capacity_tbps": 51.2, "energy_pj_per_bit": 5, "utilisation": "7"}, "leave it out"),
    ],
)  # fmt: skip
def test_an_error_says_what_to_send_next(formula_id: str, inputs: dict[str, Any], words: str) -> None:
    error = _Run(SWITCH).calculate(formula_id, **inputs)["error"]
    assert words in error and "\n" not in error
    assert sum(one.id in error for one in formulas()) <= 4


def test_what_is_left_of_a_name_in_all_formulas_is_still_theirs() -> None:
    for formula in formulas():
        for name in (formula.id.upper(), formula.name.en, formula.name.zh):
            assert "no such formula" not in _Run("x 1").calculate(name)["error"]


@pytest.mark.parametrize(
    ("formula_id", "inputs"),
    [
        ("power_saving", {"p_old_w": "5.4 W", "p_new_w": "15 W"}),
        ("growth_pct", {"v0": "15 W", "v1": "5.4 W"}),
    ],
)
def test_another_result_than_the_questions_own_words_lead_to_is_cautioned(
    formula_id: str, inputs: dict[str, str]
) -> None:
    caution = _Run(SAVING).calculate(formula_id, **inputs)["caution"]
    assert "power_saving(p_old_w=15 W, p_new_w=5.4 W) = 9.6 W; 64%" in caution


def test_the_same_result_needs_no_caution() -> None:
    assert "caution" not in _Run(SAVING).calculate("power_saving", p_old_w="15 W", p_new_w="5.4 W")
    run = _Run(CHAIN)
    first = run.calculate("switch_optics_power_w", capacity_tbps="51.2T", energy_pj_per_bit="15 pJ/bit")
    second = run.calculate("switch_optics_power_w", capacity_tbps="51.2T", energy_pj_per_bit="5 pJ/bit")
    assert "caution" not in first and "caution" not in second
    saved = run("compute_expression", expression="a - b", operands={"a": "#c1", "b": "#c2.power_w"})
    assert saved["result_shown"] == "512 W" and saved["inputs"]["a"].endswith("(from c1.power_w)")


def test_the_reply_is_short_and_in_the_readers_language() -> None:
    content = _Run(SWITCH).calculate("switch_optics_power_w", capacity_tbps="51.2T", energy_pj_per_bit="5 pJ/bit")
    assert content["inputs"] == {
        "capacity_tbps": "51.2T (in the question)", "energy_pj_per_bit": "5 pJ/bit (in the question)",
    }  # fmt: skip
    assert len(json.dumps(content)) < 500
    chinese = _Run("51.2T交换机，每比特5皮焦，功耗多少瓦？").calculate(
        "整机光互连功耗", 容量="51.2T", 单比特能耗="5 pJ/bit"
    )
    assert list(chinese["summary"]) == ["zh"]


@pytest.mark.parametrize(
    ("question", "formula_id", "inputs"),
    [
        ("A port draws 14 W at 800 Gb/s: energy per bit?", "energy_per_bit_pj", {"power_w": "14 W ÷ 2"}),
        ("16 engines plus 2 spares at 98% each: yield?", "k_of_n_yield_pct", {"n": "2 + 16", "k": "2 + 2"}),
        ("A laser draws 3 W with a max of 5 W at 800 Gb/s: pJ/bit?", "energy_per_bit_pj", {"power_w": "15 W"}),
        ("At low cost: a laser of 6 dBm at 800 Gb/s: mW?", "dbm_to_mw", {"dbm": "-6 dBm"}),
    ],
)
def test_arithmetic_and_signs_that_the_question_does_not_have_prove_nothing(
    question: str, formula_id: str, inputs: dict[str, Any]
) -> None:
    run = _Run(question)
    rest = {"energy_per_bit_pj": {"rate_gbps": "800 Gb/s"}, "k_of_n_yield_pct": {"unit_yield_pct": "98%"}}
    content = run.calculate(formula_id, **inputs, **rest.get(formula_id, {}))
    assert not run.evidence.calculations[content["id"]].proven


def test_the_questions_own_spares_are_proven() -> None:
    run = _Run("16 engines plus 2 spares at 98% each: package yield?")
    content = run("calculator", question="")
    (calculation,) = (run.evidence.calculations[id_] for id_ in content["answers"])
    assert calculation.proven and calculation.result.inputs[0].shown == "16 + 2 = 18"
