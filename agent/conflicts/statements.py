"""Read a sentence or a row into statements: this number, of this measure, is said of this thing and this time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, lru_cache

from agent.candidates import Candidate, row_cells
from agent.conflicts.metrics import find_metrics, needs_word
from agent.conflicts.sources import Source, find_issuers, is_about_source, is_issue_time, read_source
from agent.judging.numbers.binding import Bound, bind
from agent.judging.wording.cues import find_cues
from corpus.amounts import Amount, find_amounts
from corpus.document import Language
from corpus.lexicon import Mention, Term, load_lexicon
from corpus.quantities import Quantity
from corpus.text import HAN, KANA
from indexes.tokens import terms

_NAME_PART = r"(?:[A-Z][A-Za-z0-9]*|[a-z]+[A-Z0-9][A-Za-z0-9]*)(?:[-/&+.][A-Za-z0-9]+)*"
_COMPOUND = re.compile(
    rf"(?<![A-Za-z0-9]){_NAME_PART}(?:\s(?:{_NAME_PART}|[0-9]{{1,4}}(?![0-9A-Za-z.,%]|\s[a-z%]|\s[A-Z]{{1,2}}(?![A-Za-z0-9]))))*"
)
_PART = re.compile(rf"{_NAME_PART}(?:\s[0-9]{{1,4}}(?![0-9A-Za-z]))?|[0-9]+")
_TOKEN = re.compile(r"[a-z0-9]+(?:[-/&+.][a-z0-9]+)*")
OPENERS = frozenset(
    """a an the in at on by for from of to with as if when while after before since some one two three each every all
    both many most its their this that these those it they we according sources about around up only another other no
    than less between under over out today overall total global worldwide annual average""".split()
)
_LIGHT = """said say says reach reached expected expects expect forecast estimate estimated report reported according
    about total overall be become per each every year years given gives put stand stands come amount number figure level
    around compared new latest current currently already still only just now today single one general typical typically
    remain remains remained unit units piece pieces technology technologies
    公司 年 达到 达 约 预计 预测 估计 数字 左右 目前 已 已经 为 其中 合计 共 每 一台 全球 一个 时 后 前 中 上 下
    称 报告 统计 认为 显示 达到了 很 技术 仍 仍然 以 人 名 只 家 颗 およそ 約 予測 見込み 推定 同社"""
"""Words that do not tell what a statement is about."""
_UNIT_OF_HEAD = re.compile(r"[(（][^()（）]*[)）]|(?<![a-z])in\s+\S+$")
_CLASSIFIER = re.compile(
    r"\s?(?:多|余)?(?:[家个個台颗顆只隻条條种種名套块枚座项項款层辆根对對份点本社つ]|万只|units? of |of )?"
    r"\s?(?:the |its )?"
)
_COUNTED = re.compile(r"\s?(?:[a-z]+[ -]){0,2}?(?P<noun>[a-z]{3,}s)(?![a-z])")
CONDITIONS = frozenset(("°C", "W", "dBm", "m", "s", "years", "months", "V", "A", "Hz", "b/s/m", "m2"))
"""Units of what a value may depend on."""
MEASURES = ("performance", "supply chain/market")
"""Sorts of terms that name what is measured, not the thing."""
_INCLUDED = re.compile(
    r"(?<![a-z])(?:includ(?:es|ing|ed)|with|counting|plus)\s(?:its |the |an? |integrated |on-chip )*[\w -]{0,30}$"
    r"|(?:包括|含|包含|连同|計入|计入)[^，。；]{0,8}$"
    r"|(?:包括|含|包含|连同)\s?(?:了)?$",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|excluding|excludes|exclusive of|net of|not including)\b|不含|不包括|不计|除外|扣除|を除|含まな",
    re.IGNORECASE,
)
_BASES = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in (
        ("line rate", r"\bline rate\b|\bgross rate\b|线路速率|線路速率"),
        (
            "goal",
            r"\b(?:targets?|targeted|goals?|aims?|requires?|required|requirement|specifie[sd]|allows?|limits?)\b"
            r"|目标|目標|要求|规定|規定|上限|允许",
        ),
        ("simulated", r"\b(?:simulat\w+|modell?ed|theoretical)\b|仿真|模拟|理论|シミュレーション"),
        (
            "sample",
            r"\b(?:samples?|prototypes?|test chips?|in research|in the lab|demonstrat\w+)\b"
            r"|样品|原型|样机|实验室|試作",
        ),
        ("peak", r"\b(?:peak|maximum|worst[- ]case)\b|峰值|最大|最坏"),
        ("average", r"\b(?:average[sd]?(?! selling)|mean(?! time)|median)\b|平均(?!无故障|故障|售价|販売)|中位"),
        ("cumulative", r"\b(?:cumulative|in all|altogether|to date)\b|累计|累計|总共"),
        ("saving", r"\b(?:sav(?:es?|ings?|ed)|reduction)\b|节省|节约|节能|削減|節約"),
        ("first", r"\b(?:initial(?:ly)?|upfront|at once|first phase)\b|首期|首批|初期"),
        (
            "next",
            r"\b(?:next[- ]generation|newer generation|second[- ]generation|future)\b"
            r"|下一代|新一代|第二代|次世代",
        ),
        (
            "part of the year",
            r"\b(?:first (?:three quarters|nine months|six months)|year[- ]to[- ]date|so far this year)\b"
            r"|前[一二三两六九1-9]个?(?:季度|季|月)|今年以来|截至目前",
        ),
        ("part", r"\bof (?:which|them|these)\b|其中|うち"),
    )
}
"""How a number may be meant: two that are meant otherwise say nothing against each other."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about.

    Attributes:
        owners: Ids of the companies and countries it names, or stands under.
        heads: The names of products, places and people it names, in lower case, each by its last word ("bailly").
        terms: Ids of the lexicon's terms; those it only includes ("including the laser") are in ``included``.
        rates: Data rates that say which thing is meant, in Gb/s.
        words: Search terms of all else.
        tokens: Every Latin word of it and of what stands above, in lower case.
    """

    owners: frozenset[str]
    heads: frozenset[str]
    terms: frozenset[str]
    included: frozenset[str]
    rates: frozenset[Decimal]
    words: frozenset[str]
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that a candidate states.

    Attributes:
        place: The candidate; the number stands at ``candidate.text[quantity.start:quantity.end]``.
        own: Its measure is a company's own.
        changes: The number tells a change, not a level.
        periods: The one time it is said for; () where it says none.
        bases: How it is meant: "line rate", "goal", …
        conditions: Other measures said with it: unit → (low, high).
        siblings: All numbers of its unit that the candidate states.
        contrasts: The candidate itself says that sources differ.
    """

    candidate: Candidate = field(repr=False)
    quantity: Amount
    metrics: frozenset[str]
    counted: frozenset[str]
    own: bool
    changes: bool
    periods: tuple[Quantity, ...]
    bases: frozenset[str]
    conditions: tuple[tuple[str, Decimal, Decimal], ...]
    siblings: tuple[Quantity, ...]
    subject: Subject
    source: Source
    contrasts: bool

    @property
    def language(self) -> Language:
        """Of the candidate."""
        return self.candidate.language


