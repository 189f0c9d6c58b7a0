import math
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexes.bm25 import K1, B, WordIndex

words = st.sampled_from(["cpo", "laser", "光模块", "衬底", "51.2t", "optic", "switch"])
texts = st.lists(st.lists(words, max_size=8), min_size=1, max_size=8)


def reference(passages: list[list[str]], query: dict[str, float]) -> list[float]:
    """BM25 as Lucene has it: idf = ln(1 + (N - n + 0.5) / (n + 0.5)), without the constant factor k1 + 1."""
    mean = sum(map(len, passages)) / len(passages)
    scores = []
    for terms in passages:
        count, total = Counter(terms), 0.0
        for term, weight in query.items():
            holders = sum(term in other for other in passages)
            idf = math.log(1 + (len(passages) - holders + 0.5) / (holders + 0.5))
            if count[term]:
                total += weight * idf * count[term] / (count[term] + K1 * (1 - B + B * len(terms) / mean))
        scores.append(total)
    return scores


@given(texts, st.dictionaries(words, st.sampled_from([0.5, 1.0, 2.0]), max_size=4))
def test_scores_are_those_of_the_definition(passages, query):
    np.testing.assert_allclose(
        WordIndex.build(passages).scores(query), reference(passages, query), rtol=1e-4, atol=1e-6
    )


@given(texts, st.dictionaries(words, st.just(1.0)))
def test_shared_terms_are_those_in_both(passages, query):
    index = WordIndex.build(passages)
    for row, terms in enumerate(passages):
        assert index.shared(row, query) == tuple(term for term in query if term in terms)


def test_unknown_terms_and_empty_passages_score_nothing():
    index = WordIndex.build([["laser"], []])
    assert index.scores({"衬底": 1.0}).tolist() == [0, 0]
    assert index.scores({"laser": 1.0})[1] == 0
    assert WordIndex.build([[], []]).scores({"laser": 1.0}).tolist() == [0, 0]
    assert WordIndex.build([]).scores({"laser": 1.0}).shape == (0,)


def test_a_rare_word_weighs_more_than_a_common_one():
    index = WordIndex.build([["cpo", "laser"], ["cpo", "fiber"], ["cpo", "switch"]])
    assert index.scores({"laser": 1.0})[0] > index.scores({"cpo": 1.0})[0]


def test_the_arrays_do_not_depend_on_the_order_of_words_in_a_passage():
    passages = [["b", "a", "c"], ["c", "a"]]
    one, other = WordIndex.build(passages), WordIndex.build([sorted(terms) for terms in passages])
    assert list(one.vocabulary) == ["a", "b", "c"] == list(other.vocabulary)
    np.testing.assert_array_equal(one.rows, other.rows)
