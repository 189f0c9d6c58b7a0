"""Whether a claim is a whole statement: one that breaks off says what its quote does not."""

import re
from collections.abc import Sequence
from functools import lru_cache

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.shown import shown_words
from agent.judging.whole import stands_whole
from corpus.amounts import find_amounts
from corpus.lexicon import TermKind, load_lexicon
from corpus.quantities import find_quantities
from corpus.text import HAN
from indexes.dictionary import load_dictionary
from indexes.tokens import shipped_tokeniser, terms

_END = re.compile(r"[\s.。!！?？;；:：,，、…\"”’'」』)）\]】]+$")
_OPEN_ENDED = re.compile(
    r"(?<![A-Za-z-])(?:of|the|a|an|per|by|for|to|with|from|and|or|than|at|that|which|whose|is|are|was|were|be|been|as|into|"
    r"between|in|on|because|if|unless|when|while|although|its|their|his|will|would|should|may|might|must|"
    r"has|have|had|about|up to|at least|at most|without|including|during|among|via|towards?)$|"
    rf"(?<=[{HAN}])(?:和|(?<!参)与|(?<!參)與|(?<!涉)(?<!以)(?<!普)及|或|(?<!理)由|把|被|将|將|并|並|而|但|且|(?<![之占配对性])比|每|从|從|如果|若|因为|因為|由于|由於|以及|不|"
    r"未|尚未|没有|至少|至多|超过|约|(?<![成行作认以称华])为|(?<![存所内潜])在|(?<![可但于就])是|于|於|(?<![反应應核校相绝絕配不比])[对對])$",
)
_TAIL = 6
_ENDING = 10
"""Characters at the end of a claim that show where in a quote it ends."""
_REST_OF_WORD = re.compile("[a-z]+")
_REST_OF_NUMBER = re.compile(r"[.,]?[0-9]+")
_ENDING_OF_FORM = re.compile("e?s|e?d")
_ANEW = re.compile("[和与與及或并並而但且等时時后後前中内]")
_HAN = re.compile(f"[{HAN}]")


def find_edge_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """How a claim breaks off: on a word that wants another, or inside a word of its quote."""
    body = _END.sub("", claim)
    if opened := _open_bracket(claim):
        return Fault(f"it breaks off within a bracket: “{opened}”")
    found = _OPEN_ENDED.search(body)
    if found and not _ends_so_too(claim, body, citations):
        return Fault(f"it breaks off after “{found[0]}”")
    if body == claim.rstrip() and (fault := _find_half(body, citations)):
        return fault
    tail = body[-_TAIL:]
    for citation in citations:
        at = citation.quote.rfind(tail) if len(tail) == _TAIL else -1
        if (
            at >= 0
            and _cuts_word(citation.quote, at + len(tail))
            and not _is_word(body, citation.quote, at + len(tail))
        ):
            return Fault(f"it breaks off inside a word: the quote goes on “{citation.quote[at : at + len(tail) + 8]}”")
    return None


def _ends_so_too(claim: str, body: str, citations: Sequence[Citation]) -> bool:
    """Whether a sentence of a quote ends with a claim's last words, full stop and all: "whom they play with."."""
    if body == claim.rstrip():
        return False
    last = re.compile(rf"{re.escape(body[-_ENDING:])}\s?[.。!！?？]")
    return any(last.search(citation.quote) for citation in citations)


def _find_half(body: str, citations: Sequence[Citation]) -> Fault | None:
    """What the last word of a claim without a full stop is only the beginning of."""
    if rest := _rest_of_copy(body, citations):
        return Fault(f"it breaks off in the middle: the quote goes on “{rest}”")
    if number := _half_number(body, citations):
        return Fault(f"it breaks off inside a number: “{number}”")
    if name := _half_name(body, citations):
        return Fault(f"it breaks off inside a name: “{name}”")
    if word := _half_word(body, citations):
        return Fault(f"it breaks off inside a word: “{word}” is none")
    if word := _half_rendering(body, citations):
        return Fault(f"it seems to break off inside a word: nothing shown says “{word}”")
    return Fault(f"it breaks off inside a word: “…{body[-_TAIL:]}”") if _ends_in_half_word(body, citations) else None


def _rest_of_copy(body: str, citations: Sequence[Citation]) -> str:
    """How a quote goes on where a claim copied from it stops inside a word, a number or a Chinese phrase; else ""."""
    tail = body[-_ENDING:]
    for citation in citations:
        at = citation.quote.rfind(tail) if len(tail) == _ENDING else -1
        rest = citation.quote[at + len(tail) :] if at >= 0 else ""
        if tail[-1:].isdigit() and (number := _REST_OF_NUMBER.match(rest)):
            return tail[-_TAIL:] + number[0]
        word = _REST_OF_WORD.match(rest) if tail[-1:].isascii() and tail[-1:].isalpha() else None
        if word and not _ENDING_OF_FORM.fullmatch(word[0]):
            return tail[-_TAIL:] + word[0]
        if _HAN.match(tail[-1:]) and _HAN.match(rest) and not _goes_over(rest):
            return rest[:_TAIL]
    return ""


def _goes_over(rest: str) -> bool:
    """Whether what comes next begins anew: another clause, what joins one, or what is said of the words before."""
    return bool(_ANEW.match(rest))


def _open_bracket(claim: str) -> str:
    """What follows a bracket that is never closed, with it; "" where there is none."""
    depth: list[int] = []
    for at, char in enumerate(claim):
        if char in "(（":
            depth.append(at)
        elif char in ")）" and depth:
            depth.pop()
    return claim[depth[-1] :].strip() if depth else ""


