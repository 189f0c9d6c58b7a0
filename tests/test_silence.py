"""Silence: what is asked for, what stands there, how it is weighed, and what is said instead of an answer."""

import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from agent.answer import Answer, Claim, Conflict, Usage
from agent.confidence import COMPUTED_FROM_QUESTION, CONFLICT, weigh
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.errors import AnsweringError
from agent.evidence import Evidence
from agent.rendering import render_json, render_markdown, render_text
from agent.settings import load_settings, read_risk
from agent.silence.asked import find_spans, read_type
from agent.silence.candidates import KINDS, NUMBERS, Candidates, find_candidates
from agent.silence.mismatch import count_opposites, misses_extreme, negates, opposite_pairs
from agent.silence.model import FORMS, form_of, read_model, shipped_model
from agent.silence.nets import TOLD, read_nets, run_layers, tell_together
from agent.silence.premise import find_premise, is_told, nearest_to
from agent.silence.signals import read_signals
from agent.silence.views import Viewer
from agent.silence.wording import say_missing
from agent.verification import verify
from corpus.document import Block, Document, Page, Passage
from corpus.errors import AnalystError
from evals.fitting import area_under_risk, area_under_roc, calibration_error, fit_logistic, logistic, right_refusals
from evals.refusal import as_svg, fit, measure, read_all, read_cases, render
from evals.refusal_nets import _slopes, fit_net
from indexes.embeddings import ContextVectors, Role
from tests.quoting import cited

_TOKEN = re.compile(r"[A-Za-z0-9.]+|[^\sA-Za-z0-9]")


class WordEmbedder:
    """A vector for each word by its hash: words are near only to themselves."""

    def encode_in_context(self, texts: Sequence[str], role: Role) -> list[ContextVectors]:
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> ContextVectors:
        found = list(_TOKEN.finditer(text))
        vectors = np.stack(
            [np.random.default_rng(zlib.crc32(one.group().lower().encode())).normal(size=32) for one in found]
            or [np.zeros(32)]
        ).astype(np.float32)
        spans = np.array([one.span() for one in found], np.int64).reshape(-1, 2)
        rarity = np.array([4.0 * len(one.group()) for one in found], np.float32)
        mean = vectors.mean(axis=0)
        return ContextVectors(spans, vectors[: len(found)], rarity, mean / max(1e-9, float(np.linalg.norm(mean))))


VIEWER = Viewer(WordEmbedder(), {})


def signals(question: str, *passages: str, language: str = "en") -> dict[str, float]:
    views = VIEWER.view_passages([(text, language) for text in passages])  # type: ignore[misc]
    return dict(read_signals(VIEWER.view_question(question, language), views))  # type: ignore[arg-type]


def candidates(question: str, *passages: str, language: str = "en") -> Candidates:
    views = VIEWER.view_passages([(text, language) for text in passages])  # type: ignore[misc]
    return find_candidates(VIEWER.view_question(question, language), views)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("Why did the price fall?", "en", "reason"),
        ("How many ports does it have?", "en", "count"),
        ("When was the switch announced?", "en", "time"),
        ("Who leads the laboratory?", "en", "person"),
        ("Where is the plant?", "en", "place"),
        ("Which company makes the laser?", "en", "organisation"),
        ("How long did the test take?", "en", "duration"),
        ("What percentage is exported?", "en", "percent"),
        ("Is it faster?", "en", "yes-no"),
        ("Name it.", "en", "other"),
        ("为什么推迟发布？", "zh", "reason"),
        ("有多少个端口？", "zh", "count"),
        ("哪一年发布？", "zh", "time"),
        ("谁负责？", "zh", "person"),
        ("工厂在哪里？", "zh", "place"),
        ("いつ発表されましたか？", "ja", "time"),
        ("なぜ延期されたのですか？", "ja", "reason"),
        ("工場はどこですか？", "ja", "place"),
    ],
)
def test_the_kind_of_thing_asked_for_is_read(question, language, kind):
    assert read_type(question, language) == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "language", "found"),
    [
        ("It opened in March 2017 with 40 staff.", "time", "en", {"March 2017"}),
        ("It opened in March 2017 with 40 staff.", "count", "en", {"40"}),
        ("It fell because the yield was low.", "reason", "en", {"because"}),
        ("The line runs at 5.4 W.", "time", "en", set()),
        ("由于良率低，推迟到2025年3月。", "reason", "zh", {"由于"}),
        ("由于良率低，推迟到2025年3月。", "time", "zh", {"2025年3月"}),
        ("占比30%，共40家。", "percent", "zh", {"30%"}),
    ],
)
def test_things_of_a_kind_are_found_and_no_others(sentence, kind, language, found):
    spans = find_spans(sentence, kind, language)
    assert spans is not None
    told = {sentence[a:b] for a, b in spans}
    assert found <= told and bool(found) == bool(told)


