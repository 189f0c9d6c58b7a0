"""What a question asks to be calculated: the results it names, by their words and their units."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from agent.calculator.formula import ANY, MONEY, Formula
from agent.calculator.registry import formulas
from agent.calculator.routing.concepts import is_unknown, spoken_of
from agent.calculator.routing.figures import Figure, Reading
from agent.calculator.routing.flows import PAIRS, feeders
from agent.calculator.routing.words import nearness, positions
from agent.calculator.units import convertible
from corpus.units import CURRENCIES, compound_unit_at

Wanted = tuple[str, str]
"""A formula's id and the name of one of its outputs."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for.

    Attributes:
        wanted: Each result that may be meant, with how strongly the words say so.
        named: The formulas that words of their own speak of, and not the unit of the result alone.
        start, end: The part of the question that asks.
        ordered: It is plainly ordered ("calculate …", "计算…").
        sure: It asks by a word of its own; otherwise it is only named beside something that does.
        vague: The formulas that only the meaning of the words speaks for.
        named_here: A formula is named in that very part.
    """

    wanted: Mapping[Wanted, float]
    named: frozenset[str]
    start: int
    end: int
    ordered: bool
    sure: bool
    vague: frozenset[str] = frozenset()
    named_here: bool = False


# --- Questions that no calculation answers ----------------------------------------------------------------------------

_LOOKUP = re.compile(
    r"(?:^|[.?!,;:]\s|\band )\s*(?:in |by |for |and |from |on )?(?:which|who|whose|when (?:did|does|do|will|is|was|are)"
    r"(?! (?:it|this|that|the [a-z]+) (?:pay|break|double))|"
    r"where (?:did|does|do|is|was|are|can)|why|how (?:do|does|did|can|could|should|would|come|to))(?![a-z])"
    r"|\b(?:what does (?:it|this|that)|what do (?:they|these)) mean\b|\bwhat (?:is|are|was) meant\b"
    r"|\b(?:did|does|do|has|have)\b[^.?!]{1,60}\b(?:say|said|claim|claimed|report|reported|announce|announced|state|"
    r"stated|mention|mentioned|forecast|expect|expected|predict|predicted|quote|quoted|cite|disclose|disclosed)\b"
    r"|哪[些家个位种款里]|谁|为什么|为何|何时|什么时候|是什么|什么意思|什么是|提到|指出|声称|怎么说|披露|認為|认为|どこ|なぜ|いつ|誰|どの"
)
_ORDER = re.compile(
    r"(?<![a-z])(?:calculate|compute|count(?= the | up )|convert|translate|"
    r"turn(?= [0-9])|add up(?= (?:the|these|all|this))|sum up|"
    r"check(?= (?:this|the|whether))|express|derive|evaluate|"
    r"quantify|obtain|predict|state(?= (?:its|the))|project(?= (?:its|the))|work out|determine|estimate|"
    r"figure out)(?![a-z])"
    r"|(?:请|帮我|帮忙|^|[，。,;；]\s?)(?:计算|估算|测算|核算)|(?:估算|测算|核算|计算)(?=[^0-9，,。;；?？]{2,20}(?:[。.]|$))|汇总|换算|算一下|算出|算算|计算一下"
    r"|(?<![需要请追谋按来])求(?![购职助])|計算し|求め|換算"
)
_HEAD = re.compile(
    r"(?<![a-z])(?:how (?:many|much|long|large|big|high|far|hot|wide|fast|small|tall|strong|often|few|concentrated)|"
    r"what|what's|give|find|please|tell me|show me|is it|does (?:the|it|this)|will (?:the|it)|can (?:the|it))(?![a-z])"
    r"|多少|几(?![乎何])|多大|多高|多长|多久|多远|多宽|多小|多快|等于什么|能否|是否|[吗么][?？]?$"
    r"|いくら|いくつ|どのくらい|どれくらい|何(?=[wWm%個本年倍ワキミ度])"
    r"|" + _ORDER.pattern
)
_COUNTING = re.compile(
    r"how many |how few |(?:多少|几)(?=[个根颗条台片块层路套名件次家座张端模光激通备](?P<end>[?？。呢]|$)?)"
    r"|(?:いくつ|何(?=[個本台]))"
)

_COUNTS_THEM = re.compile(
    r"how many(?: of them| of those| of these)?(?: (?:are|is|will be))?"
    r"(?: (?:needed|required|there|in total|altogether))?"
    r"(?: (?:do|does|will|would) (?:we|i|it|one|you|that|this) (?:need|take|require|use|have))?\s?(?:[?.]|$)"
    r"|(?:共|总共|一共|合计|需要?|要)(?:用|配|装)?(?:多少|几)[个根颗条台片块只支套](?:呢)?\s?[?？。]?$"
)


def find_asks(reading: Reading) -> list[Ask]:
    """What is asked for, one by one; empty where nothing is, or where no calculation would answer."""
    hits = _hits(reading)
    if any(not _names_result(reading, hits, match) for match in _LOOKUP.finditer(reading.low)):
        return []
    asks: list[Ask] = []
    for start, end in _sentences(reading):
        chunks = [(a, b) for a, b in _chunks(reading.low, start, end)]
        heads = [bool(_HEAD.search(reading.low, a, b)) for a, b in chunks]
        if not any(heads):
            if not _may_ask(reading, start, end):
                continue
            loudest = max(chunks, key=lambda chunk: _loudness(reading, hits, chunk, chunk in (chunks[0], chunks[-1])))
            heads = [chunk == loudest for chunk in chunks]
        found = [_ask(reading, hits, chunk, head) for chunk, head in zip(chunks, heads, strict=True)]
        counts = (head and not ask.wanted and _COUNTING.search(reading.low, *chunk)
                  for head, ask, chunk in zip(heads, found, chunks, strict=True))  # fmt: skip
        if any(counts):  # it counts something that no formula counts, unless that is named before
            them = _ask(reading, hits, (0, end), head=False)
            if not _COUNTS_THEM.search(reading.low, start, end) or not them.wanted or asks:
                return []
            asks.append(replace(them, sure=True))
            continue
        if any(ask.sure and ask.wanted for ask in found):
            asks += [
                ask
                for ask, beside in zip(found, _named_beside(reading, found, chunks), strict=True)
                if ask.wanted and beside
            ]
        elif not any(
            head and is_unknown(_asking_words(reading, chunk)) for head, chunk in zip(heads, chunks, strict=True)
        ):
            asks.append(_ask(reading, hits, (start, end), head=True))
    return _in_common(asks, reading) if asks and all(ask.wanted for ask in asks) else []


def _in_common(asks: list[Ask], reading: Reading) -> list[Ask]:
    """Asks of one sentence, where "how many watts and what percentage do we save" is of one thing."""
    found = list(asks)
    for n in range(len(asks) - 1):
        one, other = asks[n], asks[n + 1]
        backwards = not other.named and bool(one.named)
        if backwards:
            one, other = other, one
        together = reading.sentence(one.start) == reading.sentence(other.start)
        joined = _AND.match(reading.low, asks[n + 1].start)
        if one.named or not (joined and together) or _has_numbers(reading, (one.start, one.end)):
            continue
        strongest = max(other.wanted.values())
        shared = {
            formula for (formula, _), weight in other.wanted.items()
            if formula in other.named and weight >= _SHARED * strongest
        }  # fmt: skip
        wanted = {each: weight + _CONTEXT * (each[0] in shared) for each, weight in one.wanted.items()}
        found[n + backwards] = replace(one, wanted=wanted, named=one.named | shared)
    return found


_SHARED = 0.8


def _has_numbers(reading: Reading, chunk: tuple[int, int]) -> bool:
    return any(chunk[0] <= figure.start < chunk[1] for figure in reading.figures)


def _named_beside(reading: Reading, found: list[Ask], chunks: list[tuple[int, int]]) -> list[bool]:
    """Which parts of a sentence ask: those with a word of asking, and what is named beside them ("X and Y是多少")."""
    asking = [bool(ask.sure and ask.wanted) for ask in found]
    names = {phrase for phrase, _ in _phrases()}
    bare = [not any(start <= figure.start < end for figure in reading.figures) for start, end in chunks]
    for n in range(1, len(found)):
        again = _best(found[n]) and _best(found[n]) == _best(found[n - 1]) and _AND.match(reading.low, chunks[n][0])
        told = _AND.match(reading.low, chunks[n][0]) and found[n].named_here and n == len(found) - 1
        asking[n] = asking[n] or (asking[n - 1] and bool(again or told or _opens(reading, chunks[n])))
    for n in range(len(found) - 2, -1, -1):
        words = reading.low[slice(*chunks[n])]
        beside = bool(_HAN_ONLY.search(words)) or _is_a_name(words, names)
        asking[n] = asking[n] or (asking[n + 1] and bare[n] and bool(found[n].wanted) and beside)
    return asking


def _is_a_name(words: str, names: set[str]) -> bool:
    """Whether a part of a sentence only names a result: "the BER", "FIT per unit"."""
    said = _ARTICLES.sub("", words.strip(" ,:;"))
    return said in names or (
        len(said.split()) <= _MOST_WORDS and any(said.startswith(f"{name} ") for name in names if len(name) > 1)
    )


_ARTICLES = re.compile(r"^(?:(?:the|its|total|annual|yearly)\s)+")
_MOST_WORDS = 4


def _best(ask: Ask) -> str:
    return max(ask.wanted, key=lambda wanted: ask.wanted[wanted])[0] if ask.wanted else ""


_HAN_ONLY = re.compile(r"[一-龥]")
_AND = re.compile(r"\s*(?:,|and|plus|also|as well as|along with|和|及|以及|与|并|、|，)")


def _opens(reading: Reading, chunk: tuple[int, int]) -> bool:
    """Whether a part goes on with another result before it gives any number ("… and the cost at 0.08 USD/kWh")."""
    numbers = [figure.start for figure in reading.figures if chunk[0] <= figure.start < chunk[1]]
    named = reading.low[chunk[0] : min(numbers, default=chunk[1])]
    return bool(_AND.match(named)) and len(named.strip()) > 6


def rank(reading: Reading) -> dict[str, float]:
    """Formula → how much a question's words speak of it, for those that are spoken of at all."""
    scores: dict[str, float] = {}
    best: dict[tuple[str, str], float] = {}
    for hit in _hits(reading):
        key = (hit.formula, hit.kind)
        best[key] = max(best.get(key, 0.0), hit.weight)
    for (formula, _), weight in best.items():
        scores[formula] = scores.get(formula, 0.0) + weight
    meant: dict[str, float] = {}
    for (formula, _), weight in spoken_of(_asking_words(reading, (0, len(reading.low)))).items():
        meant[formula] = max(meant.get(formula, 0.0), weight)
    for formula, weight in meant.items():
        scores[formula] = scores.get(formula, 0.0) + weight
    return scores


