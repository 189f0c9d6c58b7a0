"""The mutation bench: its faults are faults, its true claims are true, and what it counts."""

import argparse
import json
from functools import cache
from pathlib import Path

import pytest

from corpus.document import Language, Passage
from corpus.errors import AnalystError
from corpus.ingestion import ingest
from corpus.quantities import find_quantities, same_quantity
from evals.__main__ import add_command
from evals.claims import gold_files, read_claims
from evals.mutations import bench, sources
from evals.mutations.case import Case, Library, Statement, squeezed
from evals.mutations.making import EDITORS, Material, make_cases
from evals.mutations.rows import Cell, Row, change_column, read_rows, tell
from evals.mutations.splices import misattribute_near, source_of
from evals.mutations.truths import rename_company, rewrite_number, take_clause

EXACT = ("digit", "unit", "scale", "year", "model", "company", "quote fabricated", "quote elsewhere", "quote cut")
"""Faults of which not one may slip through, in any language."""


def _statement(text: str, language: Language = "en", quote: str = "", lead: str = "") -> Statement:
    quote = quote or text
    passage = Passage("d-1.1", "d", 1, 0, len(quote), quote, language)
    return Statement("s", text, language, "verbatim", passage, quote, lead, "d.md")


def _edits(kind: str, text: str, language: Language = "en", quote: str = "") -> list[str]:
    return [edit.text for edit in EDITORS[kind](_statement(text, language, quote))]


@pytest.mark.parametrize(
    ("kind", "text", "faulty"),
    [
        ("unit", "It draws 9 W.", "It draws 9 kW."),
        ("unit", "It costs US$5.", "It costs £5."),
        ("scale", "It sold 5 million units.", "It sold 5 billion units."),
        ("period", "It opened in the first half of 2025.", "It opened in the second half of 2025."),
        (
            "numbers swapped",
            "It fell from 24 W with a laser, which was 9 dB.",
            "It fell from 9 W with a laser, which was 24 dB.",
        ),
        ("bound turned", "It takes at least 5 W.", "It takes at most 5 W."),
        ("bound dropped", "It takes more than 5 W.", "It takes 5 W."),
        ("companies swapped", "NVIDIA invested in Lumentum.", "Lumentum invested in NVIDIA."),
        ("negation inserted", "Kyocera supplies packages.", "Kyocera does not supply packages."),
        ("negation inserted", "Kyocera acquired a maker of lasers.", "Kyocera did not acquire a maker of lasers."),
        ("negation removed", "The engine does not use a laser.", "The engine uses a laser."),
        ("negation removed", "It cannot be repaired.", "It can be repaired."),
        ("direction", "The price fell to 5 W.", "The price rose to 5 W."),
        ("comparison", "It is cheaper than a module.", "It is dearer than a module."),
        ("modality", "The yield may reach 90%.", "The yield will reach 90%."),
        ("modality", "NVIDIA plans to use it.", "NVIDIA has already begun to use it."),
        ("quantifier", "Some modules fail.", "All modules fail."),
        ("quantifier", "Kyocera supplies packages.", "Only Kyocera supplies packages."),
        ("condition dropped", "The module works if it is cooled.", "The module works."),
    ],
)
def test_faults_of_english(kind: str, text: str, faulty: str) -> None:
    assert faulty in _edits(kind, text)


