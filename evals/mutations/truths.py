"""True claims other than those of the sources: a part of a sentence, a number or a name in another form."""

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.lexicon import Term
from evals.mutations.case import Edit, Statement, pick, replaced
from evals.mutations.names import companies_in
from evals.mutations.numerals import find_numerals
from evals.mutations.words import phrases

# --- Parts of a sentence ----------------------------------------------------------------------------------------------

_CLAUSE_ENDS = re.compile(
    r"(?:, (?=(?:while|which|because|but|although|whereas|so that|with)\b)|; |(?:；|，(?=而|但|因为|因此|并且|不过)))"
)
_LEANS = re.compile(
    r"(?:If|When|Although|While|Unless|Since|Because|As|After|Before|Once|In|On|At|With|For|By|During|Despite|To)\b|"
    r"如果|若|当|虽|由于|因为|尽管|为|在|除|随着|自|从|根据|按|据|一旦|只要|即使|不仅|不但|既"
)


# A clause that takes back what the one before it says may not be left out.
_TAKES_BACK = re.compile(
    r", (?:but|although|which)\b.*\b(?:not|no|wrong|contradict\w*|unverified|doubt\w*)\b|"
    r"[；，](?:而|但|不过).*[不未没无误]"
)


def take_clause(statement: Statement) -> Iterator[Edit]:
    """The first of several clauses, where it stands on its own."""
    text = statement.text
    found = _CLAUSE_ENDS.search(text)
    if found and not _LEANS.match(text) and found.start() >= (20 if statement.language == "en" else 8):
        head = text[: found.start()]
        balanced = (
            all(head.count(a) == head.count(b) for a, b in ("()", "（）", "“”", "《》", "「」"))
            and head.count('"') % 2 == 0
        )
        if (
            balanced
            and not re.search(r"[:：虽]|尽管|是指|\b(?:not only|so|either|neither)\b", head)
            and not _TAKES_BACK.search(text)
        ):
            yield Edit(
                f"{head}{'.' if statement.language == 'en' else '。'}", f"without “{text[found.start() :][:40]}…”"
            )


# --- Numbers ----------------------------------------------------------------------------------------------------------

_MONEY = re.compile(r"US\$(\d[\d,]*(?:\.\d+)?) (million|billion)(?! to| or)")
_BIG = re.compile(r"(?<![\d.,$])(\d+(?:\.\d+)?) (million|billion)(?= [a-z])")
_SCALE = {"million": Decimal(10**6), "billion": Decimal(10**9), "万": Decimal(10**4), "亿": Decimal(10**8)}
_DAY = re.compile(
    r"(?<!\d)(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})"
)
_SHARES = re.compile(r"\d\s?(?:to|and|or|-|–)\s?(?:US)?\$?$")
"""Where another number stands before it that has its unit or scale: "250 to 75 million"."""
_HAN_DIGITS = "零一二三四五六七八九十"


def rewrite_number(statement: Statement) -> Iterator[Edit]:
    """A number in another form that says the same."""
    yield from _rewrite_english(statement.text) if statement.language == "en" else _rewrite_chinese(statement.text)
    yield from _regroup(statement.text)


def _rewrite_english(text: str) -> Iterator[Edit]:
    for found in _MONEY.finditer(text):
        value = Decimal(found[1].replace(",", "")) * _SCALE[found[2]]
        forms = [
            f"${value / 10**6:,f} million" if found[2] == "billion" else f"${value:,.0f}",
            f"{found[1]} {found[2]} US dollars",
            f"{found[1]} {found[2]} dollars",
            f"${found[1]}{'bn' if found[2] == 'billion' else 'm'}",
        ]
        yield replaced(text, *found.span(), pick(forms, "money", text, found.start()))
    for found in _BIG.finditer(text):
        if _SHARES.search(text[: found.start()]):
            continue
        yield replaced(text, *found.span(), f"{Decimal(found[1]) * _SCALE[found[2]]:,.0f}")
    for found in re.finditer(r"(?<=\d)%", text):
        yield replaced(text, *found.span(), pick([" percent", " per cent"], "percent", text, found.start()))
    for found in re.finditer(r"(?<=\d) W(?![A-Za-z0-9/²])", text):
        yield replaced(text, *found.span(), " watts")
    for found in re.finditer(r"(?<![\d.,])(\d+(?:\.\d+)?) W(?![A-Za-z0-9/²])", text):
        before = text[: found.start()]
        if not _SHARES.search(before) and not re.search(r"(?:\bto|\bor|-|\bof)\s*$", before):
            yield replaced(text, *found.span(), f"{Decimal(found[1]) * 1000:,f} mW".replace(".0 mW", " mW"))
    for found in re.finditer(r"(?<=\d )Gb/s(?!/)", text):
        yield replaced(text, *found.span(), pick(["Gbps", "Gbit/s"], "rate", text))
    for found in re.finditer(r"(?<=\d )Tb/s(?!/)", text):
        yield replaced(text, *found.span(), pick(["Tbps", "Tbit/s"], "rate", text))
    for found in _DAY.finditer(text):
        yield replaced(text, *found.span(), f"{found[2]} {found[1]}, {found[3]}")
    for found in re.finditer(r"(?:the )?(first|second) half of (\d{4})", text):
        number = 1 if found[1] == "first" else 2
        yield replaced(text, *found.span(), pick([f"{number}H{found[2][2:]}", f"H{number} {found[2]}"], "half", text))


