"""Whether a claim says what its quote only doubts, denies, calls a rumour or sets aside: "rather than wafers".

What stands in the complement of such words is not said by the quote, even where the claim is those very words. A claim
with a doubt, a denial or a rumour of its own is left to the rules of sense.

    >>> find_disowned("Marvell will ship in 2027.", "Analysts doubt that Marvell will ship in 2027.")
    Fault(reason='the quote doubts, denies or sets aside (“doubt that”) what the claim says', contradicts=False)
    >>> find_disowned("Analysts doubt it.", "Analysts doubt that Marvell will ship in 2027.") is None
    True
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import speak_alike
from agent.judging.wording.cues import find_cues
from agent.judging.wording.scope import is_among
from corpus.amounts import find_amounts
from corpus.lexicon import load_lexicon
from corpus.text import language_of, split_sentences
from indexes.dictionary import load_dictionary
from indexes.tokens import terms

_REPORTS = r"(?:report|rumou?r|claim|allegation|suggestion|speculation|notion|idea|belief|myth|talk)s?"
_DOUBTING = re.compile(
    r"(?<![a-z])(?:"
    r"doubt(?:s|ed|ful|ing)?(?: (?:that|whether|if)\b|(?= (?:it|they|the|its)\b))"
    rf"|den(?:y|ies|ied|ying) (?:that\b|(?:\w+ ){{0,2}}{_REPORTS}(?: that| of)?\b|(?=having\b|being\b))"
    rf"|(?:dismiss|reject|refut|rebut|disput|question)\w* (?:(?:\w+ ){{0,2}}{_REPORTS} (?:that|of)\b|whether\b)"
    r"|(?:unlikely|improbable|not likely|false|untrue|implausible|inconceivable) that"
    r"|(?:unclear|uncertain|unknown|unsure|not clear|to be seen|open question|not known|not certain) (?:whether|if)"
    r"|not (?:true|the case) that|no evidence that|(?:sceptical|skeptical|unconvinced) that|far from"
    rf"|{_REPORTS} that (?=[^.;]*\b(?:are|is|were|was|be|proved|as) (?:\w+ )?"
    r"(?:wrong|false|untrue|unfounded|incorrect|baseless|denied|premature|exaggerated|mistaken|a myth|unconfirmed)\b)"
    r"|rumou?rs? that|myth that|speculation that"
    r")"
    r"|很[难難][说說]|[难難]以(?:[确確]定|[断斷]定|想象|想像|[证證][实實])|(?:尚)?不(?:清楚|[确確]定|明[确確])(?=是否|[A-Z\d])"
    r"|未必(?!要)|不(?:太|大)可能|否[认認](?!了?[与與])|[辟闢][谣謠](?:[称稱])?|[怀懷]疑(?!的)|[质質]疑(?!的|声|聲)"
    r"|(?:没有|沒有|并无|並無|尚无|尚無)[证證][据據](?:表明|[显顯]示|[证證]明)|不(?:[认認][为為]|相信)"
    r"|(?:[传傳][闻聞]|[谣謠][传傳言]|[传傳]言)(?:[称稱])?(?!的|属实|屬實)",
    re.IGNORECASE,
)
"""Comes before what it disowns."""
_DISMISSED = re.compile(
    r"(?:的|之)(?:[说說]法|消息|[传傳][闻聞言]|[报報][道導]|[观觀][点點]|看法|[谣謠]言|猜[测測])[^，。；]{0,8}?"
    r"(?:缺乏(?:依据|依據|根据|根據)|不(?:[实實]|[属屬][实實]|成立|准[确確]|正[确確])|[没沒]有(?:依据|依據|根据|根據)"
    r"|[错錯][误誤]|有[误誤]|站不住[脚腳]|否[认認]|未(?:[经經])?[证證][实實]|[夸誇]大)"
    r"|とは(?:考えにくい|考えられない|限らない|言えない|いえない|思えない|見ていない)"
    r"|(?:と(?:いう|の)|との)(?:報道|噂|うわさ|見方|説|憶測|主張|観測)[^。]{0,20}?(?:否定|誤|根拠|事実では|疑|懐疑|正しくない)"
    r"|(?:かどうか|か否か|か)は?(?:、)?(?:不明|不透明|わからない|分からない|未定|はっきりしない)"
    r"|可能性は(?:低|小さ|ほとんど)|見込みは薄|(?:こと|の)(?:を|は)(?:[^。、]{0,8})(?:否定|疑わしい)|とは限らず"
)
"""Comes after what it disowns."""
_ASIDE = re.compile(
    r"(?<![a-z])(?:rather than(?! (?:\d|expected))|instead of|as opposed to)(?![a-z])|而(?:非|不是|並非|并非)",
    re.IGNORECASE,
)
_ASIDE_AFTER = re.compile("ではなく|でなく(?!なる)")
_ASSERTED = re.compile(
    r"(?:\b(?:not|no|never|little|cannot|nobody|without|beyond|hardly)(?: \w+)?|n['’]t)\s*$|[不没沒无無毋]\w?$",
    re.IGNORECASE,
)
"""Before a doubt: "nobody doubts that", 不否认."""
_END = re.compile(r"[;；。!?！？]|, (?:but|while|whereas|and|although|though)\b|，(?:但|不[过過]|然而|而(?!非|不是))")
_END_OF_ASIDE = re.compile(r"[,;；，。、!?！？]|\b(?:because|since|while|and|but|in order|so|which|when)\b")
_START = re.compile("[、，,；;はが]")
_WHOSE = re.compile(
    r"(?<![a-z])(?:doubt|den(?:y|ie)|unlikely|improbable|unclear|uncertain|unknown|whether|rumou?r|alleg|reported|"
    r"wrong|false|untrue|question|disput|reject|dismiss|refut|rebut|scepti|skepti|speculat|myth|evidence|far from|"
    r"rather than|instead|as opposed|unfounded|baseless|seen if|unconfirmed)"
    r"|很[难難]|[难難]以|是否|否[认認定]|[辟闢][谣謠]|[怀懷]疑|[质質]疑|未必|不太|不大|[传傳]|[谣謠]|不[实實确確清]|存疑|依据|依據|根据|根據|"
    r"[错錯][误誤]|而非|而不是|不是|[并並]非|尚不|不[认認相]|[没沒]有|"
    r"にくい|限らない|とは|噂|うわさ|誤|疑|かどうか|か否か|不明|不透明|ではな|でなく|可能性は低|根拠|懐疑|わからない|分からない|ない",
    re.IGNORECASE,
)
"""A doubt, denial or rumour of the claim's own."""
_IN_PLACE = re.compile(
    r"(?<![a-z])(?:replac|substitut|displac|supplant|swap|than|versus|vs|unlike|over|against|compared)|替|取代|代わ|置き換|相比|比|より|対し",
    re.IGNORECASE,
)
"""Another way to say that the one stands for the other: 代替, "CPO replaces modules"."""
_MOST = 12
"""Complements of a sentence that are read; a text made to have thousands would take minutes."""
_SAME, _ACROSS = 0.75, 0.5
"""The share of a claim's words that a sentence must have for the claim to be told from it."""
_OWN = 0.34
"""The share of those words that stand in the complement alone, at least, where the rest of the sentence has others."""
_LITTLE = frozenset(
    "it its they their them he she that this will would has have had be is are was were 会 將 将 已 了".split()
)


