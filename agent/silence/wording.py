"""Say in the question's language what the passages lack, in words of the question and of what came nearest."""

from collections.abc import Sequence

from agent.questions import understand
from agent.silence.asked import AnswerType, find_spans, read_type
from agent.silence.mismatch import find_years, opposite_pairs
from agent.silence.premise import Premise
from corpus.document import Language, Passage
from corpus.lexicon import load_lexicon
from corpus.quantities import find_quantities
from indexes.tokens import terms

_SAID: dict[str, dict[Language, str]] = {
    "premise": {
        "en": "The question supposes “{what}”; no indexed document says so.",
        "zh": "问题以“{what}”为前提，但已收录的文档没有这样说。",
        "ja": "質問は「{what}」を前提としていますが、収録文書にそのような記述はありません。",
    },
    "year": {
        "en": "No passage found gives this for {what}; the nearest speaks of {other}.",
        "zh": "没有段落给出{what}的情况；最接近的说的是{other}。",
        "ja": "{what}についての記述は見つかりません。最も近い箇所は{other}について述べています。",
    },
    "no year": {
        "en": "No passage found gives this for {what}.",
        "zh": "没有段落给出{what}的情况。",
        "ja": "{what}についての記述は見つかりません。",
    },
    "number": {
        "en": "No passage found says {what} of it; the nearest says {other}.",
        "zh": "没有段落说是{what}；最接近的说的是{other}。",
        "ja": "{what}とする記述は見つかりません。最も近い箇所では{other}です。",
    },
    "opposite": {
        "en": "No passage found says this of “{what}”; the nearest speaks of “{other}”.",
        "zh": "没有段落说到“{what}”；最接近的说的是“{other}”。",
        "ja": "「{what}」についての記述は見つかりません。最も近い箇所は「{other}」について述べています。",
    },
    "words": {
        "en": "No passage found answers this surely: the nearest does not speak of {what}.",
        "zh": "没有段落能可靠地回答：最接近的没有谈到{what}。",
        "ja": "確かな答えは見つかりません。最も近い箇所は{what}に触れていません。",
    },
    "kind": {
        "en": "No passage found answers this surely: the nearest gives no {what}.",
        "zh": "没有段落能可靠地回答：最接近的没有给出{what}。",
        "ja": "確かな答えは見つかりません。最も近い箇所に{what}はありません。",
    },
    "unsure": {
        "en": "No passage found answers this surely.",
        "zh": "没有段落能可靠地回答这个问题。",
        "ja": "この質問に確かに答える箇所は見つかりません。",
    },
}
_KINDS: dict[AnswerType, dict[Language, str]] = {
    "reason": {"en": "reason", "zh": "原因", "ja": "理由"},
    "count": {"en": "count", "zh": "数量", "ja": "数"},
    "money": {"en": "sum of money", "zh": "金额", "ja": "金額"},
    "duration": {"en": "length of time", "zh": "时长", "ja": "期間"},
    "percent": {"en": "share", "zh": "比例", "ja": "割合"},
    "number": {"en": "number", "zh": "数值", "ja": "数値"},
    "time": {"en": "date", "zh": "时间", "ja": "時期"},
    "person": {"en": "name", "zh": "名称", "ja": "名前"},
    "place": {"en": "place", "zh": "地点", "ja": "場所"},
    "organisation": {"en": "name", "zh": "名称", "ja": "名前"},
}
_MOST = 3


def say_premise(premise: Premise, language: Language) -> str:
    """That the question supposes something no passage says."""
    return _say("premise", language, what=premise.clause)


def say_missing(question: str, language: Language, nearest: str, told: Sequence[Passage], nearest_in: Language) -> str:
    """What the nearest quote lacks of what is asked: a year, the very word, a number, the kind of thing, or some words.

    Args:
        nearest: The quote that comes nearest, with the headings shown beside it.
        told: The passages that were weighed.
        nearest_in: The language of the quote; words are missed only in a quote of the question's own.
    """
    years, other = find_years(question), find_years(nearest)
    if years and not set(years) & set(other):
        both = other and not any(year in one.text for one in told for year in years)
        return _say("year" if both else "no year", language, what=years[0], other=", ".join(other[:1]))
    if pairs := opposite_pairs(question, nearest, language) if language == nearest_in else []:
        return _say("opposite", language, what=pairs[0][0], other=pairs[0][1])
    if numbers := _other_number(question, nearest):
        return _say("number", language, what=numbers[0], other=numbers[1])
    kind = read_type(question, language)
    if kind in _KINDS and not find_spans(nearest, kind, nearest_in):
        return _say("kind", language, what=_KINDS[kind].get(language, _KINDS[kind]["en"]))
    names = _unsaid(question, nearest, same=language == nearest_in)
    return _say("words", language, what=_join(names, language)) if names else _say("unsure", language)


def _other_number(question: str, nearest: str) -> tuple[str, str] | None:
    """A measure that the question names, and the one of its unit that the nearest quote has instead."""
    asked, told = ([one for one in find_quantities(text) if one.kind == "measure"] for text in (question, nearest))
    for one in asked:
        same = [other for other in told if other.unit == one.unit]
        if same and not any(other.low <= one.high and one.low <= other.high for other in same):
            return one.text, same[0].text
    return None


def _unsaid(question: str, nearest: str, *, same: bool) -> list[str]:
    """Names of the question that the quote lacks; in one language, else its other words."""
    known = {mention.term.id for mention in load_lexicon().find(nearest)}
    mentions = load_lexicon().find(question)
    names = [question[one.start : one.end] for one in mentions if one.term.id not in known]
    if names or not same:
        return list(dict.fromkeys(names))[:_MOST]
    told = set(terms(nearest))
    rest = [surface for term, surface in understand(question).words.items() if term not in told]
    return [word for word in dict.fromkeys(rest) if len(word) > 1][-_MOST:]


def _join(names: Sequence[str], language: Language) -> str:
    quoted = [f"“{name}”" if language != "ja" else f"「{name}」" for name in names]
    return ("、" if language in ("zh", "ja") else ", ").join(quoted)


def _say(key: str, language: Language, **words: str) -> str:
    template = _SAID[key].get(language, _SAID[key]["en"])
    for name, word in words.items():
        template = template.replace("{" + name + "}", word)
    return template
