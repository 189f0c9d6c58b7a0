"""Read what an English question asks to be worked out.

The question's words stand one space apart. In the patterns, names in braces stand for the words below; {a} and {b} are
the things asked about. The first pattern that fits is taken, so the order is from the particular to the general.
"""

import re

from agent.operands.figures import spelled_scale
from agent.operands.intents import Comparison, Intent, Term, Threshold
from agent.operands.marks import MARKS, count_marks, without_marks
from agent.operands.plan import Operation
from agent.operands.ratios import find_ratio
from corpus.quantities import find_quantities

_WORDS = {
    "a": "(?P<a>.+?)",
    "b": "(?P<b>.+)",
    "rest": "(?P<a>.+)",
    "what": "(?:what|which|how much)? *(?:is|was)? *(?:the )?",
    "did": "(?:did|has|have|does|do|is|are|was|were)",
    "percent": "(?:percentages?|percent|per cent|%|percentual|relative|proportional)",
    "share": "(?:percentages?|percent|per cent|proportions?|shares?|fractions?|part|%"
    "|percentage (?:share|constitution|composition))",
    "up": r"(?:changes?|increase|decrease|decline|drop|rise|reduction|fluctuation|variation|movement)",
    "or_down": r"(?: *(?:/|or) *\(? *\w+ *\)?)?",
    "grew": "(?:increased?|decreased?|changed?|gr[eo]wn?|declined?|drop(?:ped)?|r[io]se|risen|f[ae]ll(?:en)?|reduced?"
    "|go (?:up|down)|var(?:y|ied))",
    "made_of": "(?:made up (?:of|by|from)|accounted for by|represented by|constituted by|comprised of|composed of"
    "|attributable to|attributed to|due to|derived from|generated (?:by|from)|from|in|contributed by|related to)?",
    "makes": "(?:forms?(?: a)? part of|makes? up|accounts? for|represents?|constitutes?|comprises?|contributes?(?: to)?"
    "|take up)",
    "against": "(?:in relation to|relative to|compared (?:to|with)|out of|as part of|against|divided by|among(?:st)?"
    "|within|over)",
    "compound": "(?:CAGR|compound(?:ed)? (?:annual )?growth(?: rate)?)",
    "yearly": "(?:year[ -]over[ -]year|yoy|y/y)",
    "higher": "(?:(?:more|less) (?:expensive|costly|power|energy)|higher|lower|more|less|larger|smaller|greater|bigger"
    "|cheaper|dearer|above|below|under)",
    "unit": "[a-z/°²]+",
    "how": "(?:what|how many|how much)",
    "and": r"(?:and|to|versus|vs\.?)",
    "exceeds": "(?:exceed(?:ed|s)?|above|over|more than|greater than|higher than|larger than|at least|at most"
    "|no more than|below|under|less than|lower than|fewer than|smaller than)",
}


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{([a-z_]+)\}", lambda name: _WORDS[name[1]], template), re.IGNORECASE)