def test_a_kind_without_a_form_has_no_spans():
    assert find_spans("Anything may answer.", "other", "en") is None


def test_opposites_negations_and_ends_of_scales():
    assert count_opposites("Who won the last race?", "He won the first race", "en") == 1
    assert count_opposites("Who won the last race?", "He won the first and the last race", "en") == 0
    assert opposite_pairs("Who won the last race?", "He won the first race", "en") == [("last", "first")]
    assert opposite_pairs("产能最低的是哪家？", "产能最高的是住友电工", "zh") == [("最低", "最高")]
    assert negates("It isn't sold") and negates("不再生产") and not negates("It is sold")
    assert misses_extreme("What is the largest plant?", "The plant has ten lines")
    assert not misses_extreme("What is the largest plant?", "It is the largest of ten")


PASSAGE = "The plant in Kulim opened in 2019. It makes lasers for Lumentum. Other plants make connectors."


def test_what_is_asked_scores_higher_where_it_stands_beside_an_answer():
    there = signals("When did the plant in Kulim open?", PASSAGE)
    elsewhere = signals("When did the plant in Kulim burn?", PASSAGE.replace(" in 2019", ""))
    for name in ("typed_any", "best_typed", "middling", "related", "together", "covered"):
        assert there[name] > elsewhere[name], name


def test_a_year_that_the_passage_has_only_otherwise_is_seen():
    assert signals("How many lasers were made in 2020?", PASSAGE)["year_missing"] == 1
    assert signals("What opened in 2019?", PASSAGE)["year_missing"] == 0


def test_several_passages_that_agree_score_higher():
    alike = signals("Who makes lasers?", "Lumentum makes lasers.", "The lasers that Lumentum makes are red.")
    apart = signals("Who makes lasers?", "Lumentum makes lasers.", "The connectors are red.")
    assert alike["agreed"] > apart["agreed"]


@example("\n", ["one"])
@example("\u3000 ", ["二"])
@given(st.text(min_size=1, max_size=80), st.lists(st.text(max_size=120), min_size=1, max_size=3))
def test_any_words_have_finite_signals(question, passages):
    views = VIEWER.view_passages([(text, "und") for text in passages])
    if views:
        found = read_signals(VIEWER.view_question(question, "und"), views)
        assert all(np.isfinite(value) for value in found.values())
        assert set(found) == set(shipped_model().signals)


def told(found: Candidates, words: str, passage: str = "") -> NDArray[np.float64]:
    """The numbers of the candidate that has these words."""
    at = [(passage or PASSAGE)[start:end] for start, end in found.spans.tolist()].index(words)
    return found.numbers[at]


def test_what_could_answer_is_found_with_what_it_is_and_how_close_the_question_stands():
    found = candidates("When did the plant in Kulim open?", PASSAGE)
    words = [PASSAGE[start:end] for start, end in found.spans.tolist()]
    assert {"2019", "Kulim", "Lumentum", "lasers"} <= set(words) and not {"The", "in", "It"} & set(words)
    assert found.texts[words.index("plant")] != found.texts[words.index("plants")]
    assert KINDS[found.kind] == "time" and found.numbers.shape == (len(found), len(NUMBERS))
    for name in ("near", "middling", "together", "of_kind"):
        assert told(found, "2019")[NUMBERS.index(name)] > told(found, "Lumentum")[NUMBERS.index(name)], name
    assert told(found, "Kulim")[NUMBERS.index("in_question")] == 1 > told(found, "2019")[NUMBERS.index("in_question")]
    chinese = candidates("谁生产激光器？", "住友电工在2019年生产激光器。", language="zh")
    assert {"2019", "激光器"} <= {"住友电工在2019年生产激光器。"[start:end] for start, end in chinese.spans.tolist()}


