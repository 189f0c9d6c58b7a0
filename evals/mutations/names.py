"""Faults of names: a company, a country or another name is a different one, or two change places."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from corpus.document import Language
from corpus.lexicon import Mention, Term, TermKind, load_lexicon
from evals.mutations.case import Edit, Statement, pick, replaced
from evals.mutations.words import compiled, lines

_LIST_GAP = re.compile(r"(?:[\s,、，/]|\band\b|\bor\b|\bas well as\b|[和与及或]|以及|（[^（）]*）|\([^()]*\))*", re.I)
# Words by which two sides of a relation are alike: swapping them changes nothing.
_ALIKE = re.compile(
    r"\b(?:together|both|joint\w*|partner\w*|collaborat\w*|cooperat\w*|co-develop\w*|merge[sdr]?|compet\w*|rival\w*|"
    r"between|versus|vs|each other|agree\w*|differ\w*|same|alongside|with|conflict\w*|compar\w*|against)\b|"
    r"比较|对比|共同|联合|合作|合资|合并|竞争|之间|相互|矛盾|相差|不同|均|都|携手|一起|并列|伙伴|互|共同で|提携|協力|両|と",
    re.I,
)


_COMPANIES: tuple[TermKind, ...] = ("company",)


@lru_cache(maxsize=4096)
def companies_in(text: str) -> tuple[Mention, ...]:
    """Known companies of a text, left to right."""
    return tuple(load_lexicon().find(text, _COMPANIES))


def name_of(term: Term, language: Language, like: str = "") -> str:
    """A company's name in that language; in Latin letters if ``like`` is."""
    return term.name("en") if like.isascii() and like else term.name(language)


@cache
def _companies() -> tuple[Term, ...]:
    # Bodies and analysts are not what a supplier would be mistaken for; short names are easily part of another word.
    return tuple(
        term
        for term in load_lexicon().terms
        if term.kind == "company" and len(term.name("en")) > 3 and not term.id.startswith("EN18")
    )


def change_company(statement: Statement) -> Iterator[Edit]:
    """A company is one that nothing shown names."""
    shown = {mention.term.id for mention in companies_in(statement.shown)}
    told: set[str] = set()
    for mention in companies_in(statement.text):
        if mention.term.id in told:  # a second name of the same company: "NGK (日本ガイシ)"
            continue
        told.add(mention.term.id)
        others = [term for term in _companies() if term.id not in shown | {mention.term.id}]
        found = statement.text[mention.start : mention.end]
        new = name_of(pick(others, "company", statement.id, mention.start), statement.language, found)
        if new not in statement.shown:
            yield replaced(statement.text, mention.start, mention.end, new)


def invent_company(statement: Statement) -> Iterator[Edit]:
    """A company is one that does not exist, so that no list of names holds it."""
    for mention in companies_in(statement.text):
        found = statement.text[mention.start : mention.end]
        invented = [
            " ".join(words) for words in lines("names", "invented_latin" if found.isascii() else "invented_han")
        ]
        yield replaced(
            statement.text, mention.start, mention.end, pick(invented, "invented", statement.id, mention.start)
        )


def change_company_for_shown(statement: Statement) -> Iterator[Edit]:
    """A company is another one that is shown too, but not in the same list."""
    listed = _listed_with(statement.quote)
    own = {mention.term.id for mention in companies_in(statement.text)}
    for mention in companies_in(statement.text):
        alike = listed.get(mention.term.id, set()) | {mention.term.id}
        others = [
            one
            for one in companies_in(statement.shown)
            if one.term.id not in alike | own and not _kin(one.term, mention.term)
        ]
        found = statement.text[mention.start : mention.end]
        if others and not _ALIKE.search(statement.quote):
            new = name_of(pick(others, "shown", statement.id, mention.start).term, statement.language, found)
            yield replaced(statement.text, mention.start, mention.end, new)


def _listed_with(text: str) -> dict[str, set[str]]:
    """Company id → ids of the companies that stand in one list with it, in any place, itself among them."""
    mentions = companies_in(text)
    groups: list[set[str]] = []
    for before, one in zip([None, *mentions], mentions, strict=False):
        if before is None or not _LIST_GAP.fullmatch(text[before.end : one.start]):
            groups.append(set())
        groups[-1].add(one.term.id)
    listed: dict[str, set[str]] = {}
    for group in groups:
        for id_ in group:
            listed.setdefault(id_, set()).update(group)
    return listed