@lru_cache(maxsize=4096)
def read_statements(candidate: Candidate) -> tuple[Statement, ...]:
    """The statements of a candidate, left to right; numbers whose measure, thing or time is unclear are left out."""
    bounds = bind(candidate.body, candidate.header)
    source = read_source(candidate)
    found = (_statement(candidate, one, bounds, source) for one in bounds if _may_be_value(one, candidate))
    return tuple(one for one in found if one is not None)


def _may_be_value(one: Bound, candidate: Candidate) -> bool:
    if one.quantity.kind not in ("measure", "count") or is_about_source(one.head):
        return False
    return not (candidate.header and "|" in candidate.header and not one.head)  # what names a row is no value


def _statement(candidate: Candidate, one: Bound, bounds: Sequence[Bound], source: Source) -> Statement | None:
    quantity = _amount(candidate.body, one.quantity)
    if quantity is None:
        return None
    own = _with_own_words(one, bounds)
    if own is None:
        return None
    scope = _Scope(candidate, own, bounds)
    times = _times(scope)
    if times is None:
        return None
    metrics = scope.metrics(quantity.unit)
    counted = frozenset() if quantity.unit else _counted(candidate.body, quantity, one.head)
    if needs_word(quantity.unit) and not metrics and not counted:
        return None
    if not times and {"cagr", "growth"} & {id_ for id_, _ in metrics}:
        return None
    numbers = [each.quantity for each in bounds]
    return Statement(
        candidate=candidate,
        quantity=quantity,
        metrics=frozenset(id_ for id_, _ in metrics),
        counted=counted,
        own=any(own for _, own in metrics),
        changes=quantity.ratio is not None,
        periods=times,
        bases=frozenset(name for name, pattern in _BASES.items() if pattern.search(scope.sentence))
        | find_generations(scope.sentence)
        | ({"without"} if _WITHOUT.search(scope.local) else frozenset()),
        conditions=tuple((each.unit, each.low, each.high) for each in scope.beside if each.unit != quantity.unit),
        siblings=tuple(each for each in numbers if each.unit == quantity.unit and each.kind == quantity.kind),
        subject=scope.subject(quantity),
        source=source,
        contrasts=says_sources_differ(candidate.body),
    )


