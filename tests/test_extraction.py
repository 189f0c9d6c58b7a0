"""The sentences, list items and rows that answer are chosen by what they cover; what nothing covers is declined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.candidates import Candidate, cut_candidates, row_cells
from agent.composition import compose
from agent.extraction import choose, named_companies, rank
from agent.questions import understand
from corpus.document import Language
from corpus.lexicon import load_lexicon
from corpus.text import language_of, normalise


def _candidates(*texts: str, cosine: float = 0.5, section: tuple[str, ...] = (), header: str = "") -> list[Candidate]:
    candidates = []
    for number, text in enumerate(texts, start=1):
        language: Language = language_of(text)
        candidates.append(
            Candidate(f"d-1.{number}", "Report", "2025", language, section, header, 0, len(text), text, cosine)
        )
    return candidates


def _chosen(asked: str, candidates: list[Candidate]) -> list[str]:
    question = understand(asked)
    return [found.candidate.text for found in choose(question, rank(question, candidates))]


def test_a_sentence_that_leans_on_the_one_before_takes_it_in() -> None:
    text = "Kyocera, NGK, NTK. These companies supply ceramic packages. Ibiden makes substrates."
    assert [text[a:b] for a, b in cut_candidates(text)] == [
        "Kyocera, NGK, NTK.",
        "Kyocera, NGK, NTK. These companies supply ceramic packages.",
        "Ibiden makes substrates.",
    ]


def test_the_rows_of_a_table_are_its_candidates() -> None:
    assert cut_candidates("a. b | 1\nc | 2", header="x | y") == [(0, 8), (9, 14)]


@given(st.text(max_size=300))
def test_units_are_slices_in_order(text: str) -> None:
    text = normalise(text)
    spans = cut_candidates(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)


def test_companies_are_kept_by_country_and_topic() -> None:
    candidates = _candidates(
        "Kyocera, NGK and NTK supply ceramic packages for CPO.",
        "Broadcom and Marvell lead in SerDes.",
        "Ibiden makes build-up substrates for CPO.",
        "Coherent makes ceramic packages too.",
    )
    question = understand("Which Japanese companies supply ceramic packages?")
    chosen = choose(question, rank(question, candidates))
    assert [found.candidate.text for found in chosen] == [candidates[0].text]
    assert len(named_companies(question, chosen)) == 3


def test_names_are_listed_only_where_the_topic_stands_with_them() -> None:
    section = ("封测与设备",)
    candidates = _candidates(
        "长电科技、通富微电和华天科技是中国三家封测企业。", "罗博特科生产光子器件装配与测试设备。", section=section
    )
    draft = compose(understand("中国封测企业有哪些？"), candidates)
    assert "长电科技" in draft.claims[0].text and "罗博特科" not in draft.claims[0].text


def test_whom_something_is_made_for_is_not_listed_as_its_maker() -> None:
    question = understand("哪些公司生产光纤阵列单元？")
    texts = ("上诠光纤为台积电提供光纤阵列单元。", "波若威是英伟达的合作伙伴，生产光纤阵列单元。")
    chosen = rank(question, _candidates(*texts))
    makers = {one.term.id for one in load_lexicon().find("FOCI and Browave")}
    assert set(named_companies(question, chosen)) == makers


def test_a_chinese_sentence_answers_an_english_question_by_its_names() -> None:
    candidates = _candidates("京瓷和NGK供应陶瓷封装。", "博通生产交换芯片。")
    assert _chosen("Which Japanese companies supply ceramic packages?", candidates) == [candidates[0].text]
    draft = compose(understand("Which Japanese companies supply ceramic packages?"), candidates)
    assert draft.claims[0].text == "Named: Kyocera (京瓷) and NGK."
    assert "in Chinese" in draft.claims[1].text and candidates[0].text in draft.claims[1].text


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [
        ("How much power does a CPO port draw?", "A CPO port draws 9 W.", "A CPO port is small."),
        ("What is the price of a CPO port?", "A CPO port costs US$300.", "A CPO port draws 9 W."),
        ("When was the CPO port announced?", "The CPO port was announced in 2025.", "The CPO port was announced."),
        ("CPO 端口的功耗是多少？", "CPO 端口的功耗为 9 W。", "CPO 端口的功耗较低。"),
    ],
)
def test_an_answer_has_the_kind_of_thing_that_was_asked_for(asked: str, right: str, wrong: str) -> None:
    assert _chosen(asked, _candidates(wrong, right)) == [right]


def test_a_definition_is_preferred_to_a_mention() -> None:
    candidates = _candidates(
        "CPO saves power in switches.", "CPO (co-packaged optics) is light beside the chip.", cosine=0.4
    )
    assert _chosen("What is CPO?", candidates) == [candidates[1].text]
    chinese = _candidates("光电共封装可以省电。", "光电共封装（CPO）是指把光引擎与芯片封装在一起。", cosine=0.4)
    assert _chosen("什么是光电共封装？", chinese) == [chinese[1].text]


def test_a_named_company_or_model_must_stand_in_the_answer() -> None:
    candidates = _candidates(
        "Marvell makes a 6.4T engine.", "The Tomahawk 6 of Broadcom switches 102.4 Tb/s.", cosine=0.7
    )
    assert _chosen("What capacity does the Jericho of Broadcom have?", candidates) == []
    assert _chosen("What does Intel make?", candidates) == []


def test_a_heading_counts_for_what_stands_below_it() -> None:
    question = "Which Japanese companies supply ceramic packages?"
    assert _chosen(question, _candidates("Kyocera, NGK and NTK.", section=("Ceramic packages",))) == [
        "Kyocera, NGK and NTK."
    ]


def test_nothing_near_is_declined_with_what_is_missing_and_the_nearest_words() -> None:
    candidates = _candidates("Broadcom makes switches.", cosine=0.3)
    draft = compose(understand("Who is the CEO of Broadcom?"), candidates)
    assert draft.claims == [] and "CEO" in draft.missing
    assert draft.nearest is not None and draft.nearest.quote == "Broadcom makes switches."
    draft = compose(understand("博通的首席执行官是谁？"), candidates)
    assert draft.missing.startswith("已收录的文档没有回答")
    assert compose(understand("Anything?"), []).claims == []


def test_a_row_is_spelt_out_with_its_column_heads() -> None:
    header, row = "Layer | US | China", "2. Packaging | mature 2.5D | cheap COB"
    candidates = _candidates(row, header=header)
    draft = compose(understand("Compare the US and China in packaging."), candidates)
    assert draft.claims[0].text == "Packaging — US: mature 2.5D; China: cheap COB"
    assert draft.claims[0].quotes[0].quote == row
    assert row_cells("a | b", "x | y | z") == [("", "x | y | z")]


def test_the_same_units_give_the_same_ranking_in_any_order() -> None:
    candidates = _candidates("NGK makes packages.", "NTK makes packages.", "Kyocera makes packages.")
    question = understand("Who makes packages?")
    forward = [found.candidate.text for found in rank(question, candidates)]
    assert forward == [found.candidate.text for found in rank(question, candidates[::-1])]