_TEMPLATES: tuple[tuple[Operation, str], ...] = (
    ("times", "how many times (?:(?:as )?{higher} )?(?:is )?(?P<b>.+?) (?:is|are) (?:that|those) of {rest}"),
    (
        "difference",
        rf"{{how}} (?P<percent>{{percent}}) {{did}} {{a}} (?P<higher>{{higher}}) (?P<when>in [{MARKS}]) than {{b}}",
    ),
    ("difference", "{how} (?P<percent>{percent}) {did} {a} (?P<higher>{higher})(?: than)? {b}"),
    ("difference", "{how} (?P<percent>{percent}) (?P<higher>{higher}) {did} *{a} than {b}"),
    ("difference", "how many (?!times){unit} (?:(?:lie|are|is|were|was)(?: there)?) between {a} {and} {b}"),
    ("difference", "how many (?!times){unit} (?P<higher>{higher}) {did} *{a} than {b}"),
    ("cagr", r"\b{compound}(?: \(CAGR\))? (?:of|in|for) {rest}"),
    ("cagr", r"{a} {compound}\b"),
    ("growth", "by (?:what|which) (?P<factor>factor|multiple) {did} {a} {grew}\\b"),
    ("growth", "^{a}[:,] *{percent} {up}\\b"),
    ("growth", "{percent} (?:of )?(?:of the )?(?:{up}|difference){or_down} (?:(?:in|of|for|on|from) )?{rest}"),
    ("growth", "(?:growth rate|rate of (?:growth|change|increase|decrease)) (?:of|in|for) {rest}"),
    ("growth", "{yearly} (?:growth|change|increase)(?: rate)? (?:of|in|for) {rest}"),
    ("growth", r"{a} (?:growth rate|{yearly} growth|percentage growth)\b"),
    ("growth", r"(?:what|how many|how much) {percent}(?: points?)? {did} {a} {grew}\b"),
    ("growth", r"(?:did|has|have|do|does) {a} {grew}\b.*\b(?:percent|percentage|%)"),
    ("share", "^{a} (?:expressed )?as (?:a|an|the) {share} (?:of|to|over|in) {b}"),
    ("share", "^{what}{share} (?:of|in) (?P<b>.+?) (?:is|was|are|were|comes?|came) {made_of} *{rest}"),
    ("share", "^{what}{share} (?:of|in) (?P<b>.+?) (?:do|does|did) {a} {makes}"),
    ("share", "^{what}{share} (?:do|does|did) {a} {makes} (?:of|in)? *{b}"),
    ("share", "{share} of {a} {against} (?:the )?{b}"),
    ("share", "{share} of {a} (?:to|in|of|from) (?:the )?{b}"),
    ("share", "^{a}(?:['’]s?)? (?:percentage|percent|%) of (?:the )?{b}"),
    ("times", "ratio (?:of|between) {a} (?:to|and|over|against|versus) {b}"),
    ("times", r"(?P<a>[\w\s-]+?)[ -]to[ -](?P<b>[\w\s-]+?) ratio"),
    ("times", r"how many times (?:(?:as )?(?P<higher>\w+) )?{did}? *{a} than {b}"),
    ("times", r"how many times (?:(?:as )?(?P<higher>\w+) )?{did}? *{a} (?:as|of|the) {b}"),
    ("growth", r"\bgrowth (?:in|of|for) (?:the )?{rest}"),
    ("growth", r"{a} growth\b"),
    ("difference", "difference (?:of|between) {a} {and} {b}"),
    ("difference", "difference in (?P<head>.+?) between {a} {and} {b}"),
    ("difference", rf"difference in (?:the )?(?P<a>[^{MARKS}]+?) and (?:the )?{{b}}"),
    ("difference", "how much (?P<higher>{higher}) {did}? *{a} than {b}"),
    ("difference", "by how much {did} {a} exceed {b}"),
    ("difference", "{a} (?:minus|less) {b}"),
    ("times", "{a} divided by {b}"),
    ("change", "(?:difference|{up}){or_down} between {rest}"),
    ("change", r"\b(?:difference|{up}){or_down} (?:in|of|for|to|on) (?:the )?{rest}"),
    ("change", r"(?:how much|did|has|have) {did}? *{a} {grew}\b"),
    ("change", r"{a} {up}\b"),
)
_PATTERNS = tuple((operation, _pattern(template)) for operation, template in _TEMPLATES)
_COUNT = _pattern(
    r"how many (?!percent|per cent|%|times)(?P<what>[\w\s%'’.()-]+?) (?:(?:in|for|of|during) \S+ )?"
    r"(?:did|do|does|had|have|has|were|was|are|is"
    r"|that|with|draws?|costs?|needs?|uses?|takes?|consumes?"
    r"|where|in which) (?P<term>.*) *(?:that (?:is|was|are|were) )?\b(?P<word>{exceeds}) (?P<limit>.+)"
)
_PARTS = _pattern(
    r"how many (?:[\w-]+ )?(?:components?|items?|factors?|types?|categories|kinds?|elements?|segments?)"
    r" (?:are|were|is|was|does|do|did)? *(?:there)? *(?:under|in|of|within|make up|included in|that make up)?"
    r" *(?:the )?(?P<term>.+?)"
    r"(?: (?:consist of|comprise|include|have|contain))?$"
)
_AVERAGE = _pattern(r"(?<!weighted )(?<!weighted-)\b(?:average|mean|averaged)\b(?: of\b)?")
_NAMED_AVERAGE = _pattern(
    r"weighted[ -]average|average (?:revenue per|selling|number|price(?! of)|remaining|life|exercise|interest|tax)"
)
_SUM = _pattern(
    r"\b(?:sum(?: total)?(?: up)?|add(?:ing)? up|combined|aggregate|altogether|cumulative"
    r"|total(?:led|ed|ling)?|together)\b"
    r"(?: (?:of|value of|amount of)\b)?"
)
_EXTREMES: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    ("highest", _pattern(r"\b(?:highest|largest|greatest|maximum|most|biggest|best)\b")),
    ("lowest", _pattern(r"\b(?:lowest|smallest|minimum|least|cheapest|fewest|worst)\b")),
)
_EVERY = _pattern(r"\b(?:all|each|every|across)\b")
_NO_NUMBER = _pattern(
    r"(?:why|who|whom|whose|where|how come|explain|describe|what (?:caused|causes|led|drove|(?:is|was) the reason))\b"
)
_QUESTION = _pattern(
    r"^(?:(?:and|so|then|please|can you|could you|tell me|calculate|compute|determine|find|work out|give me)[\s,]+)*"
    r"(?:(?:in )?(?:what|which|how much|how many|how large|how big) *(?:['’]s|is|are|was|were|will be|do|does|did|has"
    r"|have|had|would be)? )?(?:there )?"
)
_ROUNDING = _pattern(
    r"(?<![,;.?(])[,;.?(]* *\(?(?:please )?(?:and )?"
    r"(?:(?:round|give|answer|express|state|correct|accurate)[^,;.]{0,40} )?"
    r"(?:to|with) (?:the nearest (?:[$€£¥]?[0-9][0-9.,]*(?: [tmb][a-z]+)?|[a-z ]{3,20})"
    r"|[\w-]+ (?:decimal places?|decimals?|d\.?p\.?|sig(?:nificant|\.)? ?(?:figures?|figs?\.?|digits?)|s\.?f\.?))\)?"
)
_ARTICLE = _pattern("^(?:the|a|an|value of|amount of) | (?:represent|account for|make up|constitute)$")
_SAW = _pattern(
    r"^(?:in )?(?:which |what )?(?:fiscal )?(?:year|quarter|month|period) "
    r"(?:saw|shows?|showed|has|had|was|is|brought)\b"
)
_TERM_ENDS = _pattern("^(?:a|an|the|had|have) | (?:that|which|had|was|were|is|are)$")
_PLAIN_RATIO = _pattern(r"\b(?:proportion|fraction|ratio|times|divided)\b")
_POINTS = _pattern(r"\b(?:percentage|basis) points?\b")
_OTHER_LEAD = _pattern(r"\b(?:average|mean|sum|{up}|difference)\b")
_A_SHARE = _pattern(r"\bas (?:a|an|the) {share}\b")
_OTHER_PART = _pattern(r"\b(?:average|mean|{up}|difference)\b")
_PERIOD_WORDS = _pattern(r"\b(?:the|fiscal|years?|both|fys?|in|of|for|at|quarters?)\b|\W")
_BESIDE = _pattern(r"\b(?:compared|relative|against|versus|in comparison)\b")
_VERBS = _pattern(r"\s+(?:draws?|consumes?|uses?|needs?|takes?|has|have)$|^(?:does|do|did)\s+")
_LESS = ("below", "under", "less", "lower", "fewer", "smaller", "at most", "no more", "cheaper")


