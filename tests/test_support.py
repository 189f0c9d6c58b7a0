import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.judging.coverage.alignment import cut_units
from agent.judging.coverage.exchange import find_exchange
from agent.judging.coverage.forest import Forest
from agent.judging.coverage.support import ACCEPTED, Scorer, open_support, scale, stands_in
from evals.pairs import FOLDS, Source, fold_of, make_pairs
from evals.support import is_ruled_out, wilson
from indexes.embeddings import BuiltInEmbedder, HashingEmbedder

QUOTE = "Teramount makes detachable fiber connectors, and Molex acquired the company in 2026 (entity list, 2026)."
LEAD = "Suppliers\nFiber coupling and connectors"
SHOWN = f"{QUOTE}\n{LEAD}"
ZH = "泰拉蒙特生产可拆卸的光纤连接器，莫仕在2026年收购了该公司。"


@pytest.fixture(scope="module", params=["words", "encoder"])
def scorer(request: pytest.FixtureRequest) -> Scorer:
    return open_support(BuiltInEmbedder() if request.param == "encoder" else None)


# --- Scores -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claim",
    [
        QUOTE,
        "Molex acquired the company in 2026",
        "teramount makes  detachable fiber connectors.",
        "Fiber coupling and connectors",
    ],
)
def test_words_that_stand_there_need_no_model(claim: str):
    assert stands_in(claim, SHOWN)
    assert Scorer()(claim, SHOWN) == 1.0
    assert Scorer().find_uncovered(claim, SHOWN) == ()


@pytest.mark.parametrize("claim", ["Molex acquired the comp", "ramount makes detachable", "connectors\nFiber"])
def test_cut_words_do_not_stand_there(claim: str):
    assert not stands_in(claim, SHOWN)


def test_a_claim_about_something_else_scores_below_one_that_is_said(scorer: Scorer):
    said = scorer("Molex acquired Teramount, a maker of detachable fiber connectors, in 2026.", SHOWN)
    other = scorer("The museum opened its doors to visitors after a long renovation.", SHOWN)
    assert other < ACCEPTED
    assert other < said


def test_half_of_another_sentence_lowers_the_score_and_is_named(scorer: Scorer):
    said = "Teramount makes detachable fiber connectors"
    spliced = f"{said} and reduces turbine maintenance in coastal districts"
    assert scorer(spliced, SHOWN) < ACCEPTED
    named = " ".join(scorer.find_uncovered(spliced, SHOWN))
    assert "turbine" in named
    assert "detachable" not in named


def test_a_company_that_is_not_shown_is_never_covered(scorer: Scorer):
    assert "NVIDIA" in scorer.find_uncovered("NVIDIA makes detachable fiber connectors.", SHOWN)


def test_across_languages_the_topic_is_told():
    scorer = open_support(BuiltInEmbedder())
    said = scorer("Molex bought the maker of detachable fiber connectors in 2026.", ZH)
    other = scorer("Patients who took the medicine recovered earlier.", ZH)
    assert other < ACCEPTED < said


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_a_score_and_no_word_is_made_up(claim: str, shown: str):
    scorer = Scorer()
    assert 0.0 <= scorer(claim, shown) <= 1.0
    assert all(words in claim for words in scorer.find_uncovered(claim, shown))


def test_another_encoder_means_words_alone():
    claim = "Molex has bought Teramount."
    assert open_support(HashingEmbedder())(claim, SHOWN) == open_support(None)(claim, SHOWN)


@pytest.mark.parametrize(("chance", "expected"), [(0.0, 0.0), (0.1, 0.25), (0.2, ACCEPTED), (1.0, 1.0)])
def test_scores_are_scaled_to_one_threshold(chance: float, expected: float):
    assert scale(chance, 0.2) == pytest.approx(expected)


# --- One word exchanged -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "quote", "expected"),
    [
        ("Heat pumps warm the harbour.", "Heat pumps warm the city (note, 2024).", ("harbour", "city")),
        ("该模块的服装为 9 W，低于可插拔模块。", "该模块的功耗为 9 W，低于可插拔模块。", ("服装", "功耗")),
        ("The town had a destruction of 30,118 people.", "The town had a population of 30,118 people.",
         ("destruction", "population")),
    ],
)  # fmt: skip
def test_a_quote_with_one_word_exchanged_says_something_else(claim: str, quote: str, expected: tuple[str, str]):
    assert find_exchange(claim, quote) == expected
    assert Scorer()(claim, quote) < ACCEPTED
    assert Scorer().find_uncovered(claim, quote) == (expected[0],)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The cost of the module rose last year.", "The price of the module rose last year."),  # a synonym
        ("Tokuyama makes AlN powder.", "Tokuyama makes aluminium nitride powder."),  # an abbreviation
        ("Heat pumps warm the city.", "Heat pumps warm the city and the harbour."),
        ("In the city the warmth comes from pumps.", "Heat pumps warm the city."),  # told in other words
        ("The port draws 12 W of power.", "The port draws 9 W of power."),  # a number: the ledger's
        ("经济增长很快。", "經濟增長很快。"),
    ],
)
def test_other_words_for_the_same_are_no_exchange(claim: str, quote: str):
    assert find_exchange(claim, quote) is None