@dataclass(frozen=True, slots=True)
class _Complement:
    """What a sentence disowns, ``text[start:end]``, and by which words; ``aside`` where another is named instead."""

    start: int
    end: int
    words: str
    aside: bool


def find_doubt_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """Whether every quote of a claim disowns it: what one of them says outright may be claimed."""
    faults = [find_disowned(claim, one.quote) for one in citations]
    return faults[0] if faults and None not in faults else None


def find_disowned(claim: str, quote: str) -> Fault | None:
    """Whether what a claim says is only what a quote doubts, denies or sets aside."""
    claim, quote = _plain(claim), _plain(quote)
    if not (_DOUBTING.search(quote) or _DISMISSED.search(quote) or _ASIDE.search(quote) or _ASIDE_AFTER.search(quote)):
        return None
    if _WHOSE.search(claim) or any(cue.has("negation", "hearsay") for cue in find_cues(claim)):
        return None
    for start, end in split_sentences(quote):
        sentence = quote[start:end]
        for one in _complements(sentence)[:_MOST]:
            others = quote[:start] + " " + sentence[: one.start] + " " + sentence[one.end :] + " " + quote[end:]
            if _is_said_in(claim, sentence, one, others):
                return Fault(f"the quote doubts, denies or sets aside (“{one.words}”) what the claim says")
    return None