def read_english(question: str) -> list[Intent]:
    """The ways to read a question whose periods are marks; empty where it asks for no operation known here."""
    plain = _ROUNDING.sub("", question).strip().rstrip("?., ")
    if _NO_NUMBER.match(plain):
        return []
    if (counted := _COUNT.search(plain)) and (count := _count(counted)):
        return [count]
    if parts := _PARTS.search(plain):
        return [Intent("count", (Term(parts["term"]),))]
    ratio = find_ratio(plain)
    for operation, pattern in _PATTERNS:
        match = pattern.search(plain)
        if match is None or not _fits(operation, match, plain):
            continue
        if ratio and operation in ("share", "times") and count_marks(plain) < 2:
            break
        return _read_match(operation, match, plain)
    if ratio:
        return [Intent("ratio", (Term(_bare(ratio.cut_from(plain))),), ratio=ratio, unit=ratio.unit)]
    return _read_gathering(_bare(plain))


def _fits(operation: Operation, match: re.Match[str], question: str) -> bool:
    """Whether a pattern's match means what the pattern is for."""
    groups = match.groupdict()
    if _only_periods(groups["a"]):
        return False
    if operation == "share":
        lead = question[: min(match.start("a"), match.start("b"))]
        free = not (_OTHER_LEAD.search(lead) if lead else _OTHER_PART.search(groups["a"]))
        return free and not _only_periods(groups["b"]) and bool(_bare(groups["a"]))
    if operation == "difference":
        two_things = "between" in match[0].lower() or "difference in" not in match[0].lower()
        return two_things or count_marks(question) == 1
    if operation == "change" and match.start("a") == 0:
        return count_marks(question) > 1
    return bool(re.search(r"\w\w", _bare(groups["a"])))


