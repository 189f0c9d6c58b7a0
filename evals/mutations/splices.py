"""Faults of what is put together: halves of two sentences, a quote of something else, a source that did not say it."""

import re
from collections.abc import Iterator, Sequence

from evals.mutations.case import Edit, Quotes, Statement, draw, pick, squeezed
from evals.mutations.names import companies_in
from evals.mutations.words import phrases

_JOINTS = re.compile(
    r" (?=(?:of|in|for|with|to|by|from|at|on|than|while|and|as|is|are|was|were|has|have|which|that|over|against) )"
)
_HAN_JOINTS = re.compile(
    r"(?<=[，；])|(?<=[\u4e00-\u9fffA-Za-z0-9）])\s?(?=是(?![否的])|为(?![了何什])|在|由|将|占|达到|生产|采用|使用|提供|推出|包括|需要|属于|供应|"
    r"从|从而|给|把)"
)
_CONJOINS = frozenset(["，", "and", "while", "which", "that", "as", "over", "是", "由", "从", "在"])
"""What may stand between two whole statements, which are true together when both are quoted."""
_PARTNERS = 40
"""How many other statements are tried for a splice or for a quote of something else."""
_WORDS = re.compile(r"[A-Za-z][A-Za-z'-]{3,}|\d[\d.,]*\d|\d|[\u4e00-\u9fff]{2}")


def splice(statement: Statement, pool: Sequence[Statement]) -> Iterator[tuple[Edit, Quotes]]:
    """The first part of the statement and the last of another, with the quote of one of them or of both.

    Both are divided before the same word, so that what comes out reads like a sentence.
    """
    for other in _partners(statement, pool, "splice"):
        cuts = _cuts(statement), _cuts(other)
        shared = [word for word in cuts[0] if word in cuts[1]]
        if not shared or squeezed(statement.text)[:8] == squeezed(other.text)[:8]:
            continue
        word = shared[0]
        head, tail = statement.text[: cuts[0][word]], other.text[cuts[1][word] :]
        if _foreign(tail, statement) and _foreign(head, other):
            both = ((statement.passage.id, statement.quote), (other.passage.id, other.quote))
            options = [both[:1], both[1:]] if word in _CONJOINS else [both[:1], both[1:], both]
            quotes = pick(options, "quotes", statement.id)
            how = {both: "both quoted", both[:1]: "the first quoted", both[1:]: "the second quoted"}[quotes]
            yield Edit(head + tail, f"…{head[-20:]}” + “{tail[:20]}…, {how}"), quotes
            return


