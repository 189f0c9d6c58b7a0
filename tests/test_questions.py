"""A question is understood by rule: kind, subject, what would answer it, and what a follow-up refers to."""

import pytest

from agent.calculator import route
from agent.questions import understand


@pytest.mark.parametrize(
    ("asked", "kind", "wanted"),
    [
        ("Which Japanese companies supply ceramic packages for CPO?", "list", "company"),
        ("哪些日本企业供应陶瓷封装？", "list", "company"),
        ("Who makes external laser sources?", "list", "company"),
        ("谁生产外置激光源？", "list", "company"),
        ("What is co-packaged optics?", "definition", "statement"),
        ("Define external laser source.", "definition", "statement"),
        ("什么是光电共封装？", "definition", "statement"),
        ("硅光是什么意思？", "definition", "statement"),
        ("CPOとは何ですか", "definition", "statement"),
        ("How many Chinese companies make substrates?", "count", "company"),
        ("How many functional layers do Japanese companies work in?", "count", "number"),
        ("中国有几家封测企业？", "count", "company"),
        ("Compare the US and China in packaging.", "comparison", "statement"),
        ("中美在封装方面有何差距？", "comparison", "statement"),
        ("Which has the higher capacity, Tomahawk 5 or Tomahawk 6?", "comparison", "statement"),
        ("What is the power of a 1.6T pluggable module?", "lookup", "number"),
        ("1.6T 可插拔模块的功耗是多少？", "lookup", "number"),
        ("When will domestic DSPs break through?", "lookup", "time"),
        ("国产化突破期是哪一年？", "lookup", "time"),
        ("Why does consistency of epitaxy matter?", "lookup", "reason"),
    ],
)
def test_kind_and_what_would_answer(asked: str, kind: str, wanted: str) -> None:
    question = understand(asked)
    assert (question.kind, question.wanted) == (kind, wanted)


def test_the_names_are_language_independent_and_the_words_of_asking_are_left_out() -> None:
    english = understand("Which Japanese companies supply ceramic packages?")
    chinese = understand("哪些日本企业供应陶瓷封装？")
    assert set(english.concepts) == set(chinese.concepts)
    assert not english.words and not chinese.words
    assert (english.language, chinese.language) == ("en", "zh")


def test_unknown_names_and_model_numbers_must_stand_in_an_answer() -> None:
    assert understand("What does the Quantum-X Q3450 of NVIDIA cost?").proper == ("Quantum-X", "Q3450")
    assert understand("博通Bailly每800G的功耗是多少？").proper == ("Bailly",)


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("How many watts does it take?", "W"),
        ("What is the price of an optical engine?", "USD"),
        ("光引擎的单价是多少？", "CNY"),
        ("What share of the market is it?", "%"),
        ("What wavelength is used?", "m"),
    ],
)
def test_the_unit_asked_for(asked: str, unit: str) -> None:
    assert unit in understand(asked).units


@pytest.mark.parametrize(
    ("asked", "before", "resolved"),
    [
        ("and in China?", "Which companies in Japan supply packages?", "Which companies in China supply packages?"),
        ("那美国呢？", "中国在封装方面有什么优势？", "美国在封装方面有什么优势？"),
        ("What about Marvell?", "What does Broadcom make?", "What does Marvell make?"),
        ("What is its power?", "What is Broadcom's Bailly switch?", "What is its power? (Broadcom, switch, Bailly)"),
        ("And in China?", "Who supplies substrates?", "Who supplies substrates (China)?"),
        ("And NVIDIA?", "How many engines does Davisson have?", "How many engines does NVIDIA have?"),
        ("What about 2030?", "What was the market in 2025?", "What was the market in 2030?"),
        ("What is silicon photonics?", "Who makes lasers?", "What is silicon photonics?"),
    ],
)
def test_a_follow_up_stands_on_its_own(asked: str, before: str, resolved: str) -> None:
    question = understand(asked, ["Something older?", before])
    assert question.text == resolved
    assert question.asked == asked


def test_a_follow_up_is_answered_in_its_own_language() -> None:
    question = understand("那中国呢？", ["Which companies in Japan make lasers?"])
    assert question.language == "zh" and "中国" in question.text


def test_a_what_if_sets_the_old_numbers_beside_the_new_ones():
    asked = "16 engines plus 2 spares at 97% each: package yield?"
    found = understand("What if the yield is 98%?", [asked])
    assert found.text == f"{asked} What if the yield is 98%?"
    routed = route(found.text)
    assert routed is not None and routed.cases == ("97%", "98%")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("中国在哪些材料上已经追上美国？", {"追"}),
        ("博通和英伟达谁的功耗更低？", {"低"}),
        ("住友電工はどの国の会社ですか？", set()),
        ("どのメーカーがガラス基板を作っていますか？", set()),
        ("激光器的寿命有多长？", {"寿命", "多长"}),
    ],
)
def test_words_that_only_join_or_ask_are_not_looked_for(asked: str, words: set[str]) -> None:
    assert set(understand(asked).words) == words


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("日本企业在封装基板上的份额是多少？", "number"),
        ("哪家日本企业的份额最大？", "company"),
        ("国内厂商几年能量产？", "time"),
        ("How much does the company charge for an engine?", "number"),
    ],
)
def test_a_company_in_the_question_need_not_be_what_is_asked_for(asked: str, wanted: str) -> None:
    assert understand(asked).wanted == wanted