def _with_own_words(one: Bound, bounds: Sequence[Bound]) -> Bound | None:
    """A number with its stretch; where nothing parts it from the next, with what stands before, if it is the first."""
    number = one.quantity
    if one.head or (one.start, one.end) != (number.start, number.end) or len(bounds) == 1:
        return one
    first = all(each.quantity.start >= number.start for each in bounds if each.quantity.unit == number.unit)
    return replace(one, start=0) if first else None


_GENERATION = re.compile(
    r"\b(?:(first|1st|gen(?:eration)?[ -]?1)|(second|2nd|gen(?:eration)?[ -]?2)|(third|3rd|gen(?:eration)?[ -]?3)"
    r"|(fourth|4th|gen(?:eration)?[ -]?4))(?:[- ]generation)?(?<![a-z]st)(?<![0-9]nd)\b"
    r"|第?(?:([一1])|([二2])|([三3])|([四4]))(?:代|世代)",
    re.IGNORECASE,
)


def find_generations(text: str) -> frozenset[str]:
    """Which generations of a product a text speaks of: "third-generation", 第三代."""
    told = (match for match in _GENERATION.finditer(text) if re.search(r"gen|代", match[0], re.IGNORECASE))
    return frozenset(f"generation {((match.lastindex or 1) - 1) % 4 + 1}" for match in told)