@pytest.mark.parametrize(
    ("kind", "text", "faulty"),
    [
        ("unit", "市场规模为 50 亿美元。", "市场规模为 50 亿日元。"),
        ("scale", "产能为 120 万片。", "产能为 120 亿片。"),
        ("period", "2025 年上半年发布。", "2025 年下半年发布。"),
        ("bound turned", "份额超过 40%。", "份额不到 40%。"),
        ("companies swapped", "东山精密收购博通。", "博通收购东山精密。"),
        ("negation inserted", "京瓷生产陶瓷封装。", "京瓷不生产陶瓷封装。"),
        ("negation removed", "它不需要激光器。", "它需要激光器。"),
        ("direction", "价格在去年上升了。", "价格在去年下降了。"),
        ("comparison", "功耗高于模块。", "功耗低于模块。"),
        ("modality", "京瓷计划在日本量产。", "京瓷已经在日本量产。"),
        ("quantifier", "部分厂商已经量产。", "所有厂商已经量产。"),
        ("condition dropped", "如果散热不足，光引擎里的激光器会失效。", "光引擎里的激光器会失效。"),
        ("number word", "共有三家企业。", "共有"),
    ],
)
def test_faults_of_chinese(kind: str, text: str, faulty: str) -> None:
    assert any(edit.startswith(faulty) for edit in _edits(kind, text, "zh"))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("companies swapped", "NVIDIA and Broadcom supply switches."),
        ("companies swapped", "NVIDIA works together with Lumentum."),
        ("company of the quote", "Kyocera, NGK and Ibiden supply packages."),
        ("numbers swapped", "It draws 14 to 16 W."),
        ("numbers swapped", "The yields are 99%, 85% and 70%."),
        ("bound dropped", "It gathers figures up to 2026."),
        ("bound turned", "It carries 115.2 Tb/s over 144 ports."),
        ("bound dropped", "It takes about 5 W."),
        ("negation removed", "It is not only cheap but fast."),
        ("direction", "It was named after a river."),
        ("unit", "The share is 0%."),
        ("period", "The Q3450 is a switch."),
        ("year", "It moves 2,025 units."),
        ("condition dropped", "It works, if any does, at once."),
    ],
)
def test_what_would_be_true_or_say_nothing_is_no_fault(kind: str, text: str) -> None:
    assert _edits(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "language"),
    [
        ("direction", "The pump is sold for US$500.", "en"),
        ("direction", "她在国内外的医院工作。", "zh"),
        ("modality", "The power may be at most 20 dBm.", "en"),
        ("bound dropped", "The power may be at most 20 dBm.", "en"),
        ("bound dropped", "There are six classes, from 11 dBm up to 26 dBm.", "en"),
        ("numbers swapped", "Sources disagree: one figure is 60%, the other 30%.", "en"),
        ("condition dropped", "She comforted him by asking if he wanted to come along.", "en"),
        ("negation inserted", "热泵能不能做成，要看价格。", "zh"),
        ("negation removed", "这些数字不是转引就是估算。", "zh"),
        ("broken off", "热交换的设备制造企业有华为和盛科通信。", "zh"),
    ],
)
def test_what_says_the_same_either_way_is_no_fault(kind: str, text: str, language: Language) -> None:
    assert _edits(kind, text, language) == []


def test_a_cell_that_names_its_own_column_is_true_in_any() -> None:
    row = Row(
        "pumps", (Cell("state", "bought abroad"), Cell("gap", "a wide gap")), "pumps | bought abroad | a wide gap"
    )
    statement = _statement("For pumps, the state is bought abroad.")
    assert not list(change_column(statement, row, row.cells[0]))
    assert list(change_column(statement, row, row.cells[1]))


def test_a_changed_number_stands_nowhere_in_what_is_shown() -> None:
    text = "It draws 5 W at 1, 2, 3, 4, 6, 7 and 9 dB."
    changed = [edit for edit in _edits("digit", text) if "at 1, 2, 3, 4, 6, 7 and 9" in edit]
    assert changed == ["It draws 8 W at 1, 2, 3, 4, 6, 7 and 9 dB."]


def test_a_year_of_the_source_note_may_be_the_wrong_one_but_no_year_of_what_is_said() -> None:
    quote = "It opened in 2025, after works in 2024 (TechSpot, 2026; confidence high)."
    found = {edit[-5:-1] for edit in _edits("year", "It opened in 2025.", quote=quote)}
    assert found and "2024" not in found


def test_a_rough_number_is_changed_by_more_than_roughness() -> None:
    (edit,) = _edits("digit", "It takes about 40 W.")
    assert abs(int(edit.split()[3]) - 40) >= 8


def test_a_source_of_another_quote_is_not_a_kin_of_its_own() -> None:
    one = _statement("It draws 9 W.", quote="It draws 9 W (TechSpot, 2025; confidence high).")
    pool = [
        _statement("It is.", quote="It is (TechSpot Asia, 2025; confidence high)."),
        _statement("It was.", quote="It was (SemiAnalysis, 2025; confidence high)."),
    ]
    assert source_of(one) == "TechSpot"
    assert [edit.text for edit in misattribute_near(one, pool)] == ["According to SemiAnalysis, it draws 9 W."]