def test_what_candidates_say_together_follows_its_definition():
    found = replace(
        candidates("Who?", PASSAGE), numbers=np.zeros((4, len(NUMBERS))), sorts=np.zeros(4, np.int64),
        passages=np.array([0, 0, 1, 2]), spans=np.zeros((4, 2), np.int64), texts=np.array([0, 1, 0, 2]),
    )  # fmt: skip
    odds = np.array([0.0, 1.0, 0.0, -2.0])
    chances = 1 / (1 + np.exp(-odds))
    best, three, agreed, mean, second = tell_together(found, np.stack([odds, odds + 1]))[0]

    def odds_of(chance: float) -> float:
        return float(np.log(chance / (1 - chance)))

    assert best == 1.0
    assert three == pytest.approx(odds_of(float(np.mean(chances[:3]))), abs=1e-2)
    assert agreed == pytest.approx(odds_of(0.75), abs=1e-2)  # two passages name it: 1 - 0.5 * 0.5
    assert mean == pytest.approx(odds_of(float(np.mean([chances[1], 0.5, chances[3]]))), abs=1e-2)
    assert second == pytest.approx(0.0, abs=1e-2)
    nothing = replace(found, numbers=found.numbers[:0], sorts=found.sorts[:0])
    assert tell_together(nothing, np.zeros((2, 3, 0))).shape == (2, 3, len(TOLD))


def test_a_net_learns_what_tells_and_its_slopes_are_those_of_its_loss():
    random = np.random.default_rng(3)
    inputs = random.normal(size=(12000, 4))
    answers = (np.abs(inputs[:, 0]) > 1).astype(float)  # no line tells this
    net = fit_net(inputs, answers, np.ones(12000), 0)
    odds = run_layers(net, inputs)
    assert area_under_roc(odds, answers) > 0.95

    def loss(layers: dict[str, NDArray[np.float64]]) -> float:
        chance = logistic(run_layers(layers, inputs))
        return float(-np.mean(np.log(np.where(answers == 1, chance, 1 - chance))))

    for name, slope in _slopes(net, inputs, answers, np.ones(12000)).items():
        step = 1e-5 * np.sign(slope)
        moved = loss({**net, name: net[name] + step}) - loss({**net, name: net[name] - step})
        assert moved == pytest.approx(2 * float(np.sum(slope * step)), rel=1e-2), name


def test_the_shipped_model_gives_chances_and_its_folds_differ():
    question = "When did the plant in Kulim open?"
    model, found, could = shipped_model(), signals(question, PASSAGE), candidates(question, PASSAGE)
    for form in FORMS:
        chances = [model.chance(form, found, could, unseen=folds) for folds in ((), (0, 0, 0, 0), (1, 2, 3, 4))]
        assert all(0 < chance < 1 for chance in chances) and len(set(chances)) > 1
    assert read_model(model.to_json(), model.nets) == model
    again = read_nets(model.nets.to_json())
    assert np.array_equal(again.log_odds(could), model.nets.log_odds(could))
    views = VIEWER.view_passages([(PASSAGE, "en")])
    assert model.tell(VIEWER.view_question(question, "en"), views) == model.chance("question", found, could)


def test_forms():
    assert form_of("who makes lasers", "en", 1) == "query"
    assert form_of("Who makes lasers?", "en", 1) == "question"
    assert form_of("Who makes lasers?", "en", 4) == "several"
    assert form_of("谁生产激光器？", "zh", 1) == form_of("誰が作る？", "ja", 3) == "several-wide"


