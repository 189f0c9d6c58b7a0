"""Other ways to read a question's numbers, for when the plain one settles nothing: ranges apart, products, spares."""

import re
from dataclasses import replace

from agent.calculator.routing.figures import LARGEST_MODE, NAMES_A_DEVICE, RADIUS, Figure, Reading, first_number, plain
from corpus.quantities import find_quantities


def split_ranges(reading: Reading) -> Reading | None:
    """The question with "5 million to 37 million" read as two numbers; None when there is no such range."""
    figures: list[Figure] = []
    for figure in reading.figures:
        if figure.low == figure.high or not (joint := _TO.search(figure.words)):
            figures.append(figure)
            continue
        halves = (figure.words[: joint.start()], figure.words[joint.end() :])
        last = find_quantities(halves[1])
        tail = halves[1][len(_DIGITS.match(halves[1])[0]) :] if _DIGITS.match(halves[1]) else ""  # type: ignore[index]
        first = (
            halves[0]
            if find_quantities(halves[0]) and find_quantities(halves[0])[0].unit == figure.unit
            else halves[0] + tail
        )
        if len(last) != 1 or len(find_quantities(first)) != 1:
            return None
        cut = figure.start + joint.start()
        figures.append(replace(figure, end=cut, words=first, high=figure.low, after="", before=figure.before))
        figures.append(
            replace(figure, start=cut + len(joint[0]), words=halves[1], low=figure.high, before=joint[0].strip(),
                    loose_before=False)
        )  # fmt: skip
    if len(figures) == len(reading.figures):
        return None
    return replace(reading, figures=tuple(figures), allowed=frozenset(range(len(figures))))


_TO = re.compile(r"\s?(?:\bto\b|至|到|から)\s?")

_DIGITS = re.compile(r"[$€£¥]?[0-9.,]+")

_TIMES_EACH = re.compile(r"\s?(?:[a-z][a-z-]*\s)?[×x*]\s?")

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def multiply(reading: Reading) -> Reading | None:
    """The question with "8 × 100 mW" read as 800 mW; None where nothing is so multiplied."""
    figures: list[Figure] = []
    for one in reading.figures:
        last = figures[-1] if figures else None
        device = one.unit == "Gb/s" and NAMES_A_DEVICE.match(reading.low, one.end)  # "16 × 800G modules" are 16 modules
        counts = last is not None and last.is_count and one.unit and _NUMBER.match(one.words) and not device
        if last and counts and _TIMES_EACH.fullmatch(reading.low, last.end, one.start) and one.low == one.high:
            words = _NUMBER.sub(plain(last.low * first_number(one.words)), one.words, count=1)
            low = one.low * last.low
            figures[-1] = replace(one, start=last.start, words=words, low=low, high=low, before=last.before,
                                  loose_before=last.loose_before)  # fmt: skip
        else:
            figures.append(one)
    if len(figures) == len(reading.figures):
        return None
    return replace(reading, figures=tuple(figures), allowed=frozenset(range(len(figures))))


_SPARE_AFTER = re.compile(
    r"\s?[个只台块颗根条支套]?\s?(?:of them |as )?(?:are |is )?"
    r"(?:extra|spare|back-?up|redundant|stand-?by|备|冗余|额外备)"
)

_SPARE_BEFORE = re.compile(r"(?:spares?|redundancy|备用|备份|冗余)(?: of|[:：为是有])?\s?$")

_OF_THEM = re.compile(r"\s?(?:of (?:them|these|those|which)|are |[个颗只]?[是为作]备)")
_AMONG = re.compile(r"(?:中有?|including|of which|among them|incl\.?|其中|包括|包含|含)[^0-9,，。;；]{0,8}$")


def with_spares(reading: Reading) -> Reading | None:
    """The question with "16 engines plus 2 spares" read as 16 of 16 + 2; None where there are no such two numbers."""
    counts = [at for at, one in enumerate(reading.figures) if one.is_count]
    spare = [
        at for at in counts
        if _SPARE_AFTER.match(reading.low, reading.figures[at].end)
        or _SPARE_BEFORE.search(reading.low[: reading.figures[at].start])
    ]  # fmt: skip
    whole = [at for at in counts if at not in spare and not reading.figures[at].free]
    if len(spare) != 1 or len(whole) != 1:
        return None
    one, other = reading.figures[whole[0]], reading.figures[spare[0]]
    around = (reading.low[: other.start], reading.low[other.end :])
    among = _AMONG.search(around[0]) is not None or _OF_THEM.match(around[1]) is not None
    value = one.low - other.low if among else one.low + other.low
    joint = replace(other, words=f"{one.words} {'−' if among else '+'} {other.words}", low=value, high=value,
                    free=False, before="needed" if among else "in total")  # fmt: skip
    alone = replace(one, before="in total" if among else "needed")
    changed = {whole[0]: alone, spare[0]: joint}
    return replace(reading, figures=tuple(changed.get(at, figure) for at, figure in enumerate(reading.figures)))


_DIAMETER = re.compile(r"mfd|mode[- ]?field diameter|diameter|模[场場]直径|直径|直徑")

_DISTANCE = re.compile(
    r"offset|gap|separat|misalign|shift|apart|distance|lateral|wavelength|length|偏移|错位|偏心|间隙|间距|距离|对偏|波长|偏|隔"
)


_OTHER_DIAMETER = re.compile(r"\bcores?\b|cladding|waist|\bhalf\b|beam|spot|纤芯|包层|束腰|一半|光斑")
_LISTED = re.compile(r"\s?(?:[,，、/]|,?\s?and|[和与及])\s?")


def _is_diameter(reading: Reading, at: int) -> bool:
    """Whether the words beside a length, or beside one that it is listed with, call it a diameter."""
    one, last = reading.figures[at], reading.figures[at - 1] if at else None
    if _DIAMETER.search(f"{one.before}|{one.after}"):
        return True
    return (
        last is not None and bool(_LISTED.fullmatch(reading.low, last.end, one.start)) and _is_diameter(reading, at - 1)
    )


def halve_diameters(reading: Reading) -> Reading | None:
    """The question with mode field diameters read as radii: "MFD 10.4 µm" as "10.4 µm ÷ 2"; None without any."""
    if not _DIAMETER.search(reading.low) or RADIUS.search(reading.low) or _OTHER_DIAMETER.search(reading.low):
        return None
    figures = tuple(
        replace(one, words=f"{one.words} ÷ 2", low=one.low / 2, high=one.high / 2)
        if one.unit == "m" and not one.free and one.low < LARGEST_MODE and one.low == one.high
        and not _DISTANCE.search(f"{one.before}|{one.after}") and _is_diameter(reading, at) else one
        for at, one in enumerate(reading.figures)
    )  # fmt: skip
    return replace(reading, figures=figures) if figures != reading.figures else None