# --- True claims ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "same"),
    [
        ("It costs US$5 billion.", "en", "$5,000 million"),
        ("It sold 20 million units.", "en", "20,000,000 units"),
        ("It was on 2 March 2026.", "en", "March 2, 2026"),
        ("It has 1,088 fibers.", "en", "1088 fibers"),
        ("产能为 5.4 万片。", "zh", "54,000"),
        ("份额为 30%。", "zh", "三成"),
        ("规模为 50 亿美元。", "zh", "50億美元"),
    ],
)
def test_numbers_in_other_forms(text: str, language: Language, same: str) -> None:
    found = [edit.text for edit in rewrite_number(_statement(text, language))]
    assert found and (any(same in one for one in found) or "US$" in text or "%" in text)


def test_a_clause_that_takes_back_is_not_left_out() -> None:
    assert [one.text for one in take_clause(_statement("The module draws 8 to 9 W, while another draws 14 W."))] == [
        "The module draws 8 to 9 W."
    ]
    assert not list(take_clause(_statement("A blog says that it carries 25.6 Tb/s, which is wrong.")))
    assert not list(take_clause(_statement("If it is cooled as well as it was, it works; else it fails.")))


def test_a_company_keeps_its_name_where_it_has_two() -> None:
    assert not list(rename_company(_statement("NGK (日本ガイシ) makes wafers.")))
    assert [one.text for one in rename_company(_statement("博通供应芯片。", "zh"))] == ["Broadcom供应芯片。"]
    assert [one.text for one in rename_company(_statement("博通Q5供应芯片。", "zh"))] == ["Broadcom Q5供应芯片。"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It formed from 250 to 75 million years ago.", "en"),
        ("It takes between 16 and 17 W.", "en"),
        ("首周销量近 6 万 5 千张。", "zh"),
        ("首周销量近6万5千张。", "zh"),
    ],
)
def test_a_number_that_shares_its_unit_is_not_rewritten_alone(text: str, language: Language) -> None:
    told = [one.text for one in rewrite_number(_statement(text, language))]
    assert not [one for one in told if ",0" in one]


def test_a_row_is_told_with_the_unit_of_its_head() -> None:
    passage = Passage("d-1.1", "d", 1, 0, 20, "CPO | 7 | TechSpot", "en", header="Module | Power in W | Source")
    (row,) = read_rows(passage)
    assert [cell.value for cell in row.cells] == ["7 W"]
    assert "7 W" in tell(row, row.cells[0], "en") and "CPO" in tell(row, row.cells[0], "en")


# --- The cases of the shipped documents -------------------------------------------------------------------------------


@cache
def _cut() -> tuple[Library, tuple[Case, ...]]:
    """Cases of a part of the shipped documents and gold claims."""
    library, corpus = sources.shipped()
    statements = sources.sample(sources.sentences(library), 30) + sources.sample(sources.gold(library, corpus), 12)
    return library, tuple(make_cases(Material(statements, list(sources.rows(library))[::12])))


def test_the_same_cases_come_every_time() -> None:
    library, _ = sources.shipped()
    material = Material(sources.sample(sources.sentences(library), 4), [])
    assert list(make_cases(material)) == list(make_cases(material))
    ids = [case.id for case in _cut()[1]]
    assert len(set(ids)) == len(ids)


def test_a_faulty_claim_says_what_nothing_shown_says() -> None:
    _, cases = _cut()
    for case in cases:
        quotes = squeezed(" ".join(words for _, words in case.quotes))
        if case.faulty and not case.kind.startswith(("quote", "word cut", "broken off", "condition")):
            assert squeezed(case.claim).rstrip(".。") not in quotes, case


def test_a_number_in_another_form_is_the_same_number() -> None:
    for case in _cut()[1]:
        if case.kind == "number rewritten":
            told = [one for one in find_quantities(case.claim) if one.kind == "measure"]
            shown = [one for _, words in case.quotes for line in words.split("\n") for one in find_quantities(line)]
            assert all(case.form == "paraphrase" or any(same_quantity(one, other) for other in shown) for one in told)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_exact_faults_are_all_caught_and_verbatim_claims_all_kept(language: str) -> None:
    library, cases = _cut()
    own = [case for case in cases if case.language == case.quote_language == language]
    chosen = [case for case in own if case.kind in (*EXACT, "verbatim")]
    outcomes = bench.put(bench.cut(chosen, 20, 40), library)
    assert len(outcomes) > 100
    assert [(one.case.kind, one.case.claim, one.reason) for one in outcomes if not one.right] == []


# --- Counting and reporting -------------------------------------------------------------------------------------------


def test_wilson_intervals() -> None:
    low, high = bench.wilson(95, 100)
    assert (round(low, 4), round(high, 4)) == (0.8882, 0.9785)
    assert (bench.wilson(0, 10)[0], bench.wilson(10, 10)[1]) == (0, pytest.approx(1))