# --- Premises and words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "language", "event"),
    [
        ("Why did Broadcom stop making CPO switches?", "en", "end"),
        ("When did NVIDIA acquire Ayar Labs?", "en", "purchase"),
        ("博通为什么停止生产CPO交换机？", "zh", "end"),
        ("英伟达何时收购了Ayar Labs？", "zh", "purchase"),
        ("ブロードコムはなぜCPOから撤退したのですか？", "ja", "end"),
    ],
)
def test_what_a_question_supposes_is_named_in_its_own_words(question, language, event):
    premise = find_premise(question, language)
    assert premise is not None and premise.event == event and set(premise.clause) <= set(question)
    assert not is_told(
        premise, ["Broadcom ships Bailly.", "博通推出三代CPO交换机。", "Marvell bought what Lumentum stopped."]
    )
    assert is_told(premise, ["Broadcom discontinued it.", "NVIDIA buys Ayar Labs."])
    assert is_told(premise, ["博通停止生产。", "英伟达并购Ayar Labs。"])


@pytest.mark.parametrize(
    "question", ["Who makes lasers?", "When was Bailly announced?", "Which firms stopped?", "谁收购了它？"]
)
def test_other_questions_suppose_nothing_known(question):
    assert find_premise(question, "zh" if "谁" in question else "en") is None


def test_the_nearest_to_a_premise_names_the_same():
    premise = find_premise("Why did Broadcom stop making CPO switches?", "en")
    assert premise
    assert nearest_to(premise, ["NVIDIA sells GPUs.", "Broadcom ships CPO switches."]) == 1
    assert nearest_to(premise, ["It rained."]) is None


@pytest.mark.parametrize(
    ("question", "language", "nearest", "words"),
    [
        ("What will Lumentum's revenue be in 2027?", "en", "Lumentum's revenue was $2bn in 2025.", ("2027", "2025")),
        ("Lumentum 2027年的收入是多少？", "zh", "Lumentum 2025年收入20亿美元。", ("2027", "2025", "没有")),
        ("Who makes the smallest laser?", "en", "Kyocera makes the largest laser.", ("smallest", "largest")),
        ("When was Bailly announced?", "en", "Bailly was announced by Broadcom.", ("date",)),
        ("何时宣布Bailly？", "zh", "Bailly由博通宣布。", ("时间",)),
        ("Who makes lasers for Marvell?", "en", "Lumentum makes lasers.", ("Marvell",)),
        ("Does the pump draw 12 kW?", "en", "The pump draws 9 kW.", ("12 kW", "9 kW")),
        ("水泵的功率是12千瓦吗？", "zh", "水泵的功率为9千瓦。", ("12千瓦", "9千瓦")),
        ("ポンプの消費電力は12 kWですか？", "ja", "ポンプの消費電力は9 kWである。", ("12 kW", "9 kW", "最も近い")),
        ("水泵已经卖得更贵了吗？", "zh", "水泵的价格很高。", ("可靠",)),
    ],
)
def test_what_is_missing_is_said_in_the_language_of_the_question(question, language, nearest, words):
    passage = Passage("p", "d", 1, 0, len(nearest), nearest, language)
    said = say_missing(question, language, nearest, [passage], language)
    assert all(word in said for word in words)


# --- Confidence and verification --------------------------------------------------------------------------------------

TEXT = "Broadcom ships three generations of CPO switches."
QUOTED = Passage("d-1.1", "d", 1, 0, len(TEXT), TEXT, "en", ("Switches",))
DOCUMENTS = {
    "d": Document(
        "d", "Report", "Us", "2025-10", "en", "r.md", "0" * 64, "text/markdown",
        (Page(1, "1", TEXT, (Block("paragraph", 0, len(TEXT)),)),),
    )
}  # fmt: skip


def answer_to(question: str, chance: float | None = None, target_risk: float | None = None) -> Answer:
    evidence = Evidence()
    evidence.see([QUOTED])
    draft = DraftAnswer(claims=[DraftClaim(text=TEXT, quotes=[DraftQuote(passage_id="d-1.1", quote=TEXT)])])
    return verify(
        question,
        draft,
        evidence,
        documents=DOCUMENTS,
        index_fingerprint="f" * 64,
        usage=Usage("scripted"),
        chance=None if chance is None else lambda *_: chance,
        target_risk=target_risk,
    )