def _rewrite_chinese(text: str) -> Iterator[Edit]:
    for found in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?) ?([万亿])(?![亿万])(?! ?\d)(?! ?(?:至|到))", text):
        if not re.search(r"(?:至|到|-)\s?$", text[: found.start()]) and not re.match(r" ?多|余", text[found.end() :]):
            yield replaced(text, *found.span(), f"{Decimal(found[1]) * _SCALE[found[2]]:,.0f}")
    for found in re.finditer(r"(?<![\d.至到-])([1-9])0%(?! ?(?:至|到|-))", text):
        if not re.search(r"(?:至|到|-)\s?$", text[: found.start()]):
            forms = [
                f"{_HAN_DIGITS[int(found[1])]}成",
                f"百分之{_HAN_DIGITS[int(found[1])]}十".replace("之一十", "之十"),
            ]
            yield replaced(text, *found.span(), pick(forms, "share", text, found.start()))
    for found in re.finditer(r"(?<=\d)%", text):
        yield replaced(text, *found.span(), "％")
    for found in re.finditer(r"(?<=\d) ?W(?![A-Za-z0-9/²])", text):
        yield replaced(text, *found.span(), "瓦")
    for found in re.finditer(r"(?<!\d)((?:19|20)\d\d)( ?年)", text):
        digits = "".join(chr(ord(one) + 0xFEE0) for one in found[1])
        yield replaced(text, *found.span(), pick([f"{digits}年", f"{found[1]}年"], "year", text, found.start()))
    for found in re.finditer(r"(?<!\d)((?:19|20)\d\d) ?年上半年", text):
        yield replaced(text, *found.span(), f"1H{found[1][2:]}")
    for found in re.finditer(r"(\d[\d.]*) ?亿美元", text):
        yield replaced(text, *found.span(), f"{found[1]}億美元")


def _regroup(text: str) -> Iterator[Edit]:
    """Thousands set apart, or not."""
    for one in find_numerals(text):
        if one.sort == "measure" and "," in one.text:
            yield replaced(text, one.start, one.end, one.text.replace(",", ""))
        elif one.sort == "measure" and one.value >= 10_000 and "." not in one.text:
            yield replaced(text, one.start, one.end, f"{one.value:,}")


# --- Names ------------------------------------------------------------------------------------------------------------

_NOT_THE_SAME = frozenset(phrases("names", "not_the_same"))


def rename_company(statement: Statement) -> Iterator[Edit]:
    """A company by another of its names, in the same language or in Latin letters among Chinese."""
    mentions = companies_in(statement.text)
    for mention in mentions:
        if [one.term.id for one in mentions].count(mention.term.id) > 1:  # "NGK (日本ガイシ)", "NGK Insulators and NGK"
            continue
        found = statement.text[mention.start : mention.end]
        names = [name for name in _names(mention.term, statement) if name != found and name not in _NOT_THE_SAME]
        if found not in _NOT_THE_SAME and names:
            name = pick(names, "alias", statement.id, mention.start)
            owns = name.endswith("s") and statement.text[mention.end : mention.end + 2] == "'s"
            end = mention.end + 2 * owns
            name = f"{name}'" if owns else name
            # Latin letters in the place of Han ones stand apart from those beside them.
            before = " " if re.search(r"[A-Za-z0-9]$", statement.text[: mention.start]) and name[0].isascii() else ""
            after = " " if re.match(r"[A-Za-z0-9]", statement.text[end:]) and name[-1].isascii() else ""
            yield replaced(statement.text, mention.start, end, f"{before}{name}{after}")


def _names(term: Term, statement: Statement) -> list[str]:
    """Its names in the statement's language, and for Chinese its English one; those that the lexicon finds again."""
    own = [*term.names.get(statement.language, ())]
    english = term.names.get("en", ())
    if statement.language == "en":
        first = english[0].split()[0] if english else ""
        own = [name for name in english if name.split()[0] == first]
    named = dict.fromkeys([*own, *(english[:1] if statement.language == "zh" else ())])
    return [name for name in named if any(one.term.id == term.id for one in companies_in(name))]
