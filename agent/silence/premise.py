"""What a question takes for granted, and whether what was found says so.

"Why did X stop making Y?" and "When did X buy Y?" suppose that it happened. Where no quote has a word for it, in any of
the three languages, the supposition is named instead of answered, beside what the passages say of the same names.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Language
from corpus.lexicon import load_lexicon
from indexes.tokens import terms

_EVENTS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.I)
    for name, pattern in {
        "end": r"\b(?:stop(?:s|ped|ping)?|ceas\w+|"
        r"discontinu\w+|abandon\w*|quit\w*|exit(?:s|ed)?|withdr\w+|end(?:s|ed)?|"
        r"halt\w*|suspend\w*|no longer|g[ai]ve up|gave up|drop(?:s|ped)?|phas\w+ out)\b|"
        r"停止|放弃|放棄|退出|不再|终止|終止|停产|停產|暂停|中止|撤退|断念|打ち切|取りやめ|やめ",
        "purchase": r"\b(?:acqui\w+|buy(?:s|ing|out)?|bought|purchas\w+|take\s?over|took over|merg\w+)\b|"
        r"收购|收購|并购|併購|买下|買下|合并|合併|買収",
        "sale": r"\b(?:sell(?:s|ing)?|sold|divest\w*|spin\w* off|spun off)\b|出售|卖掉|賣掉|剥离|剝離|拆分|売却|分社化",
        "ruin": r"\b(?:bankrupt\w*|insolven\w+|went bust|collapse\w*)\b|破产|破產|倒闭|倒閉|倒産|経営破綻",
        "recall": r"\b(?:recall(?:s|ed|ing)?|cancel\w*|revok\w+)\b|召回|取消|撤回|撤销|撤銷|中止|リコール",
        "ban": r"\b(?:ban(?:s|ned)?|prohibit\w*|forbid\w*|outlaw\w*)\b|禁止|禁令|封禁",
    }.items()
}
_ENGLISH = re.compile(
    r"^(?:why|when|how|where|since when|in (?:what|which) year)\s+"
    r"(?:did|does|do|has|have|had|is|was|were)\s+(?P<clause>.+?)\s*[?？.]*$",
    re.I,
)
_ASKING_WIDE = re.compile(
    r"为什么|為什麼|为何|為何|何时|何時|什么时候|什麼時候|哪一?年|是怎么|怎么会|なぜ|どうして|いつ"
)
_TRIMMED = re.compile(r"^(?:请问|是)|(?:的|吗|呢|了|のですか|ましたか|たのですか|か)?[?？。]*$")


@dataclass(frozen=True, slots=True)
class Premise:
    """Something that a question supposes to have happened.

    Attributes:
        event: The kind of event.
        clause: The question's own words for it.
    """

    event: str
    clause: str


def find_premise(question: str, language: Language) -> Premise | None:
    """What a question for the reason, time or place of an event supposes; None where it supposes nothing known."""
    clause = _clause(question, language)
    found = [name for name, pattern in _EVENTS.items() if clause and pattern.search(clause)]
    return Premise(found[0], clause) if found else None


def _clause(question: str, language: Language) -> str:
    if language == "en":
        found = _ENGLISH.match(question.strip())
        return found["clause"] if found else ""
    if not _ASKING_WIDE.search(question):
        return ""
    rest = _ASKING_WIDE.sub("", question.strip())
    return _TRIMMED.sub("", _TRIMMED.sub("", rest)).strip(" ，,")


def is_told(premise: Premise, sentences: Iterable[str]) -> bool:
    """Whether a sentence has a word for the event and every company that the premise names."""
    companies = _companies(premise.clause)
    return any(_EVENTS[premise.event].search(one) and companies <= _companies(one) for one in sentences)


def _companies(text: str) -> set[str]:
    return {mention.term.id for mention in load_lexicon().find(text) if mention.term.kind == "company"}


def nearest_to(premise: Premise, sentences: Sequence[str]) -> int | None:
    """Which sentence says most of the premise's names and words; None where none has any of its names."""
    rest = _EVENTS[premise.event].sub(" ", premise.clause)
    names = {mention.term.id for mention in load_lexicon().find(rest)}
    words = set(terms(rest))
    best: tuple[int, float, int] | None = None
    for at, sentence in enumerate(sentences):
        told = {mention.term.id for mention in load_lexicon().find(sentence)}
        score = (len(names & told), len(words & set(terms(sentence))) / (1 + len(words)), -at)
        if score[0] and (best is None or score > best):
            best = score
    return -best[2] if best else None