def _read_match(operation: Operation, match: re.Match[str], question: str) -> list[Intent]:
    groups = match.groupdict()
    context = question[: match.start()]
    if _BESIDE.search(context):  # compared with what the pattern has not seen
        return []
    unit = "x" if groups.get("factor") else "%" if operation in ("growth", "cagr") else ""
    first, second = _bare(groups["a"]), groups.get("b")
    if operation == "difference" and _only_periods(second or "") and not groups.get("higher"):
        operation, first, second = "change", f"{first} {second}", None
    if operation == "times" and _only_periods(second or ""):
        groups["b"] = second = f"{without_marks(first)} {second}"
    if operation in ("growth", "cagr", "change") and _AVERAGE.search(question[: match.start("a")]):
        return []  # the average of several changes
    if operation == "times" and (groups.get("higher") or "").lower().startswith(_LESS) and second:
        groups["a"], second = second, groups["a"]
    if operation == "difference" and (word := groups.get("higher")):
        first = f"{_VERBS.sub('', first)} {groups.get('when') or ''}".strip()
        below = word.lower().startswith(_LESS)
        if _only_periods(second or ""):  # higher in 2019 than in 2018
            second = f"{without_marks(first)} {second}"
        if groups.get("percent"):
            terms = (Term(first), Term(_bare(second or "")))
            return [Intent(operation, terms, unit="%", relative="below" if below else "above", context=context)]
        if below:
            groups["a"], second = second or "", first
            first = _bare(groups["a"])
    if second is None:
        if operation in ("change", "growth") and _AVERAGE.match(first):
            term = Term(_AVERAGE.sub("", first, count=1))
            return [Intent(operation, (term,), unit=unit, every=True, fuller=first)]
        if operation == "growth" and _POINTS.search(question):  # the difference of two percentages is no rate
            operation, unit = "change", ""
        unit = "pp" if operation == "change" and _POINTS.search(question) else unit
        return [Intent(operation, (Term(first),), unit=unit)]
    if operation in ("share", "times"):
        unit = "" if _PLAIN_RATIO.search(question) else "%"
    lead = f"{groups['head']} " if groups.get("head") else ""
    return [
        Intent(operation, (Term(lead + _bare(a)), Term(lead + _bare(b))), unit=unit, context=context)
        for a, b in _splits(operation, groups["a"], second, shared="difference" in match[0].lower())
    ]


