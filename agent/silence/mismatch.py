"""What a question says that a sentence denies, turns round or puts elsewhere.

Unanswerable questions are often near misses: another year, the opposite word, a negation, "first" for "last".
"""

import re

from corpus.document import Language
from indexes.tokens import tagged_words

_OPPOSITES = tuple(
    frozenset(words.split("/"))
    for words in """
    first/last largest/smallest highest/lowest most/least more/less/fewer before/after increase/decrease
    increased/decreased increases/decreases north/south east/west northern/southern eastern/western male/female
    men/women early/late old/new high/low large/small long/short best/worst win/lose won/lost enter/leave
    support/oppose supported/opposed allowed/banned always/never above/below inside/outside public/private
    positive/negative good/bad strong/weak rich/poor begin/end began/ended start/stop started/stopped
    internal/external minimum/maximum same/different many/few accept/reject accepted/rejected enhance/control
    inhibit/promote minor/major simple/complex modern/ancient rise/fall rose/fell gain/lose import/export buy/sell
    bought/sold dependent/independent acceleration/deceleration active/passive buyer/seller faster/slower
    最高/最低 最大/最小 最多/最少 首次/最后 上升/下降 增长/下降 冠军/亚军/季军 男子/女子 男单/女单/男双/女双/混双
    第一/第二/第三 导演/主演/编剧 买/卖 进口/出口 收购/出售 增加/减少 最佳男主角/最佳女主角 供应商/客户
    増加/減少 上昇/下落 最大/最小 輸入/輸出
    """.split()
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|without|neither|nor|cannot|fail\w*|unable|refus\w+|reject\w*|prevent\w*|lack\w*|stop\w*)\b|"
    r"n't\b|[不没沒未非无無]|ない|ません|せず",
    re.I,
)
_EXTREME = re.compile(
    r"\b(?:first|last|only|most|least|best|worst|largest|smallest|biggest|highest|lowest|oldest|youngest|earliest|"
    r"latest|main|primary|\w+est)\b|最|首|唯一|第一",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]{3}|20\d\d)(?!\d)")


def find_years(text: str) -> list[str]:
    """Years in digits, as they stand."""
    return _YEAR.findall(text)


def negates(text: str) -> bool:
    """Whether a text has a word that denies."""
    return bool(_NEGATION.search(text))


def misses_extreme(question: str, sentence: str) -> bool:
    """Whether the question asks for an end of a scale ("first", "largest", "最") and the sentence names none."""
    return bool(_EXTREME.search(question)) and not _EXTREME.search(sentence)


def count_opposites(question: str, sentence: str, language: Language) -> int:
    """How many words of the question have only their opposite in the sentence."""
    asked, told = _words(question, language), _words(sentence, language)
    return sum(bool(pair & asked and pair & told and not pair & asked & told) for pair in _OPPOSITES)


def opposite_pairs(question: str, sentence: str, language: Language) -> list[tuple[str, str]]:
    """Pairs (word of the question, its opposite in the sentence) where the sentence has only the opposite."""
    asked, told = _words(question, language), _words(sentence, language)
    pairs = [pair for pair in _OPPOSITES if pair & asked and pair & told and not pair & asked & told]
    return [(sorted(pair & asked)[0], sorted(pair & told)[0]) for pair in pairs]


def _words(text: str, language: Language) -> frozenset[str]:
    lowered = text.lower()
    if language == "en":
        return frozenset(re.findall(r"\w+", lowered))
    return frozenset(lowered[start:end] for start, end, _ in tagged_words(lowered))
