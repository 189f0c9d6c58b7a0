"""Confidence over an index: what is read from an answer, the fitted model, the gold questions and their measuring."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.answer import Answer, Citation, Claim, Usage
from agent.bundle import make_bundle, read_bundle, save_bundle
from agent.confidence import COMPUTED_FROM_QUESTION, open_chance
from agent.loop import run as run_question
from agent.models import open_model
from agent.settings import Settings
from agent.silence.answered import FARTHEST, read_answer
from agent.silence.assurance import FORMS, Assurance, Form, read_assurance, shipped_assurance
from corpus.document import Language
from corpus.errors import AnalystError
from corpus.ingestion import ingest
from evals.__main__ import main
from evals.confidence import QUESTIONS, Asked, Outcome, as_json, fit, is_right, measure, read_questions, render
from indexes.embeddings import open_embedder
from indexes.hybrid import HybridIndex

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
TRAY = "A 102.4T CPO tray needs 1,152 fibers."


def claim(quote: str, text: str = "", header: str = "", language: Language = "en") -> Claim:
    citation = Citation(
        "d-1.1", "d", "Report", "Us", "2025-10", "", "r.md", language, 1, "1", (), header, 0, len(quote), quote
    )
    return Claim(text or quote, "quoted", (citation,))


def read(
    question: str, *claims: Claim, language: Language = "en", passages: float | None = None
) -> Mapping[str, float]:
    return read_answer(question, language, claims, passages=passages)


# --- What is read from an answer --------------------------------------------------------------------------------------


def test_a_quote_that_says_what_is_asked_is_told_from_one_about_the_same_name():
    fits = read("Who acquired Teramount?", claim("Molex acquired Teramount in 2026."))
    near = read("How many employees does Teramount have?", claim("Molex acquired Teramount in 2026."))
    assert fits["said"] > 0.9 > near["said"]
    assert fits["least"] > near["least"]
    assert shipped_assurance().chance(fits) > shipped_assurance().chance(near)


def test_a_number_that_stands_nowhere_lowers_the_confidence():
    fits = read("How many fibers does a 102.4T CPO tray need?", claim(TRAY))
    other = read("How many fibers does a 204.8T CPO tray need?", claim(TRAY))
    assert (fits["numbers"], other["numbers"]) == (1.0, 0.0)
    assert shipped_assurance().chance(fits) > shipped_assurance().chance(other)
    across = read("102.4T CPO机盘需要多少根光纤？", claim(TRAY), language="zh")
    assert across["numbers"] == 1.0


@pytest.mark.parametrize(
    ("question", "quote", "header", "expected"),
    [
        ("What did AMD pay for Enosemi?", "AMD acquired Enosemi in 2025.", "", 0.0),
        ("What did AMD pay for Enosemi?", "AMD paid US$4 million for Enosemi.", "", 1.0),
        ("What is the price of the fiber array unit?", "Fiber array unit | 50", "Part | Price in US$", 1.0),
        ("When did AMD acquire Enosemi?", "AMD acquired Enosemi in 2025.", "", 1.0),
        ("Who acquired Enosemi?", "AMD acquired Enosemi in 2025.", "", 1.0),
    ],
)
def test_a_thing_of_the_kind_asked_for_must_stand_there(question: str, quote: str, header: str, expected: float):
    assert read(question, claim(quote, header=header))["kind"] == expected


@given(st.text(max_size=60), st.text(min_size=1, max_size=60), st.sampled_from(["en", "zh", "ja"]), st.floats(0, 1))
def test_signals_are_bounded_and_alike_each_time(question: str, quote: str, language: Language, passages: float):
    found = read(question, claim(quote), language=language, passages=passages)
    assert found == read(question, claim(quote), language=language, passages=passages)
    assert abs(found["passages"]) <= FARTHEST
    assert all(0 <= value <= 1 for name, value in found.items() if name != "passages")
    assert set(found) == set(FORMS["encoder"])
    assert set(read(question, claim(quote), language=language)) == set(FORMS["words"])


def test_the_leading_claim_counts_and_others_make_less_sure():
    lead, other = claim("Molex acquired Teramount in 2026."), claim("AMD acquired Enosemi in 2025.")
    alone, both = read("Who acquired Teramount?", lead), read("Who acquired Teramount?", lead, other)
    assert both == {**alone, "single": 0.5}
    assert read("Who acquired Teramount?", other, lead)["said"] < alone["said"]
    assert read("Who acquired Teramount?", Claim("Named: Molex.", "quoted"), lead) == both


# --- The model --------------------------------------------------------------------------------------------------------


@given(st.data(), st.sampled_from(sorted(FORMS)))
def test_no_signal_lowers_the_confidence_as_it_grows(data: st.DataObject, form: str):
    values = {name: data.draw(st.floats(-FARTHEST if name == "passages" else 0, 1)) for name in FORMS[form]}
    grown = data.draw(st.sampled_from(sorted(values)))
    more = {**values, grown: values[grown] + data.draw(st.floats(0, 1))}
    assert 0 < shipped_assurance().chance(values) <= shipped_assurance().chance(more) < 1


def test_the_shipped_model_weighs_what_is_read_and_is_fitted_on_the_shipped_questions():
    model = shipped_assurance()
    assert {name: tuple(form.weights) for name, form in model.forms.items()} == FORMS
    assert all(weight >= 0 for form in model.forms.values() for weight in form.weights.values())
    assert all(len(names) <= 8 for names in FORMS.values())
    assert all(sum(weight > 0 for weight in form.weights.values()) >= 4 for form in model.forms.values())
    assert read_assurance(model.to_json()) == model


def test_an_encoder_without_vectors_of_tokens_gives_a_confidence_too():
    chance = open_chance(object())
    right = chance("Who acquired Teramount?", "en", [], [claim("Molex acquired Teramount in 2026.")])
    wrong = chance("What does a TeraVERSE cost?", "en", [], [claim("Molex acquired Teramount in 2026.")])
    assert 0 < wrong < right < 1


@pytest.fixture(scope="module")
def index(reports: Path) -> HybridIndex:
    return HybridIndex.build(ingest(reports), open_embedder("hashing"))


def ask(question: str, index: HybridIndex, target_risk: float | None = None) -> Answer:
    *_, answer = run_question(question, index=index, model=open_model(), target_risk=target_risk)
    assert isinstance(answer, Answer)
    return answer


def test_an_answer_over_an_index_has_a_confidence_which_the_target_risk_asks_of_it(index: HybridIndex, tmp_path: Path):
    answer = ask("Who supplies the external laser?", index)
    assert answer.claims and answer.confidence is not None and 0.5 < answer.confidence < 1
    assert ask("Who supplies the external laser?", index) == answer
    assert ask("Who supplies the external laser?", index, 1 - answer.confidence + 0.01).claims == answer.claims
    withheld = ask("Who supplies the external laser?", index, 1 - answer.confidence - 0.01)
    assert not withheld.claims and withheld.abstention and withheld.confidence is None
    bundle = make_bundle(answer, index=index, settings=Settings())
    save_bundle(bundle, tmp_path / "a.zip")
    assert read_bundle(tmp_path / "a.zip").answer.confidence == answer.confidence


# --- The gold questions -----------------------------------------------------------------------------------------------


def test_the_gold_questions_are_as_many_as_they_say_and_stand_in_the_shipped_documents():
    questions = read_questions()
    corpus = ingest(DOCUMENTS)
    passages = {passage.id: passage for passage in corpus.passages}
    counted = {(language, answerable): 0 for language in ("en", "zh", "ja") for answerable in (True, False)}
    for one in questions:
        counted[one.language, one.answerable] += 1
        assert set(one.passages) <= set(passages), one.id
        assert one.passages or not one.answerable or one.kind == "computed", one.id
    assert all(counted["en", each] >= 35 and counted["zh", each] >= 35 and counted["ja", each] >= 5 for each in (0, 1))
    assert 0.45 < sum(one.answerable for one in questions) / len(questions) < 0.55
    told = [{passages[id_].language for id_ in one.passages} for one in questions if one.passages]
    asked = [one.language for one in questions if one.passages]
    assert sum(language not in found for language, found in zip(asked, told, strict=True)) >= 40
    assert 0.33 < sum(one.held_out for one in questions) / len(questions) < 0.47


@pytest.mark.parametrize(
    ("key", "text", "right"),
    [
        ("0.32", "The mean loss is 0.32 dB.", True),
        ("0.32", "The mean loss is 10.32 dB.", False),
        ("0.32", "The mean loss is 0.325 dB.", False),
        ("1,152", "It needs 1,152 fibers.", True),
        ("5 pJ/bit", "It needs 15 pJ/bit.", False),
        ("390 亿美元", "It grows to US$39 billion in 2030.", True),
        ("US$5.5 billion", "共 55 亿美元。", True),
        ("260 万器件小时", "平均无故障时间为260万器件小时。", True),
        ("Molex", "MOLEX acquired it.", True),
        ("Molex", "AMD acquired it.", False),
    ],
)
def test_an_answer_is_right_when_it_has_a_whole_key_in_any_form(key: str, text: str, right: bool):
    asked = Asked("q", "How much?", "en", "fact", (key,), (), True)
    assert is_right(asked, [Claim("Something else.", "quoted"), Claim(text, "quoted")]) is right


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "q", "lang": "en", "text": "Who?", "answerable": true, "kind": "", "key": [], "passages": []}', "key"),
        ('{"id": "q", "lang": "xx", "text": "Who?", "answerable": false, "kind": "", "key": [], "passages": []}', "1"),
        ("[]", "1"),
    ],
)
def test_a_wrong_line_of_gold_questions_is_named(tmp_path: Path, line: str, told: str):
    path = tmp_path / "questions.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(AnalystError, match=told):
        read_questions(path)
    path.write_text(QUESTIONS.read_text(encoding="utf-8").splitlines()[0] + "\n" + line, encoding="utf-8")
    with pytest.raises(AnalystError, match=":2"):
        read_questions(path)


# --- Fitting and measuring --------------------------------------------------------------------------------------------


def outcome(number: int, *, said: float, right: bool, least: float = 0.5) -> Outcome:
    asked = Asked(f"q{number}", f"Question {number}?", "en", "fact", ("yes",), (), True)
    answer = Answer(asked.text, "en", (Claim("yes" if right else "no", "quoted"),), (), None, {}, {}, "f", Usage("m"))
    plain = {"said": said, "least": least, "numbers": 1.0, "kind": 1.0, "single": 1.0}
    return Outcome(asked, answer, 0.5, {**plain, "passages": 0.0}, plain)


OUTCOMES = [outcome(n, said=(n % 10) / 10, right=n % 10 > 4, least=1 - (n % 10) / 10) for n in range(200)]


def test_a_fit_finds_what_tells_and_leaves_out_what_would_be_of_the_wrong_sign():
    model = fit(OUTCOMES, "d" * 16)
    for form in model.forms.values():
        assert form.weights["said"] > 1 and form.weights["least"] == 0
    assert model.fitted_on == "d" * 16
    assert fit(OUTCOMES, "d" * 16) == model
    assert model.chance({**OUTCOMES[0].signals, "said": 0.95}) > 0.8 > 0.2 > model.chance(OUTCOMES[0].signals)


def test_nothing_held_out_is_fitted_on():
    turned = [
        replace(one, answer=replace(one.answer, claims=(Claim("no", "quoted"),))) if one.asked.held_out else one
        for one in OUTCOMES
    ]
    assert turned != OUTCOMES
    assert fit(turned, "") == fit(OUTCOMES, "")
    with pytest.raises(AnalystError, match="right and wrong"):
        fit([one for one in OUTCOMES if one.asked.held_out], "")


def test_answers_are_counted_by_part_language_and_system():
    model = Assurance(
        {name: Form({each: 10.0 * (each == "said") for each in names}, -4.5) for name, names in FORMS.items()}
    )
    declined = Outcome(OUTCOMES[0].asked, Answer("Question 0?", "en", (), (), None, {}, {}, "f", Usage("m")))
    rows = measure([*OUTCOMES, declined], model)
    assert {row.language for row in rows} == {"all", "en"}
    now = {row.part: row for row in rows if row.system == "now" and row.language == "all"}
    before = {row.part: row for row in rows if row.system == "before" and row.language == "all"}
    assert sum(sum(row.verdicts.values()) for row in now.values()) == 201
    assert sum(row.verdicts["declined wrongly"] for row in now.values()) == 1
    for part, row in now.items():
        assert row.figures["auroc"][0] == 1.0 and before[part].figures["auroc"][0] == 0.5
        assert row.figures["brier"][0] < 0.1 < before[part].figures["brier"][0]
        assert all(point.wrong == 0 and point.given for point in row.points)
        assert all(point.given == 0 for point in before[part].points)
    assert "risk ≤ 5%" in render(rows) and "declined wrongly" in render(rows)
    machine = json.loads(as_json(rows, [*OUTCOMES, declined], model), parse_constant=pytest.fail)
    assert set(machine["questions"][-1]["confidence"].values()) == {None} and len(machine["questions"]) == 201


def test_an_encoder_that_tells_nothing_of_passages_was_silent_before():
    rows = measure([replace(one, told=None, signals=one.plain) for one in OUTCOMES], shipped_assurance())
    assert {row.system for row in rows} == {"now", "without encoder"}


def test_what_is_computed_keeps_the_share_of_right_results_that_was_measured():
    answer = replace(OUTCOMES[0].answer, claims=(Claim("15 pJ/bit", "computed"),))
    one = Outcome(OUTCOMES[0].asked, answer)
    assert one.confidence("now", shipped_assurance()) == COMPUTED_FROM_QUESTION


def test_a_model_is_not_fitted_on_a_part_of_the_questions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["evals", "confidence", "--fit", "--limit", "3"])
    assert main() == 2
    assert "--limit" in capsys.readouterr().err