def _plain(text: str) -> str:
    return load_dictionary().simplify(text) if language_of(text) == "zh" else text


def _complements(sentence: str) -> list[_Complement]:
    found = []
    for pattern, end_of, aside in ((_DOUBTING, _END, False), (_ASIDE, _END_OF_ASIDE, True)):
        for one in pattern.finditer(sentence):
            if not _ASSERTED.search(sentence[: one.start()]):
                stop = end_of.search(sentence, one.end() + 1)
                end = stop.start() if stop else len(sentence)
                found.append(_Complement(one.end(), end, one[0].strip(), aside))
    for pattern, aside in ((_DISMISSED, False), (_ASIDE_AFTER, True)):
        for one in pattern.finditer(sentence):
            starts = [each.end() for each in _START.finditer(sentence, 0, max(0, one.start() - 1))] if aside else []
            found.append(_Complement(starts[-1] if starts else 0, one.start(), one[0].strip(), aside))
    return found


def _is_said_in(claim: str, sentence: str, complement: _Complement, others: str) -> bool:
    """Whether a claim is told from a sentence, by what only a complement of it says."""
    inside = sentence[complement.start : complement.end]
    held, apart = _keys(sentence), _keys(others)
    own = _keys(inside)
    mine = _keys(claim) - _LITTLE
    if not mine or not own:
        return False
    alike = speak_alike(claim, sentence)
    named = frozenset(one for one in mine if one.startswith("=") and not one.startswith("=GL"))
    if not alike and not named <= held:
        return False
    told = {one for one in mine if _has(held, one)}
    alone = {one for one in told if not _has(apart, one)} & {one for one in told if _has(own, one)}
    if complement.aside:
        if _IN_PLACE.search(claim):
            return False
        needed = own - apart - _LITTLE
        across = {one for one in needed if one.startswith("=")} or needed
        whole = needed and all(_has(mine, one) for one in (needed if alike else across))
        return bool(whole and len(told) >= (_SAME if alike else _ACROSS) * len(mine))
    if alike:
        return len(told) >= _SAME * len(mine) and len(alone) >= _OWN * len(mine)
    return bool(alone & named) or len(alone) >= _OWN * len(mine)


def _has(keys: frozenset[str] | set[str], key: str) -> bool:
    return key in keys or (not key.startswith("=") and is_among(key, {one for one in keys if not one.startswith("=")}))


def _keys(text: str) -> frozenset[str]:
    """Names and numbers of a text as "=…", and the stems of its other words."""
    taken = [(one.start, one.end, f"={one.term.id}") for one in load_lexicon().find(text)]
    taken += [
        (one.start, one.end, f"={one.low}–{one.high}")
        for one in find_amounts(text)
        if one.kind in ("time", "measure", "count")
    ]
    rest = list(text)
    for start, end, _ in taken:
        rest[start:end] = " " * (end - start)
    return frozenset(key for *_, key in taken) | frozenset(terms("".join(rest)))