_DIFFER = re.compile(
    r"\bone (?:source|text|report|blog)\b.{0,120}\banother\b|\belsewhere\b"
    r"|相差|[两兩三四2-4]种说法|[二三]説|の?説が分かれ|不同(?!版|的?产品|等级)(?=\s*(?:[（(。，]|$))",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def says_sources_differ(text: str) -> bool:
    """Whether a text itself says that what it gives differs by source: "30% in one source, 60% in another", 相差."""
    return bool(_DIFFER.search(text)) or says_contradiction(text)


def says_contradiction(text: str) -> bool:
    """Whether a text says so in so many words: "the two figures conflict", 互相矛盾."""
    return any(("agreement", -1) in cue.sides() for cue in find_cues(text))


def _amount(text: str, quantity: Quantity) -> Amount | None:
    """The number with what the words around it make of it; a cell's has no words around it."""
    same = (one for one in find_amounts(text) if (one.start, one.end) == (quantity.start, quantity.end))
    found = next(same, None)
    if found is None or found.order or found.kind in ("time", "label"):
        return None
    return Amount(
        quantity.start, quantity.end, quantity.text, quantity.low, quantity.high, quantity.bound, quantity.unit,
        quantity.kind, found.ratio,
    )  # fmt: skip


def _counted(text: str, quantity: Quantity, head: str) -> frozenset[str]:
    """What is counted: a term of the lexicon, or the stem of a plural."""
    if head:
        return frozenset() if find_metrics(head, "") else frozenset(f"of {one}" for one in terms(head))
    at = _CLASSIFIER.match(text, quantity.end)
    start = at.end() if at else quantity.end
    for mention in _mentions(text):
        if start <= mention.start <= start + 12 and not re.search(r"[,.;，。；|]", text[start : mention.start]):
            return frozenset({f"of {mention.term.id}"})
    noun = _COUNTED.match(text, quantity.end)
    han = re.match(rf"[{HAN}{KANA}]{{2,6}}", text[start:])
    words = noun["noun"] if noun else han[0] if han else ""
    if not words or find_metrics(words, ""):
        return frozenset()
    return frozenset(f"of {one}" for one in terms(words)[:1] if one not in light_words())


def _times(scope: "_Scope") -> tuple[Quantity, ...] | None:
    """The time a number is said for; None where several are named."""
    times = {(one.unit, one.low, one.high): one for one in scope.times}
    return None if len(times) > 1 else tuple(times.values())


# --- What a number's words are ----------------------------------------------------------------------------------------


@cache
def light_words() -> frozenset[str]:
    """Search terms that do not tell what a statement is about."""
    return frozenset(terms(_LIGHT)) | frozenset(_LIGHT.split())


@lru_cache(maxsize=2048)
def _mentions(text: str) -> tuple[Mention, ...]:
    return tuple(load_lexicon().find(text))


class _Scope:
    """The words that belong to a number: its own stretch, and what it takes over from before."""

    def __init__(self, candidate: Candidate, one: Bound, bounds: Sequence[Bound]) -> None:
        self.candidate, self.one = candidate, one
        self.text = candidate.body
        self.row = bool(one.head)
        rivals = [each for each in bounds if each.quantity.unit == one.quantity.unit and each is not one]
        self._before = [(each.start, each.end) for each in rivals if each.quantity.end <= one.quantity.start][::-1]
        self._after = [(each.start, each.end) for each in rivals if each.quantity.start >= one.quantity.end]
        if self.row:
            self.stretches = [(one.start, one.end)]
            self.lead = " ".join([candidate.header.split("|")[0], *_plain_cells(candidate), one.head])
        else:
            self.stretches = [(one.start, one.end), *self._before]
            self.lead = ""
        self.local = self.lead + " " + self.text[one.start : one.end]
        self.sentence = self.lead or self.text
        self.issuing = [(start, end) for _, start, end in find_issuers(self.text)]
        self.amounts = find_amounts(self.text)

    def first(self, found: Iterable[tuple[int, int]], after: bool = False) -> list[tuple[int, int]]:
        """Those of some spans in the number's own stretch, else in the nearest before, or ``after``, that has any."""
        spans = list(found)
        for start, end in (*self.stretches, *(self._after if after and not self.row else ())):
            here = [span for span in spans if start <= span[0] < end]
            if here:
                return here
        return []

    @property
    def times(self) -> list[Quantity]:
        """The times said for the number, not of its publication."""
        times = {(one.start, one.end): one for one in self.amounts if one.kind == "time"}
        spans = self.first(span for span, one in times.items() if not is_issue_time(self.text, one))
        own: list[Quantity] = [times[span] for span in spans]
        if not own and self.row:
            own = [one for one in find_amounts(self.lead) if one.kind == "time"]
        return own

    @property
    def beside(self) -> list[Quantity]:
        """The other measures of the number's stretch and, in a row, of what names it."""
        start, end = self.one.start, self.one.end
        here: list[Quantity] = [one for one in self.amounts if start <= one.start < end]
        here += find_amounts(self.lead)
        return [
            one
            for one in here
            if one.unit and one.kind in ("measure", "label") and one.start != self.one.quantity.start
        ]

    def metrics(self, unit: str) -> list[tuple[str, bool]]:
        """(id, own) of what the number measures: by its stretch, else by the head, else by what stands before."""
        found = {(one.start, one.end): one for one in find_metrics(self.text, unit)} if not self.row else {}
        near = [found[span] for span in self.first(found)]
        if near:
            return [(one.id, one.own) for one in near]
        above = (self.one.head, self.lead, *self.candidate.section[-1:], self.candidate.title) if self.row else ()
        for text in above:
            told = find_metrics(text, unit)
            if told:
                return [(one.id, one.own) for one in told]
        return []

    def subject(self, quantity: Quantity) -> Subject:
        """What the number is said of."""
        mentions = _mentions(self.text)
        above = "\n".join([*self.candidate.section[-1:], self.lead])
        metric = [(one.start, one.end) for one in find_metrics(self.text, quantity.unit)]
        named = {
            (one.start, one.end): one.term
            for one in mentions
            if one.term.category not in MEASURES and not _within((one.start, one.end), metric)
        }
        owners = self._owners(named, above)
        spans = self.first((span for span, term in named.items() if term.kind == "term"), after=True)
        inside = {named[span].id for span in spans if _INCLUDED.search(self.text[max(0, span[0] - 40) : span[0]])}
        if self.row:
            inside, topics = set(), self._terms_of_row(quantity.unit)
        else:
            topics = {named[span].id for span in spans}
        names = self._names()
        heads = {name for name, start, _ in names if self._mine(start)} or {name for name, _, _ in names}
        shown = f"{self.text}\n{above}\n{self.candidate.header}".casefold()
        return Subject(
            owners=owners,
            heads=frozenset(heads),
            terms=frozenset(topics - inside),
            included=frozenset(inside),
            rates=self._rates() if quantity.unit != "Gb/s" else frozenset(),
            words=self._words(mentions, metric),
            tokens=frozenset(_TOKEN.findall(shown)),
        )

    def _owners(self, named: Mapping[tuple[int, int], Term], above: str) -> frozenset[str]:
        """The companies and countries a number is said of; those it stands under where there are none."""
        known = {span: term for span, term in named.items() if term.kind != "term"}
        before = [] if self.row else [span for span in known if span[0] < self.one.quantity.start]
        own = frozenset(known[span].id for span in self.first(known, after=True) or before)
        if self.row:
            own |= frozenset(one.term.id for one in _mentions(self.lead) if one.term.kind != "term")
        return own or frozenset(one.term.id for one in _mentions(above) if one.term.kind != "term")

    def _terms_of_row(self, unit: str) -> set[str]:
        metric = [(one.start, one.end) for one in find_metrics(self.lead, unit)]
        return {
            one.term.id
            for one in _mentions(self.lead)
            if one.term.kind == "term"
            and one.term.category not in MEASURES
            and not _within((one.start, one.end), metric)
        }

    def _rates(self) -> frozenset[Decimal]:
        """The data rates beside the number or before it; those after it where there is none."""
        beside = {one.low for one in self.beside if one.unit == "Gb/s"}
        if self.row:
            return frozenset(beside)
        rates = [one for one in self.amounts if one.unit == "Gb/s"]
        before = {one.low for one in rates if self._mine(one.start)}
        return frozenset(beside | before or {one.low for one in rates})

    def _mine(self, at: int) -> bool:
        """Whether a place is in the number's stretch, or before it and in no other number's."""
        if self.one.start <= at < self.one.end:
            return True
        return at < self.one.start and not any(start <= at < end for start, end in self._before[:-1] or ())

    def _names(self) -> list[tuple[str, int, int]]:
        """(name, start, end) of the names that the lexicon has not, each by its last word."""
        text = "\n".join(_plain_cells(self.candidate)) if self.row else self.text
        taken = [(one.start, one.end) for one in _mentions(text)]
        taken += [(one.start, one.end) for one in find_amounts(text) if one.kind in ("time", "measure")]
        taken += self.issuing if not self.row else []
        found = []
        for match in _COMPOUND.finditer(text):
            parts = [
                each
                for each in _PART.finditer(match[0])
                if not _within((each.start() + match.start(), each.end() + match.start()), taken)
            ]
            if not parts or (
                not self.row and match.start() == 0 and parts[-1].start() == 0 and parts[-1][0].casefold() in OPENERS
            ):
                continue
            name = parts[-1][0].casefold()
            if find_metrics(name, "") or find_metrics(name, self.one.quantity.unit):
                continue
            found.append((name, self.one.start if self.row else match.start(), match.end()))
        return found

    def _words(self, mentions: Sequence[Mention], metric: Sequence[tuple[int, int]]) -> frozenset[str]:
        if self.row:
            lead = " ".join([*_plain_cells(self.candidate), _UNIT_OF_HEAD.sub(" ", self.one.head)])
            mentions, amounts, issuing = _mentions(lead), find_amounts(lead), []
            metric = [(one.start, one.end) for one in find_metrics(lead, self.one.quantity.unit)]
        else:
            amounts, issuing = self.amounts, self.issuing
        rest = list(lead if self.row else self.text)
        spans = [(one.start, one.end) for one in mentions] + [(one.start, one.end) for one in amounts]
        for start, end in (*spans, *metric, *issuing):
            rest[start:end] = " " * (end - start)
        return frozenset(terms("".join(rest if self.row else rest[: self.one.end]))) - light_words()


def _plain_cells(candidate: Candidate) -> list[str]:
    """The cells of a row that say in words what it is about."""
    cells = row_cells(candidate.header, candidate.body)
    told = [cell for head, cell in cells if not is_about_source(head)]
    return [
        cell
        for at, cell in enumerate(told)
        if not at or not any(one.kind in ("measure", "count") for one in find_amounts(cell))
    ]


def _within(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)
