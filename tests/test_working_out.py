"""The offline analyst works out what questions ask: on their own numbers, on looked-up ones, on the documents' own."""

from pathlib import Path

import pytest

from agent.answer import Answer
from agent.loop import ask
from agent.models import open_model
from agent.rendering import render_markdown, render_text
from corpus.ingestion import ingest
from indexes.embeddings import open_embedder
from indexes.hybrid import HybridIndex

REPORT = """# Optical links in 2025

## Engines

The Halley engine of Broadcom needs 6.5 pJ/bit with its laser.

The Encke engine needs 4.0 pJ/bit, but a later test of Encke found 4.4 pJ/bit.

Meta measured 15 W for a pluggable against 5.4 W for CPO, a saving of 65%.

## Sales by region

Amounts in millions of dollars.

| Region | 2023 | 2024 |
|---|---|---|
| Americas | 120.5 | 150.0 |
| Asia | 80.0 | 100.0 |
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> HybridIndex:
    folder: Path = tmp_path_factory.mktemp("links")
    (folder / "links.md").write_text(REPORT, encoding="utf-8")
    return HybridIndex.build(ingest(folder), open_embedder("hashing"))


def _ask(index: HybridIndex, question: str) -> Answer:
    return ask(question, index=index, model=open_model())


def _results(answer: Answer) -> list[str]:
    return [calculation.result.shown() for claim in answer.claims for calculation in claim.calculations]


@pytest.mark.parametrize(
    ("question", "shown", "results"),
    [
        ("若51.2T交换机由15 pJ/bit的可插拔改为5 pJ/bit的CPO，省多少瓦？", "节省功耗：512 W", ["768 W", "256 W"]),
        (
            "A 51.2 Tb/s switch at 5 pJ/bit and a PUE of 1.3: what does its power cost a year at 0.08 USD/kWh?",
            "233.23 USD",
            ["256 W", "2.915328 MWh"],
        ),
        ("良率95%的32个光引擎，总良率是多少？保留一位小数", "19.4%", []),
    ],
)
def test_a_question_with_its_own_numbers_is_computed_in_chains(
    index: HybridIndex, question: str, shown: str, results: list[str]
) -> None:
    answer = _ask(index, question)
    (claim,) = answer.claims
    assert shown in claim.text and claim.verdict == "computed" and not answer.unsupported
    assert _results(answer)[: len(results)] == results
    assert all(calculation.proven for calculation in claim.calculations)


def test_a_missing_input_is_looked_up_and_cited(index: HybridIndex) -> None:
    answer = _ask(index, "How much power would the optics of a 51.2 Tb/s Halley switch draw?")
    (claim,) = answer.claims
    assert "332.8 W" in claim.text
    (quoted,) = [origin.citation for origin in claim.calculations[0].origins if origin.citation]
    assert quoted.quote == "The Halley engine of Broadcom needs 6.5 pJ/bit with its laser."
    assert answer.cited == {"en": 1}


def test_two_values_of_a_missing_input_give_two_results(index: HybridIndex) -> None:
    answer = _ask(index, "How much power would the optics of a 51.2 Tb/s Encke switch draw?")
    assert [claim.text for claim in answer.claims] == ["Optics power: 204.8 W", "Optics power: 225.28 W"]


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How much power would the optics of a 51.2 Tb/s Kohoutek switch draw?", "pJ/bit"),
        ("计算51.2T交换机的光互连功耗", "pJ/bit"),
    ],
)
def test_an_input_that_nothing_gives_is_asked_for_by_name_and_unit(
    index: HybridIndex, question: str, unit: str
) -> None:
    answer = _ask(index, question)
    assert not answer.claims and answer.abstention
    assert [(need.operand, need.unit) for need in answer.abstention.needed] == [("energy_pj_per_bit", unit)]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Our lab measured 24 W for a 1.6T pluggable, a rival claims 9 W. What energy per bit is ours?",
            "If “Energy per bit from power” is meant, say which number is what: power at that rate (W)",
        ),
        ("良率85%，测试覆盖率98%（上一代只有90%），求测试漏检率，单位ppm。", "若要计算“测试漏检率”，请说明各数的含义"),
    ],
)
def test_numbers_that_settle_on_no_calculation_are_asked_about(index: HybridIndex, question: str, told: str) -> None:
    answer = _ask(index, question)
    assert not answer.claims and answer.abstention and answer.abstention.unsettled
    assert told in render_text(answer) and told in render_markdown(answer)


def test_a_question_without_several_measured_numbers_is_not_asked_for_any(index: HybridIndex) -> None:
    answer = _ask(index, "What did Encke Optics pay for its 800 mm wafers?")
    assert answer.abstention and not answer.abstention.unsettled


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What was the change in sales in Asia from 2023 to 2024?", "20000000"),
        ("By what percentage did sales in the Americas grow between 2023 and 2024?", "24.4813%"),
        ("What was the total of sales in the Americas and Asia in 2024?", "250000000"),
    ],
)
def test_arithmetic_on_the_documents_own_numbers_is_cited_cell_by_cell(
    index: HybridIndex, question: str, shown: str
) -> None:
    answer = _ask(index, question)
    (claim,) = answer.claims
    assert shown in claim.text and claim.verdict == "computed"
    assert all(origin.kind == "quote" for origin in claim.calculations[0].origins)


def test_a_quoted_result_that_does_not_follow_is_told(index: HybridIndex) -> None:
    answer = _ask(index, "What saving did Meta measure for CPO?")
    assert any("65%" in citation.quote for claim in answer.claims for citation in claim.citations)
    (check,) = answer.checks
    assert [one.given for one in check.result.stated] == ["65%"]
    assert check.result.output("saving_pct").shown == "64%"