# --- Sentences and their parts ----------------------------------------------------------------------------------------

_END = re.compile(r"[?!。？！;；\n]|\.(?![0-9a-z])")
_PART = re.compile(
    r"[,，、:：()（）]|(?<!before )\band\b(?: also\b)?(?! after\b)|"
    r"\b(?:then|plus|also|as well as|along with)\b|以及|并且|还有(?!多|几)|同时|[和及与并再且]"
)


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    start = 0
    inside = [(figure.start, figure.end) for figure in reading.figures]
    for mark in _END.finditer(reading.low):
        if any(a < mark.start() < b for a, b in inside):
            continue
        if reading.low[start : mark.end()].strip():
            yield start, mark.end()
        start = mark.end()
    if reading.low[start:].strip():
        yield start, len(reading.low)


_UNIT_IN_BRACKETS = re.compile(r"[(（]\s?[a-zμ°%][a-zμ°/%·]{0,9}\s?[)）]")


def _chunks(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    units = [match.span() for match in _UNIT_IN_BRACKETS.finditer(low, start, end)]
    for mark in _PART.finditer(low, start, end):
        if any(a <= mark.start() < b for a, b in units):
            continue
        if low[mark.start() - 1 : mark.start()].isdigit() and low[mark.end() : mark.end() + 1].isdigit():
            continue
        if low[at : mark.start()].strip(" ,，、:：()（）"):
            yield at, mark.start()
        at = mark.start()
    yield at, end


def _may_ask(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence without a word of asking asks: it ends in a question mark, or is no sentence and alone."""
    sentence = reading.low[start:end].rstrip()
    if sentence.endswith(("?", "？")):
        return True
    return end - start >= len(reading.low.strip()) - 1 and not sentence.endswith((".", "。", "!", "！"))


# --- Words and units that ask -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place where a question speaks of a formula: by a name of it, by words for its result, or by its unit."""

    start: int
    end: int
    formula: str
    output: str
    kind: str
    weight: float


def _hits(reading: Reading) -> list[_Hit]:
    shares = ((hit, _share_asked(reading, hit)) for hit in _named(reading.low))
    named = [replace(hit, weight=hit.weight * share) for hit, share in shares if share]
    return [*_longest(named), *_by_unit(reading)]


@cache
def _phrases() -> tuple[tuple[str, tuple[tuple[str, str, str, float], ...]], ...]:
    """Phrase → (formula, output, kind, weight) of all that it may mean."""
    table: dict[str, list[tuple[str, str, str, float]]] = {}
    for known in formulas():
        names = (known.id, known.id.replace("_", " "), known.name.en, known.name.zh, *known.aliases)
        for name in dict.fromkeys(each.lower() for each in names):
            unit = compound_unit_at(name, 0)
            meant = ("unit", 3.0) if unit and unit[2] == len(name) else ("alias", 3 + _weight(name))
            table.setdefault(name, []).append((known.id, "", *meant))
        for output in known.outputs:
            words = output.cues or (output.meaning.en, output.meaning.zh)
            for cue in dict.fromkeys(each.lower() for each in words if not _asks_anything(each)):
                table.setdefault(cue, []).append((known.id, output.name, "cue", 2 + _weight(cue)))
    return tuple((phrase, tuple(meant)) for phrase, meant in table.items())


def _asks_anything(cue: str) -> bool:
    """Whether a cue only asks ("how long", "几倍") or is a unit: what the unit asked for says already."""
    unit, low = compound_unit_at(cue, 0), cue.lower()
    asks = _HEAD.fullmatch(low) or any(pattern.fullmatch(low) for _, pattern in _SPECIAL)
    return bool(asks or (unit and unit[2] == len(cue)))


def _weight(phrase: str) -> float:
    """Longer phrases say more; a Han character says about as much as three letters."""
    return min(2.5, (len(phrase) + 2 * sum(not c.isascii() for c in phrase)) / 8)


def _named(low: str) -> Iterator[_Hit]:
    for phrase, meant in _phrases():
        if phrase in low:
            for at in positions(low, phrase):
                for formula, output, kind, weight in meant:
                    yield _Hit(at, at + len(phrase), formula, output, kind, weight)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Those that do not lie inside a longer name of a formula; what is both a name and a cue counts once."""
    names = {(hit.start, hit.end) for hit in hits if hit.kind == "alias"}
    own = {(hit.start, hit.end, hit.formula) for hit in hits if hit.kind == "alias"}
    return [
        hit for hit in hits
        if not any(start <= hit.start and hit.end <= end and end - start > hit.end - hit.start for start, end in names)
        and not (hit.kind == "cue" and (hit.start, hit.end, hit.formula) in own)
    ]  # fmt: skip


_GIVEN_AFTER = re.compile(
    r"s?(?:[\s:：=(（]|\b(?:is|are|was|of|at|by|about|around|equals|only)\b|为|是|约|达|均|分别|都|各)*$"
)
_GIVEN_BEFORE = re.compile(r"(?:[\s\-)）的]|\b(?:of|in)\b)*$")


def _share_asked(reading: Reading, hit: _Hit) -> float:
    """0 where the words name a number that is given ("a loss of 3 dB"), less than 1 where they may ("3 dB loss")."""
    if _HEAD.match(reading.low, hit.start):
        return 1.0
    units = _units_of(hit.formula, hit.output)
    share = 1.0
    for figure in reading.figures:
        if figure.end <= figure.start:
            continue
        if figure.start <= hit.start and hit.end <= figure.end:
            return 0.0  # "960 FIT" asks for no FIT
        if not any(_same_kind(figure.unit, unit) for unit in units):
            continue
        if hit.end <= figure.start and _GIVEN_AFTER.fullmatch(reading.low[hit.end : figure.start]):
            return 0.0
        if figure.end <= hit.start and _GIVEN_BEFORE.fullmatch(reading.low[figure.end : hit.start]):
            share = 0.5 if figure.unit else 0.0
    return share


@cache
def _units_of(formula: str, output: str) -> tuple[str, ...]:
    known = next(one for one in formulas() if one.id == formula)
    return tuple(one.unit for one in known.outputs if output in ("", one.name))


def _same_kind(given: str, unit: str) -> bool:
    if MONEY in unit:
        return given in CURRENCIES or not given
    if unit == ANY:
        return False
    return bool(given) == bool(unit) and convertible(given, unit)


_UNIT_AFTER = re.compile(
    r"(?:(?<![a-z])(?:how many|how much|what|give|find|in|into|to|as|total|annual|yearly)\s(?:an? |the )?|"
    r"[:：,，—–]\s?|\s-\s|"
    r"[.?!]\s|多少|几|何|[成为合到]|等于多少|等于)\s?"
)
_LOOSE = re.compile(
    r"(?:in|into|to|as|what|total|annual|yearly)\s(?:an? |the )?$|[:：,，—–]\s?$|\s-\s$|[.?!]\s$|[成为合到]$|等于$"
)
_CLOSED = re.compile(
    r"\s*(?:$|[?？。.,，;；)）!、]|(?:and|of|per|a|each|for|if|when|at|with|assuming|rounded|is|are|does|do|will|would|to)\b|"
    r"[和及与并呢是的请保，でかのはにを])"
)
_SPECIAL: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("%", re.compile(r"what (?:percent|share|proportion|fraction)|percentage|in percent|how many percent|百分之[多几]|"
                     r"百分比|多少个?百分点|多大比例|比例是多少|几成|何%|何パーセント")),
    ("x", re.compile(r"how many times|(?:what|which) (?:factor|ratio|multiple)|how many fold|多少倍|几倍|倍数|何倍")),
    (MONEY, re.compile(r"多少钱|多少元|多少万元|多少美元|多少美金|多少人民币|多少块钱|いくら|how many (?:us )?dollars|"
                       r"how much money|(?:how much|what) (?:does|do|will|would)[^?]{1,60}\bcosts?\b(?! [0-9])")),
    ("years", re.compile(r"how many years|多少年|几年|何年")),
    ("s", re.compile(r"how long|how soon|多久|多长时间|どのくらいの時間")),  # no result is in s: any time will do
)  # fmt: skip
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("W", re.compile(r"(?<![0-9] )(?<!per )\b(?:kilo|mega)?watts\b|"
                     r"(?:how much|what(?: is| are| would be|'s)?)(?: the| its)?(?: [a-z-]+){0,4} power(?! us)|"
                     r"what (?:would|will|does|do)[^?]{1,60}\b(?:draw|consume|burn|dissipate)\b|"
                     r"\bpower of (?:the|this|these|all|our)\b|"
                     r"power (?:consumption|draw|use)(?! eff)|功耗|功率|耗电功率|消費電力")),
    ("MWh", re.compile(r"how much (?:energy|electricity)|energy (?:use|consumption)|耗电|用电|电量|多少电|消費電力量")),
    ("pJ/bit", re.compile(r"energy per bit|energy efficiency|每比特|单比特|能效")),
    ("dB", re.compile(r"(?:what|how much)(?: [a-z-]+){0,6} (?:loss|attenuation|penalty)|"
                     r"\btotal loss\b|损耗|衰减|代价")),
    ("°C", re.compile(r"how hot|temperature|温度|结温")),
    ("ns", re.compile(r"latency|delay|时延|延迟")),
    (MONEY, re.compile(r"costs?(?! [0-9$€£¥])|price|费用|成本|花费|钱")),
)  # fmt: skip


def _by_unit(reading: Reading) -> Iterator[_Hit]:
    for match in _UNIT_AFTER.finditer(reading.low):
        found = compound_unit_at(reading.text, match.end())
        if found is None or (_LOOSE.search(match[0]) and not _CLOSED.match(reading.low, found[2])):
            continue
        if reading.text[found[2] : found[2] + 1].isascii() and reading.text[found[2] : found[2] + 1].isalnum():
            continue
        start = match.start() if match[0][0].isalnum() else match.end()
        yield from _in_unit(start, found[2], found[0], found[1])
    for unit, pattern in _SPECIAL:
        for match in pattern.finditer(reading.low):
            yield from _in_unit(match.start(), match.end(), None, unit)
    for unit, pattern in _SUBJECTS:
        for match in pattern.finditer(reading.low):
            for hit in _in_unit(match.start(), match.end(), None, unit):
                yield _Hit(hit.start, hit.end, hit.formula, hit.output, "subject", 2.0)


def _in_unit(start: int, end: int, factor: Decimal | None, unit: str) -> Iterator[_Hit]:
    for formula, output, own in _outputs():
        if weight := _meets(factor, unit, own):
            yield _Hit(start, end, formula, output, "unit", weight)


@cache
def _outputs() -> tuple[tuple[str, str, str], ...]:
    return tuple((known.id, output.name, output.unit) for known in formulas() for output in known.outputs)


_MILLIWATTS = ("mW", "μW")
_RATIOS = frozenset(("%", "x", "dB", "dBm"))


@cache
def _meets(factor: Decimal | None, unit: str, own: str) -> float:
    """How well an asked unit meets a result's: 3 when it is the very one, less when it can be converted, 0 when not.

    Args:
        factor: How large the asked unit is; None where only the kind of result is named.
    """
    if not own:
        return 0.0
    if own == ANY:
        return 1.0 if factor is not None and unit not in _RATIOS else 0.0
    if MONEY in own or unit == MONEY:
        return 3.0 if own == MONEY and (unit == MONEY or unit in CURRENCIES) else 0.0
    if not convertible(unit, own) or any((one == unit) != (one == own) for one in ("%", "x")):
        return 0.0
    if factor is None:  # "power" alone is electrical, "how long" may be any time
        return 0.0 if own in _MILLIWATTS else 3.0 if unit == own else 2.0
    if (compound_unit_at(own, 0) or ())[:2] == (factor, unit):
        return 3.0
    return 1.0 if unit == "W" and (own in _MILLIWATTS) != (factor < Decimal("0.01")) else 2.0


# --- Asks -------------------------------------------------------------------------------------------------------------

_BARE = 2.0
_BESIDE_NAMES = 0.6
_OUTSPOKEN = 3.0
_YES_NO = re.compile(r"[^a-z]*(?:is|are|was|were|does|do|did|will|would|should|has|have)\b")
_NEAR = 34  # characters after "how many" within which the things counted are named
_CONTEXT = 1.5  # of a formula's name elsewhere in the question
_BY_HOW_MUCH = re.compile(r"\bby (?:how (?:many|much)|what)\b")
_SISTER = 0.8  # of words for another result of the same formula: "what percentage is saved"


def _ask(reading: Reading, hits: list[_Hit], chunk: tuple[int, int], head: bool) -> Ask:
    """What one part of a sentence asks for."""
    start, end = chunk
    inside = [hit for hit in hits if start <= hit.start < end]
    counting = _COUNTING.search(reading.low, start, end) if head else None
    counted = {hit.formula for hit in inside if counting and _names_counted(hit, counting)}
    best: dict[tuple[str, str, str], float] = {}
    cued: dict[str, float] = {}
    for hit in inside:
        if counting and hit.formula not in counted:
            continue
        for output in (hit.output,) if hit.output else _names_of(hit.formula):
            key = (hit.formula, output, hit.kind)
            best[key] = max(best.get(key, 0.0), hit.weight)
        if hit.kind == "cue":
            cued[hit.formula] = max(cued.get(hit.formula, 0.0), hit.weight)
    if head and not counting and not _YES_NO.match(reading.low, start):
        _add_concepts(best, spoken_of(_asking_words(reading, chunk)))
    vague = {(formula, output) for formula, output, _ in best} - {key[:2] for key in best if key[2] != "concept"}
    called = {hit.formula for hit in inside if hit.kind == "alias"}
    around = {hit.formula for hit in hits if hit.kind == "alias"} - called
    named = {hit.formula for hit in inside if hit.kind == "cue"} | called | around
    wanted: dict[Wanted, float] = {}
    for (formula, output, kind), weight in best.items():
        if kind == "unit" and (formula, output, "cue") not in best:
            weight += _SISTER * cued.get(formula, 0.0)
        wanted[formula, output] = wanted.get((formula, output), _CONTEXT * (formula in around)) + weight
    if _BY_HOW_MUCH.search(reading.low, start, end) and any(formula in PAIRS for formula, _ in wanted):
        levels = {source for pair, (old, _) in PAIRS.items() for source, _ in feeders(pair, old)}
        wanted = {each: weight for each, weight in wanted.items() if each[0] not in levels}
    ordered = bool(_ORDER.search(reading.low))
    return Ask(
        wanted,
        frozenset(named),
        start,
        end,
        ordered,
        head,
        frozenset(formula for formula, _ in vague),
        bool(called or cued),
    )


def _add_concepts(best: dict[tuple[str, str, str], float], spoken: Mapping[Wanted, float]) -> None:
    """Results known by what their words mean: all where no formula is named, else those that something speaks for."""
    named = {formula for formula, _, kind in best if kind in ("alias", "cue")}
    known = {key[:2] for key in best}
    for wanted, weight in spoken.items():
        if not named:
            best[*wanted, "concept"] = weight
        elif wanted[0] not in named and (wanted in known or weight >= _OUTSPOKEN):
            best[*wanted, "concept"] = weight * _BESIDE_NAMES


def _loudness(reading: Reading, hits: list[_Hit], chunk: tuple[int, int], at_end: bool) -> float:
    """How much a part speaks of a result; a first or last one that gives no number is likelier the part that asks."""
    loudest = max(_ask(reading, hits, chunk, head=True).wanted.values(), default=0.0)
    return loudest + (_BARE if loudest and at_end and not _has_numbers(reading, chunk) else 0.0)


def _asking_words(reading: Reading, chunk: tuple[int, int]) -> str:
    """The words of a part of a sentence without its numbers."""
    start, end = chunk
    words = list(reading.low[start:end])
    spans = [(figure.start, figure.end) for figure in reading.figures]
    spans += [match.span() for _, kind in _SPECIAL for match in kind.finditer(reading.low, start, end)]
    for first, last in spans:
        for at in range(max(first, start), min(last, end)):
            words[at - start] = " "
    return "".join(words)


def _names_result(reading: Reading, hits: list[_Hit], which: re.Match[str]) -> bool:
    """Whether "which" asks for a number: "which Q factor gives …", "which laser power is needed"."""
    gap = re.compile(r"\s(?:(?:minimum|maximum|total|overall|net) )?(?:[a-z-]+ )?")
    return which[0].strip(" .?!,;").endswith("which") and any(
        (hit.kind == "alias" or (hit.kind == "cue" and " " in reading.low[hit.start : hit.end]))
        and hit.start >= which.end()
        and gap.fullmatch(reading.low, which.end(), hit.start)
        for hit in hits
    )


_FILLERS = re.compile(r"(?:'s|\s|\b(?:is|are|was|would|will|be|the|an?|its|each)\b)*")
_OF_IT = re.compile(
    r"(?: (?:temperature|power|rate|value|level|length|area|count))?"
    r"\s*(?:of\b|for\b|is\b|per\b|needed|required|[?？.]|$)"
)
_NAMED = 2.0


def _names(figure: Figure, cue: str) -> bool:
    """Whether a word stands beside a number as its name."""
    loose = (figure.loose_before, figure.loose_after)
    return nearness(figure.before, figure.after, loose, (cue,), ()) >= _NAMED


_BARE_HOW_MUCH = re.compile(r"多少[\s?？。]*")
_BEFORE_HOW_MUCH = re.compile(r"(?:应该?|大约|大概|各|分别|\s)*[是为](?:大约|大概|\s)*$")


def asks_input(reading: Reading, ask: Ask, formula: Formula) -> bool:
    """Whether what is asked is an argument of the formula, and no result of it: "… 19.4%; what is the unit yield?"."""
    part = reading.low[ask.start : ask.end]
    results = {alias.lower() for alias in formula.aliases} | {cue.lower() for o in formula.outputs for cue in o.cues}
    taken = [(at, at + len(word)) for word in results if word in part for at in positions(part, word)]
    numbers = [(figure.start - ask.start, figure.end - ask.start) for figure in reading.figures]
    return any(
        _is_what_is_asked(part, at, at + len(cue))
        and not any(a < at + len(cue) and at < b and b - a >= len(cue) for a, b in taken)
        and not any(a < at + len(cue) and at < b for a, b in numbers)
        for parameter in formula.parameters for cue in parameter.cues
        if cue.lower() in part and not any(_names(f, cue) for f in reading.figures)
        for at in positions(part, cue.lower())
    )  # fmt: skip


def _is_what_is_asked(part: str, start: int, end: int) -> bool:
    head = _HEAD.search(part)
    if head is None:
        return False
    if head[0].isascii():
        between = part[head.end() : start]
        return head.end() <= start and bool(_FILLERS.fullmatch(between) and _OF_IT.match(part, end))
    return (end <= head.start() and bool(_BEFORE_HOW_MUCH.fullmatch(part[end : head.start()]))) or (
        end == head.start() and _BARE_HOW_MUCH.fullmatch(part, end) is not None
    )


def _names_counted(hit: _Hit, counting: re.Match[str]) -> bool:
    """Whether the words stand where the things counted are named: after "how many", or before a last "几个"."""
    if hit.kind == "subject":
        return False
    after = counting.start() <= hit.start <= counting.end() + _NEAR
    return after or hit.start <= counting.start() <= hit.end or counting["end"] is not None


@cache
def _names_of(formula: str) -> tuple[str, ...]:
    return tuple(output for known, output, _ in _outputs() if known == formula)