def _kin(one: Term, other: Term) -> bool:
    """Whether two names share a word, as a company and its subsidiary may."""
    return bool(set(one.name("en").lower().split()) & set(other.name("en").lower().split()))


def swap_companies(statement: Statement) -> Iterator[Edit]:
    """Two companies on different sides of a relation change places."""
    text = statement.text
    mentions = companies_in(text)
    if _ALIKE.search(text) or _ALIKE.search(statement.quote):
        return
    for one, other in pairwise(mentions):
        between = text[one.end : other.start]
        if one.term.id == other.term.id or _LIST_GAP.fullmatch(between) or _kin(one.term, other.term):
            continue
        repeated = [mention.term.id for mention in mentions]
        if repeated.count(one.term.id) > 1 or repeated.count(other.term.id) > 1:
            continue
        first, second = text[one.start : one.end], text[other.start : other.end]
        # In a list of its own, the other side's neighbours would have to move along.
        if _LIST_GAP.fullmatch(text[other.end :]) or not _in_list(mentions, text, other):
            yield replaced(text, one.start, other.end, f"{second}{between}{first}", f"{first} ↔ {second}")


def _in_list(mentions: Sequence[Mention], text: str, one: Mention) -> bool:
    after = [mention for mention in mentions if mention.start > one.end]
    return bool(after) and bool(_LIST_GAP.fullmatch(text[one.end : after[0].start]))


# --- Countries --------------------------------------------------------------------------------------------------------

_COUNTRIES = lines("names", "countries")
_COLUMN = {"zh": 2, "ja": 3}


def change_country(statement: Statement) -> Iterator[Edit]:
    """A country is one that nothing shown names."""
    column = _COLUMN.get(statement.language, 0)
    for number, names in enumerate(_COUNTRIES):
        forms = names[:2] if column == 0 else names[column : column + 1]
        for kind, form in enumerate(forms):
            bare = form.removeprefix("the ")
            article = "(?:the )?" if form != bare else ""
            around = (f"(?<![A-Za-z]){article}", r"(?![A-Za-z]|\s(?:Sea|[Dd]ollar))") if column == 0 else ("", "(?!海)")
            for found in compiled(f"{around[0]}{re.escape(bare)}{around[1]}").finditer(statement.text):
                yield from _other_country(statement, number, kind, found.span(), found[0][0].isupper())
    if column == 0:
        for found in re.finditer(r"(?<![A-Za-z])(?:the )?(?:US|U\.S\.)(?![A-Za-z$]| dollars?)", statement.text):
            yield from _other_country(statement, 2, 0, found.span(), upper=False)


def _other_country(statement: Statement, number: int, kind: int, span: tuple[int, int], upper: bool) -> Iterator[Edit]:
    column = _COLUMN.get(statement.language, kind)
    others = [
        names
        for at, names in enumerate(_COUNTRIES)
        if at != number and not any(name.removeprefix("the ") in statement.shown for name in names)
    ]
    if others:
        new = pick(others, "country", statement.id, span[0])[column]
        yield replaced(statement.text, *span, new[0].upper() + new[1:] if span[0] == 0 and upper else new)


# --- Other names ------------------------------------------------------------------------------------------------------

_LATIN_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})+(?![A-Za-z'’-]| [A-Z0-9(])")
_TITLE = re.compile(r"(?<=《)[^《》]{2,15}(?=》)")


def names_in(text: str) -> list[tuple[int, int]]:
    """Spans of names that a reader would know for such: several capitalised words inside a sentence, 《titles》."""
    return [one.span() for pattern in (_LATIN_NAME, _TITLE) for one in pattern.finditer(text)]


def change_name(statement: Statement, pool: Sequence[str]) -> Iterator[Edit]:
    """A name is another one of the pool, with no word in common with what is shown."""
    for start, end in names_in(statement.text):
        latin = statement.text[start].isascii()
        others = [name for name in pool if name[0].isascii() == latin and not _shares(name, statement.shown)]
        if others:
            yield replaced(statement.text, start, end, pick(others, "name", statement.id, start))


def _shares(name: str, shown: str) -> bool:
    return name in shown or (name.isascii() and any(word in shown for word in name.split()))