def _case(kind: str, *, faulty: bool, quote_language: Language = "en") -> Case:
    return Case(kind, kind, faulty, "verbatim", "en", quote_language, "claim", (("p", "quote"),), "", "d.md")


def test_targets_are_for_all_kinds_together_and_lower_across_languages() -> None:
    outcomes = [bench.Outcome(_case("digit", faulty=True), kept=number < 1, reason="") for number in range(100)]
    across = _case("digit", faulty=True, quote_language="zh")
    outcomes += [bench.Outcome(across, kept=number < 3, reason="") for number in range(100)]
    (one,) = bench.missed(bench.count(outcomes))
    assert (one.quote_language, one.kind, one.share) == ("en", "all", 0.99)
    assert "let through: digit" in bench.render(outcomes, 1)


def test_the_command(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = ingest(reports)
    library = Library({one.id: one for one in corpus.passages}, dict(corpus.by_id))
    monkeypatch.setattr(sources, "shipped", lambda: (library, corpus))
    monkeypatch.setattr(sources, "gold_files", lambda *folder: [])
    more = {
        "id": "x",
        "lang": "en",
        "text": "Kyocera supplies ceramic packages to Broadcom in Japan.",
        "title": "Packages",
    }
    (tmp_path / "passages.jsonl").write_text(json.dumps(more), encoding="utf-8")
    parser = argparse.ArgumentParser()
    add_command(parser.add_subparsers())
    slips = tmp_path / "slips.jsonl"
    arguments = parser.parse_args(["eval", "mutations", str(tmp_path), "--json", "--slips", str(slips)])
    status = arguments.run(arguments)
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert {(one["language"], one["faulty"]) for one in counts} == {
        ("en", True),
        ("en", False),
        ("zh", True),
        ("zh", False),
    }
    wrong = sum(one["total"] - one["right"] for one in counts if one["kind"] == "all")
    assert len(slips.read_text(encoding="utf-8").splitlines()) == wrong
    assert status == (0 if all(one["met"] for one in counts if one["kind"] == "all") else 1)


def test_wrong_lines_of_passages_are_named(tmp_path: Path) -> None:
    (tmp_path / "passages.jsonl").write_text('{"id": "x", "lang": "en", "text": 5}', encoding="utf-8")
    with pytest.raises(AnalystError, match=r"passages\.jsonl:1"):
        sources.read_folder(tmp_path)


# --- Gold claims ------------------------------------------------------------------------------------------------------


def test_the_gold_claims_stand() -> None:
    _, corpus = sources.shipped()
    files = list(gold_files())
    assert files
    assert sum(len(read_claims(path, corpus)) for path in files) >= 1000


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"document": "nowhere.md"}, "no document"),
        ({"quote": "it draws a million watts"}, "word for word|stands in no passage"),
        ({"language": "xx"}, "language must be one of"),
        ({"kind": "guess"}, "kind must be one of"),
        ({"kind": "translation"}, "a translation in 'en' of a quote in 'en'"),
        ({"claim": " "}, "claim must be words"),
        ({"id": None}, "id must be words"),
    ],
)
def test_wrong_lines_of_gold_claims_are_named(
    reports: Path, tmp_path: Path, change: dict[str, object], why: str
) -> None:
    good = {"id": "a", "document": "engines.md", "quote": "the same port with co-packaged optics draws 9 W",
            "claim": "With co-packaged optics it draws 9 W.", "language": "en", "kind": "paraphrase"}  # fmt: skip
    path = tmp_path / "claims-x.jsonl"
    path.write_text(json.dumps(good) + "\n" + json.dumps({**good, "id": "b", **change}), encoding="utf-8")
    with pytest.raises(AnalystError, match=why) as caught:
        read_claims(path, ingest(reports))
    assert f"{path.name}:2" in str(caught.value)


def test_an_id_may_come_once(reports: Path, tmp_path: Path) -> None:
    line = {"id": "a", "document": "engines.md", "quote": "the same port with co-packaged optics draws 9 W",
            "claim": "It draws 9 W.", "language": "en", "kind": "paraphrase"}  # fmt: skip
    path = tmp_path / "claims-x.jsonl"
    path.write_text(f"{json.dumps(line)}\n{json.dumps(line)}", encoding="utf-8")
    with pytest.raises(AnalystError, match="comes twice"):
        read_claims(path, ingest(reports))