def _cuts(statement: Statement) -> dict[str, int]:
    """Where the statement may be divided, by the word that follows: for each the place nearest to the middle."""
    text = statement.text
    joints = _JOINTS if statement.language == "en" else _HAN_JOINTS
    middle = len(text) // 2
    places = [found.start() for found in joints.finditer(text) if len(text) // 5 < found.start() < len(text) * 4 // 5]
    cuts: dict[str, int] = {}
    for at in sorted(places, key=lambda at: abs(at - middle)):
        following = re.match(r"\s?([A-Za-z]+|[\u4e00-\u9fff])", text[at:])
        comma = text[at - 1] in "，；"
        cuts.setdefault("，" if comma else following[1] if following else "", at)
    return cuts


def _partners(statement: Statement, pool: Sequence[Statement], *key: object) -> Iterator[Statement]:
    """Some other statements in the same language, taken by lot: of half the statements, those of the same document."""
    near = [one for one in pool if one.source == statement.source and one.passage.id != statement.passage.id]
    first = pick([near, pool], *key, statement.id) or pool
    return _tried(first, statement, *key)


def _tried(pool: Sequence[Statement], statement: Statement, *key: object) -> Iterator[Statement]:
    """At most so many of the pool, taken by lot, with another quote."""
    numbers = (draw(*key, statement.id, turn) % len(pool) for turn in range(_PARTNERS))
    yield from (pool[at] for at in dict.fromkeys(numbers) if pool[at].quote != statement.quote)


def _foreign(words: str, statement: Statement) -> bool:
    """Whether most of the words that mean something stand neither in a statement nor in what is shown for it.

    The statement counts because what is shown may be in another language.
    """
    if {one.term.id for one in companies_in(words)} & {one.term.id for one in companies_in(statement.text)}:
        return False
    own = [one.casefold() for one in _WORDS.findall(words)]
    known = squeezed(f"{statement.text} {statement.shown}")
    strange = [one for one in own if squeezed(one) not in known]
    return len(strange) >= 2 and len(strange) * 5 >= len(own) * 3


def quote_another(statement: Statement, pool: Sequence[Statement]) -> Iterator[tuple[Edit, Quotes]]:
    """The whole statement with the quote of something else."""
    for other in _partners(statement, pool, "another"):
        if _foreign(statement.text, other):
            yield Edit(statement.text, f"quoted: “{other.quote[:40]}…”"), ((other.passage.id, other.quote),)
            return


def quote_elsewhere(statement: Statement, pool: Sequence[Statement]) -> Iterator[tuple[Edit, Quotes]]:
    """The statement's own quote, said to stand in a passage of another document."""
    for other in _tried(pool, statement, "elsewhere"):
        foreign = other.passage.document_id != statement.passage.document_id
        if foreign and squeezed(statement.quote) not in squeezed(other.passage.text):
            change = f"quoted from {other.passage.id} instead of {statement.passage.id}"
            yield Edit(statement.text, change), ((other.passage.id, statement.quote),)
            return


# --- Sources ----------------------------------------------------------------------------------------------------------

_NOTE = re.compile(r"[(（]([^()（）,，;；]{3,40})[,，] ?(?:19|20)\d\d ?年?[;；,，)）][^()（）]*[)）]?")
_SOURCES = {language: phrases("sources", language) for language in ("en", "zh", "ja")}


def source_of(statement: Statement) -> str:
    """The publication that the quote's own note names, "" where it names none or several."""
    found = _NOTE.search(statement.quote) if re.search("confidence|可信度", statement.quote) else None
    whole = statement.quote.count("（") + statement.quote.count("(") == 1
    return found[1].strip() if found and whole and not re.search(r"\band\b|与|引|quot|citing| via ", found[1]) else ""


def attribute(statement: Statement, source: str) -> str:
    """The statement told as a source's: "According to SemiAnalysis, …"."""
    text = statement.text
    if statement.language == "zh":
        return f"据{source}，{text}"
    if statement.language == "ja":
        return f"{source}によると、{text}"
    lower = re.match(
        r"(?:The|A|An|In|At|On|By|For|From|With|Of|Over|Under|Between|After|As|If|When|While|Unless|Each|Many|Some|Both|"
        r"It|This|These|One|Two|Three|Four|About|More|Most|Only|To|There|What|Its|Their|All|Every|No|Among)\b",
        text,
    )
    return f"According to {source}, {text[0].lower() + text[1:] if lower else text}"


def misattribute(statement: Statement) -> Iterator[Edit]:
    """The statement is told as that of a source which is shown nowhere."""
    others = [name for name in _SOURCES.get(statement.language, []) if name.removeprefix("the ") not in statement.shown]
    if others and not re.match(r"According to|据", statement.text):
        source = pick(others, "source", statement.id)
        yield Edit(attribute(statement, source), f"said to be {source}'s")


def misattribute_near(statement: Statement, pool: Sequence[Statement]) -> Iterator[Edit]:
    """The statement is told as that of a source which another quote names."""
    own = source_of(statement)
    names = {source_of(other) for other in _tried(pool, statement, "near")} - {""} if own else set()
    others = sorted(name for name in names if name not in statement.shown and not _alike(name, own))
    if others:
        source = pick(others, "near", statement.id)
        yield Edit(attribute(statement, source), f"{own} → {source}")


def _alike(name: str, other: str) -> bool:
    """Whether two names of sources share a word or a company."""
    words = set(re.findall(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2}", name.casefold()))
    ids = {one.term.id for one in companies_in(name)} & {one.term.id for one in companies_in(other)}
    return bool(ids or words & set(re.findall(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2}", other.casefold())))