def _half_number(body: str, citations: Sequence[Citation]) -> str:
    """The number that a claim ends with, where what is shown has none such: longer ones alone, or with a unit alone."""
    found = _LAST_NUMBER.search(body)
    if found is None:
        return ""
    same = [
        one
        for citation in citations
        for one in find_amounts(shown_words(citation))
        if found[0] in (one.text, re.match(r"[\d.,]*", one.text)[0])  # type: ignore[index]
    ]
    bare = any(not one.unit for one in same)
    longer = any(re.search(rf"(?<![\d.,]){found[0]}[.,]?\d", shown_words(one)) for one in citations)
    return found[0] if not bare and (same or longer) else ""


def _half_name(body: str, citations: Sequence[Citation]) -> str:
    """A name of something shown, of which a claim ends with the beginning, as no one writes it."""
    lexicon, simple = load_lexicon(), load_dictionary().simplify(body)
    shown = {one.term.id for citation in citations for one in lexicon.find(shown_words(citation), _NAMED)}
    if any(one.end == len(body) for one in lexicon.find(body)):
        return ""
    known = {load_dictionary().simplify(name) for name in lexicon.words()}
    for name in (name for id_ in sorted(shown) for names in lexicon.by_id[id_].names.values() for name in names):
        written = load_dictionary().simplify(name)
        for size in range(len(written) - 1, 0, -1):
            start = written[:size]
            if _HAN.match(start[-1]) and simple.endswith(start) and start not in known:
                if size > 1 or (terms(simple[-_TAIL:]) or [""])[-1] == start:
                    return name
                break
    return ""


def _half_rendering(body: str, citations: Sequence[Citation]) -> str:
    """The last word of an English claim where nothing shown says it, but a longer word begins so, there or often."""
    found = _LAST_WORD.search(body)
    if found is None or any(one.end > found.start() for one in find_amounts(body)):  # a unit
        return ""
    word = found[0].lower()
    said = _renderings("\n".join(shown_words(one) for one in citations))
    longer = [one for one in said if one.startswith(word)]
    if not {word, *terms(word)}.isdisjoint([*said, *(key for one in longer for key in terms(one))]):
        return ""
    return found[0] if longer or load_dictionary().seems_cut(word) else ""


@lru_cache(maxsize=128)
def _renderings(shown: str) -> frozenset[str]:
    """The English words that are shown, and stems of those that render the Chinese ones."""
    written = frozenset(re.findall(r"[a-z]+", shown.lower()))
    simple = load_dictionary().simplify(shown)
    words = [simple[start:end] for start, end in shipped_tokeniser().words(simple, little=True)]
    glosses = {key for word in words for gloss in load_dictionary().translate(word) for key in gloss}
    names = [name for one in load_lexicon().find(shown) for name in one.term.names.get("en", ())]
    return written | glosses | frozenset(key for name in names for key in re.findall(r"[a-z]+", name.lower()))


def _half_word(body: str, citations: Sequence[Citation]) -> str:
    """The last word of a claim that ends without a full stop, where it is only the beginning of words; else ""."""
    found = _LAST.search(body)
    if found is None or any(one.end > found.start() for one in find_quantities(body)):  # a unit
        return ""
    if any(stands_whole(found[0], [shown_words(one)]) for one in citations):
        return ""
    word = found[0]
    if word.isascii() and _begins(word, citations):
        return word
    if word.isascii():
        known = load_dictionary().english
        half = word.lower() not in known and not load_lexicon().find(word)
        return word if half and any(longer.startswith(word.lower()) for longer in known) else ""
    names = [name for name in load_lexicon().words() if len(name) > len(word) and name.startswith(word)]
    return word if names and word not in load_lexicon().words() else ""


def _ends_in_half_word(body: str, citations: Sequence[Citation]) -> bool:
    """Whether the last Han character of a claim is no word, but begins one of a quote."""
    last = body[-1:]
    if not _HAN.match(last) or (terms(body[-4:]) or [""])[-1] != last:
        return False
    words = {one for citation in citations for one in terms(citation.quote)}
    return last not in words and any(one.startswith(last) for one in words)


def _begins(word: str, citations: Sequence[Citation]) -> bool:
    """Whether a longer word of a quote begins so, that is no other form of it."""
    words = {one for citation in citations for one in re.findall(r"[a-z]+", shown_words(citation))}
    return any(one.startswith(word) and terms(one) != terms(word) for one in words if len(one) > len(word))


_NAMED: tuple[TermKind, ...] = ("company", "country")
_LAST_NUMBER = re.compile(r"(?<![A-Za-z0-9.,-])\d+$")
_LAST_WORD = re.compile(r"(?<![A-Za-z-])[A-Za-z]{2,}$")
_LAST = re.compile(r"(?<![A-Za-z-])[a-z]{2,}$|[ァ-ヺー]{2,}$")


def _is_word(body: str, text: str, at: int) -> bool:
    """Whether the last word of a claim is another form of the one it seems to be cut from: "domain" of "domains"."""
    last, whole = re.search(r"[A-Za-z]*$", body), re.match(r"[A-Za-z]*", text[at:])
    word = last[0] if last else ""
    return bool(word and whole) and terms(word) == terms(word + (whole[0] if whole else ""))


def _cuts_word(text: str, at: int) -> bool:
    """Whether a word runs over ``text[at]``."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isascii() and after.isascii():
        return before.isalpha() and after.isalpha()
    if not (_HAN.match(before) and _HAN.match(after)):
        return False
    left = max(0, at - 3)
    window = text[left : at + 3]
    cut = at - left
    return any(start < cut < start + len(term) for term in terms(window) if (start := window.find(term)) >= 0)
