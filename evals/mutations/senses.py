"""Faults of sense: negation, direction, comparison, modality, quantifier. The word lists are the bench's own."""

import re
from collections.abc import Iterator

from evals.mutations.case import Edit, Statement, replaced
from evals.mutations.words import compiled, forms, pairs, rules, table, words

# --- Negation ---------------------------------------------------------------------------------------------------------

_AUXILIARY = re.compile(
    r"(?<![A-Za-z'])(?:is|are|was|were|will|can|could|should|must|would|does|did)(?= )"
    r"(?! (?:not|n't|no|never|only|just|also|nothing|none|neither|hardly|likewise)\b)|"
    r"\b(?:has|have|had)(?= (?:been|be)\b|\s[a-z]+ed\b| (?:made|grown|become|said|shown|seen|risen|fallen)\b)"
)
_SUBORDINATE = re.compile(
    r"\b(?:if|whether|unless|which|that|who|whom|whose|what|how|when|where|while|because|although|than|as)\b", re.I
)
_VERBS = forms("verbs", "present")
_PASTS = forms("verbs", "past")
_SINGULAR, _PAST = ({base: form for form, base in table.items()} for table in (_VERBS, _PASTS))
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|our|of|for|in|on|and|or|to|by|with|from|no|all|some|most|these|those|was|were|is|are|"
    r"be|been|being|has|have|had|not|n't|as|at|also|more|than|which|that|who|public|\w+ed|\w+ing)|[,;:(\"'”-])\s*$",
    re.I,
)
_HAN_VERBS = [
    *((verb, f"不{verb}") for verb in words("verbs", "han_not")),
    *((verb, f"没有{verb}") for verb in words("verbs", "han_never")),
    *pairs("verbs", "han_otherwise"),
]
"""What stands there, and its denial."""
_HAN_BEFORE = re.compile(
    r"[不没未无勿非否别莫可所的但还于正就若要总曾已其性功机智才效动核节技潜体社大协委议因作成视认称成名誉命何尤以改只皆]$|(?:如果|若|当|是否|没有|并未|无法|不再|"
    r"尚未|未能|很少|因此|因为|作为|成为|认为|较|更|最|能否|为了|从|在|由|把|被|让|使)$"
)
_HAN_AFTER = table("verbs", "han_not_before")


def insert_negation(statement: Statement) -> Iterator[Edit]:
    """The first verb of the main clause is denied, where nothing before it denies anything."""
    text = statement.text
    if statement.language == "en":
        yield from _deny_english(text)
    elif statement.language == "zh":
        yield from _deny_chinese(text)
    else:
        yield from _first(text, rules("japanese_denials"))


def _deny_english(text: str) -> Iterator[Edit]:
    options: list[tuple[int, int, str]] = []
    auxiliary = _AUXILIARY.search(text)
    if auxiliary:
        options.append((*auxiliary.span(), f"{auxiliary[0]} not"))
    for verbs, helper in ((_VERBS, "does"), (_PASTS, "did")):
        for found in re.finditer(r"(?<![A-Za-z'-])[a-z]+(?![A-Za-z'-])", text):
            if found[0] in verbs and not _NOUN_BEFORE.search(text[: found.start()]):
                options.append((*found.span(), f"{helper} not {verbs[found[0]]}"))
                break
    if not options:
        return
    start, end, new = min(options)
    before = text[:start]
    if not _SUBORDINATE.search(before) and not _ENGLISH_DENIAL.search(before) and before.strip():
        yield replaced(text, start, end, new)


def _deny_chinese(text: str) -> Iterator[Edit]:
    options = []
    for verb, denied in _HAN_VERBS:
        for found in compiled(re.escape(verb)).finditer(text):
            if found.start() and _denies_well(verb, text[: found.start()], text[found.end() :]):
                options.append((found.start(), -len(verb), found.end(), denied))
                break
    if not options:
        return
    start, _, end, denied = min(options)
    clause = re.split(r"[，。；：]", text[:start])[-1]
    if not re.search(r"[不没未无]|如果|若|虽|即使|除", clause):
        end += denied.startswith("没有") and text[end : end + 1] == "了"
        yield replaced(text, start, end, denied)


def _denies_well(verb: str, before: str, after: str) -> bool:
    """Whether a verb between the two is one, and is its clause's."""
    if verb == "为" and not re.match(r"\s?[\d一二三四五六七八九十《]", after):
        return False
    if after[:1] == "的":
        return False
    if re.match(rf"[不没]{re.escape(verb)}", after):  # "whether": 能不能
        return False
    return not _HAN_BEFORE.search(before) and not (verb in _HAN_AFTER and after[:1] in _HAN_AFTER[verb])


_ENGLISH_DENIAL = re.compile(r"\b(?:not|no|never|none|neither|nor|without|few|hardly|cannot)\b|n't", re.I)
_REMOVALS = rules("removals")


def remove_negation(statement: Statement) -> Iterator[Edit]:
    """A denial is gone."""
    if re.search(r"\b(?:if|whether|unless)\b|如果|若|假如|是否|不是[^，。；]{1,16}就是", statement.text, re.I):
        return
    yield from _first(statement.text, _REMOVALS)
    found = re.search(r"\b(does|do|did) not ([a-z]+)\b", statement.text)
    if found:
        told = {"does": _SINGULAR, "did": _PAST}.get(found[1], {}).get(found[2], found[2])
        yield replaced(statement.text, *found.span(), told)


