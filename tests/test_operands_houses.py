"""Whose figures are set against each other: those of the house that is asked about, and of one house alone."""

from decimal import Decimal

import pytest
from settling import refusal, settle, value

from corpus.document import Passage


def noted(text: str, *section: str, name: str = "p1", header: str = "", start: int = 0) -> Passage:
    return Passage(name, "report", 1, start, start + len(text), text, "en", section, header)


FORECASTS = noted(
    "Larch 在 2020 年预测，光芯片市场从 2020 年的 600 万美元增长到 2032 年的 22 亿美元（某报，2020 年；可信度中）。\n"
    "Alder 预计，光芯片市场从 2024 年的 5000 万美元增长到 2030 年的 80 亿美元（甲笔记，2025 年；可信度中）。\n"
    "Birch 预计 2030 年光芯片市场为 90 亿美元（乙笔记，2026 年；可信度中）。",
    "市场预测",
)
VINTAGES = noted(
    "Alder expects that the laser market is US$5 million in 2020 (Old Weekly, 2022).\n"
    "Alder expects that the laser market is US$80 million in 2024 (New Weekly, 2024).",
    "Markets",
)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Alder预计光芯片市场2030年是2024年的多少倍？", "160"),
        ("Alder预计光芯片市场2024年到2030年的增长率是多少？", "15900"),
        ("Larch预测光芯片市场2032年是2020年的多少倍？", "366.67"),
    ],
)
def test_figures_are_of_the_house_that_the_question_names(question: str, result: str) -> None:
    plan = settle(question, FORECASTS)
    assert value(question, FORECASTS) == Decimal(result)
    rows = {FORECASTS.text.count("\n", 0, one.start) for one in plan.operands}
    assert len(rows) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Birch预计光芯片市场2030年是2024年的多少倍？",  # whose 2024 is another's
        "Rowan预计光芯片市场2030年是2024年的多少倍？",  # whom no passage names
        "Does Rowan expect growth in the 光芯片市场 from 2024 to 2030?",
    ],
)
def test_another_house_does_not_stand_in(question: str) -> None:
    assert refusal(question, FORECASTS) in ("not found", "no such period", "no arithmetic")


def test_figures_of_two_houses_are_not_set_against_each_other() -> None:
    text = (
        "Alder expects that the laser market is US$5 million in 2020.\n"
        "Birch expects that the laser market is US$80 million in 2024."
    )
    assert refusal("What is the growth in the laser market from 2020 to 2024?", noted(text)) == "ambiguous"
    alone = noted(text.replace("Birch", "Alder"))
    assert value("What is the growth in the laser market from 2020 to 2024?", alone) == 1500


def test_two_forecasts_of_one_house_are_not_mixed() -> None:
    assert refusal("What is the growth in Alder's laser market from 2020 to 2024?", VINTAGES) == "ambiguous"


def test_the_section_says_whose_a_figure_is() -> None:
    rows = "Pluggable | 30\nOptical engine | 10"
    head = "Module | Power in W"
    own = noted(rows, "NVIDIA", header=head)
    other = noted(rows.replace("30", "20"), "Broadcom", name="p2", header=head)
    question = "What is the difference in power between the pluggable and the optical engine of NVIDIA?"
    assert value(question, own, other) == 20


MODULE_HEAD = "Module type | Power in W | Energy in pJ/bit"
MODULE_ROWS = "Retimed module | 25 | 14\nLinear module | 11 | 6.4\nOptical engine | 7 | 4"
ENERGY_QUESTION = "What is the difference in energy between the retimed module and the optical engine?"


def test_a_note_under_a_table_that_sets_one_figure_apart_forbids_the_difference() -> None:
    table = noted(MODULE_ROWS, "Modules", header=MODULE_HEAD)
    note = "The 14 pJ/bit of the retimed module probably uses the line rate."
    under = noted(note, "Modules", name="p2", start=900)
    assert refusal(ENERGY_QUESTION, table, under) == "not exact"
    assert value(ENERGY_QUESTION.replace("energy", "power"), table, under) == 18
    assert value(ENERGY_QUESTION.replace("retimed", "linear"), table, under) == Decimal("2.4")
    assert value(ENERGY_QUESTION, table, noted(note, "Others", name="p2", start=900)) == 10
    both = noted(f"{note} The 4 pJ/bit of the optical engine uses the line rate.", "Modules", name="p2", start=900)
    assert value(ENERGY_QUESTION, table, both) == 10
