import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Corpus, Document, Failure, Language, Passage
from corpus.lexicon import Lexicon, Term
from corpus.text import language_of, squeeze
from indexes.embeddings import HashingEmbedder
from indexes.errors import IndexingError
from indexes.hybrid import HybridIndex
from indexes.index import Vectors

LEXICON = Lexicon(
    [
        Term(
            "GL1",
            "term",
            {"en": ("co-packaged optics", "CPO"), "zh": ("光电共封装", "共封装光学"), "ja": ("光電融合",)},
        ),
        Term("EN1", "company", {"en": ("Broadcom",), "zh": ("博通",)}),
    ]
)
SUBJECTS = {
    "power": "功耗",
    "museum": "博物馆",
    "yield": "良率",
    "price": "价格",
    "laser": "激光",
    "fiber": "光纤",
    "cooling": "散热",
    "market": "市场",
}


class BiasedEmbedder:
    """Knows what a text is about in two languages, but sees its language first, as real encoders do."""

    name = "biased"
    dimension = 64
    fingerprint = "biased"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text, role=60) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text, role=61) for text in texts])

    def _vector(self, text: str, role: int) -> Vectors:
        vector = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(64).astype(np.float32) * 0.02
        for place, (english, chinese) in enumerate(SUBJECTS.items()):
            vector[place] += 0.6 * (english in text.lower() or chinese in text)
        vector[{"en": 50, "zh": 51, "ja": 52, "und": 53}[language_of(text)]] += 2
        vector[role] += 1
        return vector / np.linalg.norm(vector)


def make_corpus(*texts: tuple[Language, str], failures: Sequence[Failure] = ()) -> Corpus:
    """One document for each language, whose passages are numbered in the order given."""
    spoken = {language if language != "und" else "zh" for language, _ in texts}
    documents = tuple(
        Document(f"doc-{each}", each, "", "", each, f"{each}.md", "0" * 64, "text/markdown", ())
        for each in sorted(spoken)
    )
    passages = tuple(
        Passage(f"p{number:03}", f"doc-{language if language != 'und' else 'zh'}", 1, 0, len(text), text, language)
        for number, (language, text) in enumerate(texts)
    )
    return Corpus(documents, passages, tuple(failures))


def build(*texts: tuple[Language, str], embedder=None) -> HybridIndex:
    return HybridIndex.build(make_corpus(*texts), embedder or BiasedEmbedder(), lexicon=LEXICON)


MANY: list[tuple[Language, str]] = [
    *(("en", f"A sentence about {subject}, number {n}.") for subject in SUBJECTS for n in range(5)),
    *(("zh", f"这是关于{subject}的第{n}句话。") for subject in SUBJECTS.values() for n in range(5)),
]


@pytest.mark.parametrize(
    ("query", "own", "other"),
    [("What is said about yield?", "yield", "良率"), ("关于良率说了什么？", "良率", "yield")],
)
def test_both_languages_are_found_where_plain_cosine_finds_one(query, own, other):
    index, embedder = build(*MANY), BiasedEmbedder()
    vectors = embedder.encode_passages([text for _, text in MANY])
    plain = [MANY[i][1] for i in np.argsort(-(vectors @ embedder.encode_queries([query])[0]))[:10]]
    assert not any(other in text for text in plain)
    ours = [hit.passage.text for hit in index.search(query)]
    assert own in ours[0]
    assert sum(own in text for text in ours) >= 4
    assert sum(other in text for text in ours) >= 4


def test_another_language_leads_when_it_alone_has_the_subject():
    index = build(*[(language, text) for language, text in MANY if language == "zh" or "yield" not in text])
    hits = index.search("What is said about yield?")
    assert "良率" in hits[0].passage.text
    assert sum("良率" in hit.passage.text for hit in hits) == 5


def test_a_language_without_the_subject_gets_few_places_but_one():
    index = build(*[(language, text) for language, text in MANY if language == "en" or "良率" not in text])
    hits = index.search("What is said about yield?")
    assert ["yield" in hit.passage.text for hit in hits[:5]] == [True] * 5
    assert 1 <= sum(hit.passage.language == "zh" for hit in hits) <= 2


def test_a_language_with_one_passage_is_found():
    index = build(*[text for text in MANY if text[0] == "en"], ("zh", "良率仍然很低。"))
    hits = index.search("What is said about yield?")
    assert hits[1].passage.text == "良率仍然很低。"
    assert hits[1].cosine > 0.5


def test_a_corpus_of_one_passage_can_be_searched():
    hits = build(("zh", "良率仍然很低。")).search("yield")
    assert [hit.passage.id for hit in hits] == ["p000"]
    assert np.isfinite([hits[0].score, hits[0].cosine, hits[0].words]).all()