def _first(text: str, rules: list[tuple[str, str]]) -> Iterator[Edit]:
    """For each rule the edit at the first place that it fits."""
    for pattern, new in rules:
        found = compiled(pattern).search(text)
        if found:
            put = found.expand(new)
            yield replaced(text, *found.span(), put, f"{found[0].strip()} → {put.strip() or 'nothing'}")


# --- Directions -------------------------------------------------------------------------------------------------------

_COMPARED = frozenset(words("directions", "compared"))
_FIXED = re.compile(
    r"\b(?:(?:named|looked|sought|soon|shortly|day|one|time|there|here|year) after|after all|before (?:and|or) after|"
    r"higher (?:education|learning)|best known|at best|at (?:the )?most|best (?:actor|actress)|maximum likelihood|"
    r"in (?:the )?support|early on|(?:is|are|was|were|be|been|being) (?:sold|bought))\b|"
    r"国内外|海内外|(?<=国)内外",
    re.I,
)
"""Where a word does not say which way."""
DIRECTIONS = pairs("directions", "english_both") + pairs("directions", "english")
HAN_DIRECTIONS = pairs("directions", "han_both") + pairs("directions", "han")


def turn_direction(statement: Statement) -> Iterator[Edit]:
    """A word is its opposite: rose → fell, 上升 → 下降; comparisons are another kind."""
    yield from (edit for edit, compares in _turns(statement) if not compares)


def turn_comparison(statement: Statement) -> Iterator[Edit]:
    """A comparison is its opposite: cheaper than → dearer than, 高于 → 低于, 更 or 比 with either."""
    yield from (edit for edit, compares in _turns(statement) if compares)
    for pattern, new in (
        (r"\bmore (?=[a-z]+ than\b)", "less "),
        (r"\bless (?=[a-z]+ than\b)", "more "),
        (r"(?<=[0-9%] )less than\b(?! (?:US)?\$?\d)", "more than"),
        (r"(?<=[0-9%] )more than\b(?! (?:US)?\$?\d)", "less than"),
        (r"\bexceeds\b", "falls short of"),
        (r"(?<=[0-9%] )lower\b", "higher"),
        (r"(?<=[0-9%] )higher\b", "lower"),
    ):
        for found in re.finditer(pattern, statement.text):
            yield replaced(statement.text, *found.span(), new)


def _turns(statement: Statement) -> Iterator[tuple[Edit, bool]]:
    text = statement.text
    for old, new in DIRECTIONS if statement.language == "en" else HAN_DIRECTIONS:
        latin = old.isascii()
        pattern = rf"(?<![A-Za-z-]){re.escape(old)}(?![A-Za-z-])" if latin else re.escape(old)
        for found in compiled(pattern, re.I if latin else 0).finditer(text):
            around = text[max(0, found.start() - 12) : found.end() + 14]
            both = compiled(rf"\b{re.escape(new)}\b" if latin else re.escape(new), re.I).search(statement.shown)
            if both or _FIXED.search(around) or (latin and _is_name(text, found)):
                continue
            put = new.capitalize() if found[0][0].isupper() else new
            than = bool(re.match(r"[^,;.]{0,25}\bthan\b", text[found.end() :]))
            compares = (old in _COMPARED and than) if latin else (old[-1] == "于" or (old[0] == "更" and "比" in text))
            yield replaced(text, *found.span(), put), compares


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether a capitalised word inside a sentence, or one before a capital, is part of a name: "North Korea"."""
    inner = found[0][0].isupper() and found.start() > 0
    return inner or (
        found[0].lower() in ("north", "south", "east", "west") and bool(re.match(r" [A-Z]", text[found.end() :]))
    )


# --- Modality ---------------------------------------------------------------------------------------------------------

_MODALITY = rules("modality")
_LEAVE = re.compile(r"\bmay (?:be )?(?:at most|up to|no more than)\b", re.I)
"""What is allowed up to a limit: "will be at most" says no more, and the limit itself is allowed."""


def harden(statement: Statement) -> Iterator[Edit]:
    """What may be is told as what will be, a plan or a forecast as done, an estimate as measured."""
    if not _LEAVE.search(statement.text):
        yield from _first(statement.text, _MODALITY)


_QUANTIFIERS = rules("quantifiers")


def widen(statement: Statement) -> Iterator[Edit]:
    """Some are all, often is always, one of the first is the first."""
    for edit in _first(statement.text, _QUANTIFIERS):
        text = edit.text[0].upper() + edit.text[1:] if statement.text[:1].isupper() else edit.text
        yield Edit(text, edit.change)
    yield from _alone(statement)


_ALONE_AFTER = (
    r"(?:supplies|makes|produces|uses|offers|sells|provides|develops|leads|builds|acquired|invested|announced)"
)
_HAN_ALONE_AFTER = r"(?:生产|供应|采用|使用|提供|推出|研发|收购|制造|设计|宣布)"


def _alone(statement: Statement) -> Iterator[Edit]:
    """The one that does it is made the only one."""
    text = statement.text
    found = re.match(rf"[A-Z][\w-]+(?: [A-Z][\w-]+)? (?={_ALONE_AFTER}\b)", text)
    if found and not re.search(r"\bonly\b|\bsole", statement.shown, re.I):
        name = found[0].strip()
        lower = "the" + text[3:] if text.startswith("The ") else text
        yield Edit(f"Only {lower}", f"{name} → Only {name}")
    found = re.match(rf"[\u4e00-\u9fffA-Za-z]{{2,6}}(?={_HAN_ALONE_AFTER})", text)
    if found and not re.search(r"[只仅唯]", statement.shown) and not re.search(r"[和与及、]", found[0]):
        yield Edit(f"只有{text}", f"{found[0]} → 只有{found[0]}")
