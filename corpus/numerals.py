"""Numerals in words: Chinese and Japanese ones (一亿两千万, 二〇二五, 两万五) and the words of English."""

from decimal import Decimal

HAN_DIGITS = {
    c: d for d, cs in enumerate(("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
HAN_SMALL = {"十": 10, "百": 100, "千": 1000}
HAN_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN_PLACES = HAN_SMALL | HAN_LARGE
"""Every place of a Chinese numeral and its worth."""

ENGLISH = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
"""The English words below a hundred, and what they say."""
ENGLISH_WORDS = "|".join(sorted(ENGLISH, key=len, reverse=True))
"""The same as the inside of a regular expression."""


def han_value(numeral: str) -> Decimal | None:
    """The value of a Han numeral ("二十三", "五点四", "一亿两千万", "二〇二五"); None when it is not well formed."""
    whole, point, rest = numeral.replace("點", "点").partition("点")
    fraction = rest.rstrip("万萬亿億兆")
    value = _whole(whole)
    if value is None:
        return None
    if point:
        value += Decimal("0." + "".join(str(HAN_DIGITS[c]) for c in fraction))
        for scale in rest[len(fraction) :]:
            value *= HAN_LARGE[scale]
    return value


def han_approximation(numeral: str) -> tuple[int, int] | None:
    """The two neighbours that a numeral such as 三四 ("three or four") names."""
    if len(numeral) != 2 or not all(c in HAN_DIGITS for c in numeral):
        return None
    low, high = (HAN_DIGITS[c] for c in numeral)
    return (low, high) if 0 < low == high - 1 else None


def _whole(numeral: str) -> Decimal | None:
    if all(c in HAN_DIGITS for c in numeral):
        return Decimal("".join(str(HAN_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    last: int | None = None  # the place of the last 十, 百 or 千 in this section
    pending = False
    for character in numeral:
        if character in HAN_DIGITS:
            if pending and digit:
                return None
            digit, pending = HAN_DIGITS[character], True
        elif character in HAN_SMALL:
            place = HAN_SMALL[character]
            if last is not None and place >= last:
                return None
            section += (digit if pending else 1) * place
            digit, pending, last = 0, False, place
        else:
            section += digit
            total = (
                (total + section) * HAN_LARGE[character]
                if total and HAN_LARGE[character] > total
                else (total + (section or 1) * HAN_LARGE[character])
            )
            section, digit, pending, last = 0, False, False, None
    return Decimal(total + section + digit * _tail_place(numeral))


def _tail_place(numeral: str) -> int:
    """What a last digit counts: ones, or the next lower place where that goes without saying (两万五 is 25,000)."""
    before = numeral[-2:-1]
    told = len(numeral) > 2 and numeral[0] in HAN_DIGITS and numeral[-1] in HAN_DIGITS
    return HAN_PLACES[before] // 10 if told and before in HAN_PLACES and before != "十" else 1