# --- Units ------------------------------------------------------------------------------------------------------------


def test_numbers_and_stop_words_are_no_units():
    assert [unit.text for unit in cut_units("The port of Bailly draws 5.5 W in 2025.")] == ["port", "Bailly", "draws"]


def test_clauses_are_told_apart_and_a_single_word_makes_none():
    units = cut_units("Molex acquired Teramount, apparently, and the price fell sharply in spring.")
    assert {unit.text: unit.clause for unit in units}["apparently"] == 0
    assert units[-1].clause == 1


@given(st.text(max_size=80))
def test_units_stand_where_they_say(text: str):
    units = cut_units(text)
    assert all(text[unit.start : unit.end] == unit.text for unit in units)
    assert all(a.end <= b.start for a, b in itertools.pairwise(units))


# --- Forests ----------------------------------------------------------------------------------------------------------


def test_a_forest_adds_up_the_leaves_that_a_row_falls_into():
    trees = [
        [[0, 0.5, 1, 2, 0], [-1, 0, 0, 0, -1.0], [1, 2.0, 3, 4, 0], [-1, 0, 0, 0, 0.5], [-1, 0, 0, 0, 2.0]],
        [[-1, 0, 0, 0, 0.25]],
    ]
    forest = Forest.read({"start": 0.1, "trees": trees})
    rows = np.array([[0.5, 9], [0.6, 2], [0.6, 2.1]], np.float32)
    expected = 1 / (1 + np.exp(-np.array([0.1 - 1 + 0.25, 0.1 + 0.5 + 0.25, 0.1 + 2 + 0.25])))
    np.testing.assert_allclose(forest.probability(rows), expected, rtol=1e-5)


# --- Pairs ------------------------------------------------------------------------------------------------------------

SENTENCES = [
    "The harbour was widened so that larger ships could enter at low tide.",
    "Engineers replaced the wooden piers with concrete ones after the storm.",
    "A small museum beside the lighthouse shows how sailors once navigated.",
    "Fishermen sell their catch every morning, and restaurants buy most of it.",
    "The ferry crosses the bay twice a day, but it stops running in winter.",
    "Local schools teach children how to swim before they learn to sail.",
]
SOURCES = [Source("verbatim", text, text, "", f"document {at % 3}", at) for at, text in enumerate(SENTENCES)]


def test_pairs_are_the_same_each_time_and_stay_in_the_fold_of_their_document():
    pairs = make_pairs(SOURCES)
    assert pairs == make_pairs(SOURCES)
    assert {pair.kind for pair in pairs if not pair.true} >= {"splice", "added", "neighbour"}
    assert all(pair.fold == fold_of(pair.group) < FOLDS for pair in pairs)


def test_planted_words_stand_nowhere_in_what_is_shown_and_true_pairs_have_none():
    for pair in make_pairs(SOURCES):
        assert bool(pair.planted) != pair.true
        for start, end in pair.planted:
            assert not re.search(rf"\b{pair.claim[start:end]}\b", pair.shown, re.IGNORECASE)


def test_rules_come_first_and_leave_what_only_the_score_tells():
    said = make_pairs(SOURCES)[0]
    assert not is_ruled_out(said)
    assert is_ruled_out(replace(said, claim=f"NVIDIA says so. {said.claim}"))
    assert not is_ruled_out(replace(said, claim="Apples are sweet."))


def test_the_interval_of_a_share():
    low, high = wilson(1, 100)
    assert (round(low, 4), round(high, 4)) == (0.0018, 0.0545)
    assert wilson(0, 0) == (0.0, 1.0)


# --- Tokens -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Ｓｈｉｐｍｅｎｔｓ of lasers rise … ½ ①", "磷化铟衬底长期依赖进口。", "", " "])
def test_tokens_stand_in_the_text_as_it_was_given(text: str):
    tokens = BuiltInEmbedder().encode_tokens(text)
    assert tokens.vectors.shape == (3, len(tokens.spans), 384)
    assert len(tokens.rarity) == len(tokens.spans)
    assert all(0 <= start < end <= len(text) for start, end in tokens.spans.tolist())