def test_an_answer_has_the_confidence_of_its_passages_and_shows_it():
    answer = answer_to("What does Broadcom ship?", 0.87)
    assert answer.confidence == 0.87 and answer.claims
    assert "confidence 0.87" in render_text(answer) and render_json(answer)["confidence"] == 0.87
    unweighed = answer_to("What does Broadcom ship?")
    assert unweighed.confidence is None and "confidence" not in render_text(unweighed)


@pytest.mark.parametrize(("chance", "doubts"), [(0.49, True), (0.51, False), (None, False)])
def test_an_unsure_answer_says_so_first_and_what_its_quote_lacks(chance: float | None, doubts: bool):
    answer = answer_to("How many generations of switches does NVIDIA ship?", chance)
    assert answer.claims and bool(answer.doubt) == doubts
    for shown in (render_text(answer), render_markdown(answer)):
        assert ("Unsure (confidence 0.49). No passage found" in shown) == doubts
    if doubts:
        assert "NVIDIA" in answer.doubt
        assert render_text(answer).index("Unsure") < render_text(answer).index("Broadcom ships")


def test_an_answer_less_sure_than_asked_for_is_withheld_with_its_reason():
    answer = answer_to("How many switches did Broadcom ship in 2027?", 0.6, 0.1)
    assert not answer.claims and answer.confidence is None
    assert answer.abstention and "2027" in answer.abstention.missing
    assert answer.abstention.nearest and answer.abstention.nearest.quote == TEXT
    assert "0.60" in answer.unsupported[0].reason and "0.90" in answer.unsupported[0].reason
    assert answer_to("What does Broadcom ship?", 0.6, 0.4).claims
    assert answer_to("What does Broadcom ship?", 0.6, None).claims


@pytest.mark.parametrize("question", ["Why did Broadcom stop making CPO switches?", "博通为什么停止生产CPO交换机？"])
def test_a_false_premise_is_named_and_not_followed(question):
    answer = answer_to(question, 0.99)
    assert not answer.claims and answer.abstention
    assert ("stop making CPO switches" in answer.abstention.missing) or ("停止生产" in answer.abstention.missing)
    assert answer.abstention.nearest and answer.abstention.nearest.quote == TEXT


def test_confidence_falls_with_what_is_left_out_and_with_conflicts():
    one, other = cited("Bailly draws 5 W."), replace(cited("Bailly draws 7 W."), document_id="other")
    quoted, computed = Claim("a", "quoted", (one,)), Claim("b", "computed")
    conflict = Conflict("contradictory", "a", (one, other), ("5 W", "7 W"))
    assert weigh(0.8, [quoted], [], []) == 0.8
    assert weigh(0.8, [quoted], [quoted], []) == pytest.approx(0.4)
    assert weigh(0.8, [quoted], [], [conflict]) == pytest.approx(0.8 * CONFLICT)
    assert weigh(0.8, [quoted], [], [replace(conflict, kind="stale")]) == 0.8
    assert weigh(0.8, [quoted, Claim("c", "quoted", (other,))], [], [conflict]) == 0.8  # both sides are told
    assert weigh(None, [computed], [], []) == COMPUTED_FROM_QUESTION
    assert weigh(None, [quoted], [], []) is None


def test_the_target_risk_is_set_by_the_environment_and_checked():
    assert load_settings({}).target_risk is None
    assert load_settings({"CPO_TARGET_RISK": "0.2"}).target_risk == 0.2
    for wrong in ("2", "-0.1", "high", "nan"):
        with pytest.raises(AnsweringError, match="from 0 to 1"):
            read_risk(wrong, "--target-risk")


# --- Measuring --------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=25))
def test_figures_agree_with_their_definitions(pairs):
    scores = np.array([float(score) for score, _ in pairs])
    answers = np.array([float(answer) for _, answer in pairs])
    yes, no = scores[answers == 1], scores[answers == 0]
    aurc, excess = area_under_risk(scores, answers)
    assert 0 <= aurc <= 1 and excess >= -1e-9
    if len(yes) and len(no):
        wins = np.mean([(a > b) + 0.5 * (a == b) for a in yes for b in no])
        assert area_under_roc(scores, answers) == pytest.approx(wins)
        allowed = [cut for cut in (*scores, 9.0) if (yes < cut).mean() <= 0.1]
        assert right_refusals(scores, answers) == pytest.approx(max((no < cut).mean() for cut in allowed))