def test_the_glossary_finds_words_across_languages():
    index = build(
        ("en", "Co-packaged optics by Broadcom."),
        ("zh", "博通发布了共封装光学产品。"),
        ("zh", "会议在星期二举行。"),
        embedder=HashingEmbedder(),
    )
    hits = {hit.passage.id: hit for hit in index.search("Who makes CPO?")}
    assert "co-packaged" in hits["p000"].shared_terms
    assert {"共封装光学", "封装"} & set(hits["p001"].shared_terms)
    assert hits["p001"].words > hits["p002"].words
    names = {hit.passage.id: hit for hit in index.search("博通的产品")}
    assert names["p000"].shared_terms == ("broadcom",)


def test_plain_english_words_do_not_match_in_chinese_passages():
    index = build(("en", "The band played."), ("zh", "乐队 the band 名为 ABBA。"), embedder=HashingEmbedder())
    hits = {hit.passage.id: hit for hit in index.search("Which band was ABBA?")}
    assert hits["p001"].shared_terms == ("abba",)


def test_passages_too_short_to_tell_go_with_their_document():
    index = build(("zh", "良率为九成。"), ("und", "90 %"), ("en", "Yield is 90 %."))
    assert {pool.language: len(pool.passages) for pool in index.pools} == {"en": 1, "zh": 2}
    assert {hit.passage.id for hit in index.search("90 %", languages={"zh"})} == {"p000", "p001"}


def test_languages_and_documents_restrict_the_search():
    index = build(*MANY)
    assert {hit.passage.language for hit in index.search("yield", languages={"zh"})} == {"zh"}
    assert {hit.passage.document_id for hit in index.search("yield", documents={"doc-en"})} == {"doc-en"}
    assert index.search("yield", languages={"ja"}) == []
    assert index.search("yield", languages={"zh"}, documents={"doc-en"}) == []
    assert index.search("yield", documents=[]) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"query": ""}, "query is empty"),
        ({"query": " \n\u200b"}, "query is empty"),
        ({"query": "yield", "limit": 0}, "limit must be at least 1"),
        ({"query": "yield", "documents": ["nowhere"]}, "no document nowhere"),
    ],
)
def test_what_cannot_be_searched_is_an_error(arguments, message):
    with pytest.raises(IndexingError, match=message):
        build(*MANY[:3]).search(**arguments)


def test_nothing_to_index_is_an_error():
    with pytest.raises(IndexingError, match="nothing to index"):
        HybridIndex.build(Corpus((), ()), HashingEmbedder(), lexicon=LEXICON)


def test_the_order_of_the_passages_does_not_matter():
    corpus = make_corpus(*MANY)
    turned = Corpus(corpus.documents[::-1], corpus.passages[::-1])
    one = HybridIndex.build(corpus, BiasedEmbedder(), lexicon=LEXICON)
    other = HybridIndex.build(turned, BiasedEmbedder(), lexicon=LEXICON)
    assert one.fingerprint == other.fingerprint
    for query in ("yield of the laser", "市场价格", "cooling"):
        assert [hit.passage.id for hit in one.search(query)] == [hit.passage.id for hit in other.search(query)]


def test_equal_passages_come_in_the_order_of_their_ids():
    hits = build(*[("en", "Yield is low.")] * 4, ("en", "The museum is open.")).search("yield")
    assert [hit.passage.id for hit in hits] == ["p000", "p001", "p002", "p003", "p004"]


def test_the_fingerprint_changes_with_the_text():
    assert build(("en", "Yield is low.")).fingerprint != build(("en", "Yield is high.")).fingerprint


def test_an_index_gives_back_its_documents_and_passages():
    failures = [Failure("bad.pdf", "it is damaged")]
    corpus = make_corpus(("en", "Yield is low."), failures=failures)
    index = HybridIndex.build(corpus, HashingEmbedder(), lexicon=LEXICON)
    assert index.documents["doc-en"].path == "en.md"
    assert index.passage("p000").text == "Yield is low."
    assert list(index.failures) == failures
    with pytest.raises(KeyError):
        index.passage("p001")


def test_progress_counts_passages():
    told: list[tuple[int, int]] = []
    corpus = make_corpus(*[("en", f"Sentence {n}.") for n in range(300)])
    HybridIndex.build(corpus, HashingEmbedder(), lexicon=LEXICON, progress=lambda *counts: told.append(counts))
    assert told == [(256, 300), (300, 300)]


spoken: st.SearchStrategy[Language] = st.sampled_from(["en", "zh", "ja", "und"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(spoken, st.text(min_size=1, max_size=20)), min_size=1, max_size=12),
    st.text(min_size=1, max_size=20).filter(squeeze),
    st.integers(1, 15),
)
def test_any_search_gives_ranked_distinct_hits_with_finite_scores(texts, query, limit):
    index = build(*texts, embedder=HashingEmbedder())
    hits = index.search(query, limit=limit)
    assert len(hits) == min(limit, len(texts))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.passage.id for hit in hits}) == len(hits)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert np.isfinite([(hit.score, hit.cosine, hit.words) for hit in hits]).all()
    assert all(-1.001 <= hit.cosine <= 1.001 for hit in hits)
    assert hits == index.search(query, limit=limit)