def _splits(operation: Operation, a: str, b: str, *, shared: bool) -> list[tuple[str, str]]:
    """Where two things may part: as the pattern found it, at a later "and" or "in", or with words they share."""
    splits = [(a, b)]
    if operation == "difference" and shared:
        if " of " in b and " of " not in a:  # the carrying value and fair value of the notes
            splits.insert(0, (f"{a} of {b.rsplit(' of ', 1)[1]}", b))
        splits += [(f"{a} and {b[: at.start()]}", b[at.end() :]) for at in re.finditer(r"\s+and\s+(?:the\s+)?", b)]
        words = re.findall(r"[a-z][\w-]*", without_marks(b), re.IGNORECASE)
        if len(words) > 1 and re.fullmatch(r"\w+", without_marks(a)):  # the high and low price
            splits.append((a, f"{words[0]} {re.sub(rf'[^{MARKS}]', '', b)}"))
    elif operation == "times" and " of " in b and " of " not in a:  # the price to the cost of the module
        splits.append((f"{a} of {b.split(' of ', 1)[1]}", b))
        splits.append((f"{a} of {b.rsplit(' of ', 1)[1]}", b))
    elif operation == "share":
        joints = re.finditer(r"\s+(?:in|to|of)\s+(?:the\s+)?(?=[a-z])", b, re.IGNORECASE)
        splits += [(f"{a} in {b[: at.start()]}", b[at.end() :]) for at in joints]
    return list(dict.fromkeys(splits))


def _read_gathering(text: str) -> list[Intent]:
    """Averages, sums, extremes: the first word that says so, and the rest is what they are of."""
    if _A_SHARE.search(text):  # of something that no pattern above makes out
        return []
    every = bool(_EVERY.search(text))
    average = None if _NAMED_AVERAGE.search(text) and count_marks(text) < 2 else _AVERAGE.search(text)
    adding = _SUM.search(text)
    if average and not (adding and adding.start() < average.start()):
        return [Intent("average", _terms(_cut(text, average)), every=every, fuller=text)]
    for operation, pattern in _EXTREMES:
        if found := pattern.search(text):
            return [Intent(operation, (Term(_SAW.sub("", _cut(text, found))),), every=every)]
    if adding:
        fuller = text if "total" in adding[0].lower() else ""
        return [Intent("sum", _terms(_cut(text, adding)), every=every, fuller=fuller)]
    return []


def _terms(text: str) -> tuple[Term, ...]:
    """The things added up: one, unless each has a period of its own ("A in 2018 and B in 2019")."""
    parts = re.split(r" and |, (?:and )?", text)
    dated = [part for part in parts if count_marks(part) and not _only_periods(part)]
    return tuple(map(Term, parts)) if len(dated) == len(parts) > 1 else (Term(text),)


def _count(match: re.Match[str]) -> Intent | None:
    limits = [one for one in find_quantities(match["limit"]) if one.kind in ("measure", "count")]
    if len(limits) != 1:
        return None
    word, limit = match["word"].lower(), limits[0]
    included = word.startswith(("at", "no"))
    less: Comparison = "≤" if included else "<"
    more: Comparison = "≥" if included else ">"
    comparison = less if word.startswith(_LESS) else more
    of_periods = re.search(r"\b(?:year|quarter|month|period)s?\b", match["what"], re.IGNORECASE)
    term = match["term"] if of_periods or re.search(r"\w", match["term"]) else match["what"]
    threshold = Threshold(comparison, limit.low, limit.unit, spelled_scale(limit.text))
    quarters = of_periods is not None and of_periods[0].lower().startswith("quarter")
    return Intent(
        "count", (Term(_TERM_ENDS.sub("", term.strip())),), threshold=threshold, every=not of_periods, quarters=quarters
    )


def _bare(text: str) -> str:
    """A question's words without its question words and articles."""
    return _ARTICLE.sub("", _QUESTION.sub("", text.strip()))


def _only_periods(text: str) -> bool:
    return not _PERIOD_WORDS.sub("", without_marks(text))


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