def test_a_fit_finds_the_weights_that_made_the_data():
    random = np.random.default_rng(7)
    values = random.normal(size=(4000, 3))
    answers = (random.random(4000) < logistic(values @ np.array([1.5, -1.0, 0.0]) + 0.5)).astype(float)
    weights, bias = fit_logistic(values, answers, np.ones(4000), 1e-3)
    assert weights == pytest.approx([1.5, -1.0, 0.0], abs=0.2) and bias == pytest.approx(0.5, abs=0.2)
    assert calibration_error(logistic(values @ weights + bias), answers) < 0.04


def write_set(folder: Path, count: int) -> Path:
    passages = [{"id": f"p{n}", "lang": "en", "text": PASSAGE} for n in range(count)]
    questions = [
        {
            "id": f"q{n}", "lang": "en", "text": "When did it open?", "context_passage_ids": [f"p{n}", f"p{n // 4}"],
            "answerable": bool(n % 2),
        }
        for n in range(count)
    ]  # fmt: skip
    for name, rows in (("passages", passages), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_cases_that_share_a_passage_are_one_group_and_one_fold(tmp_path):
    cases = read_cases(write_set(tmp_path, 8))  # q4 to q7 share p1, which is of q1, and q0 to q3 share p0
    assert len({case.group for case in cases}) == 1
    assert len({case.folds for case in cases}) == 1
    apart = [{"id": f"p{n}", "lang": "en", "text": PASSAGE} for n in range(40)]
    rows = [{"id": "q", "lang": "en", "text": "Who?", "context5": [f"p{n}"], "answerable": n < 20} for n in range(40)]
    for name, lines in (("passages", apart), ("questions", rows)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    divided = read_cases(tmp_path)
    for repeat in range(4):
        for fold in range(5):
            assert [case.answerable for case in divided if case.folds[repeat] == fold].count(True) == 4


def test_what_answers_is_marked_among_the_candidates_of_answerable_questions(tmp_path):
    first, *_ = read_cases(write_set(tmp_path, 4))
    for answerable, marked in ((True, {"March 2017"}), (False, set())):
        case = replace(
            first, passages=(("It opened in March 2017.", "en"),), answers=("march 2017",), answerable=answerable
        )
        (found,) = read_all([case], WordEmbedder(), {}, lambda done, total: None)
        words = ["It opened in March 2017."[start:end] for start, end in found.candidates.spans.tolist()]
        assert {word for word, right in zip(words, found.right, strict=True) if right} >= marked
        assert bool(found.right.any()) == answerable and "opened" in words and not found.right[words.index("opened")]


def test_a_set_is_measured_with_intervals_and_drawn(tmp_path):
    cases = [replace(case, group=case.id) for case in read_cases(write_set(tmp_path, 12))]
    found = read_all(cases, WordEmbedder(), {}, lambda done, total: None)
    for at, case in enumerate(cases):
        found[at] = replace(found[at], signals={**found[at].signals, "cosine": float(case.answerable)})
    ours, cosine = measure(cases, found, shipped_model())
    assert not ours.held_out and cosine.figures["auroc"].value == 1 and cosine.figures["right_refusals"].value == 1
    assert cosine.figures["e_aurc"].value == pytest.approx(0)
    assert ours.figures["auroc"].low <= ours.figures["auroc"].value <= ours.figures["auroc"].high
    assert "cosine" in render([ours, cosine])
    assert as_svg([ours, cosine]).count("<polyline") == 2
    with pytest.raises(AnalystError, match="form"):
        fit(cases, found, {})


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"id": "q", "lang": "en", "text": "", "answerable": true, "context5": ["p0"]}', "text"),
        ('{"id": "q", "lang": "en", "text": "Who?", "answerable": true, "context5": ["p9"]}', "p9"),
        ('{"id": "q", "lang": "en", "text": "Who?", "answerable": true}', "context"),
    ],
)
def test_a_wrong_set_is_told_where(tmp_path, line, what):
    write_set(tmp_path, 2)
    (tmp_path / "questions.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(AnalystError, match=what):
        read_cases(tmp_path)
