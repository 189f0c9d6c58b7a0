"""The nouns of a finished calculation: Input, Value, Stated, Result; plain data that can be saved and done again."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from agent.calculator.formula import Bilingual, Interval, RangedItem
from agent.calculator.rounding import OPEN, Rounding
from agent.calculator.working import halved, terms_of
from agent.errors import CalculationError
from corpus.units import CURRENCIES

_MOST_WHOLE_DIGITS = 15
"""A number with more digits before the point is shown as a power of ten."""

_MOST_ROUNDED_DIGITS = 40
"""One with more is so even where places are asked for."""

_LARGEST_EXPONENT = 999_999
"""Of a decimal number as we compute it."""

_CENT = Decimal("0.01")

Number = Decimal | Interval
Given = Number | bool | str | None | tuple[Number, ...] | tuple[RangedItem, ...] | tuple[tuple[Number, ...], ...]
"""What an argument of any Shape was read as; None for an optional one left out."""

Outcome = Number | bool | None | tuple[Number | bool, ...]
"""One result: a number or a range, yes or no, several numbers, None where it does not apply; (False, True) where it is
yes in one part of the given ranges and no in another."""


_LONG = re.compile(r"-?[0-9]+\.[0-9]{10,}")  # what an earlier step gave, at full precision


@dataclass(frozen=True, slots=True)
class Input:
    """One argument as used.

    Attributes:
        given: The words or digits it was given in, which read back to the same value; "" for a default.
        value: The number in ``unit``, or what else its Shape asks for.
        basis: What an energy or power of optics is counted on ("net, engine+laser"); "" where it was not said.
        assumption: Id of the figure in the reference table that it is; "" for one given or a plain default.
    """

    name: str
    given: str
    value: Given
    unit: str
    basis: str = ""
    assumption: str = ""

    @property
    def shown(self) -> str:
        """The value as people read it, after the arithmetic that it was given as: "16 + 2 = 18"."""
        if not isinstance(self.value, Decimal | Interval):
            return _LONG.sub(lambda digits: show(Decimal(digits[0])), self.given) or str(self.value)
        value = show(self.value, self.unit)
        return f"{self.given} = {value}" if terms_of(self.given) or halved(self.given) else value


@dataclass(frozen=True, slots=True)
class Value:
    """One result, to full precision; ``shown`` is what people read.

    Attributes:
        rounding: What was asked for.
    """

    name: str
    symbol: str
    value: Outcome
    unit: str
    meaning: Bilingual
    basis: str = ""
    rounding: Rounding = OPEN

    @property
    def shown(self) -> str:
        """The value rounded for reading, with its unit."""
        return self.say("en")

    @property
    def exact(self) -> str:
        """A number or range with its unit, in digits that read back to the same value; "" for anything else."""
        if isinstance(self.value, Interval):
            return f"{self.value.low:f} to {self.value.high:f} {self.unit}".rstrip()
        return f"{self.value:f} {self.unit}".rstrip() if isinstance(self.value, Decimal) else ""

    def say(self, language: str) -> str:
        """The value rounded for reading, with its unit; "yes" and "none" in that language."""
        zh = language == "zh"
        if self.value is None:
            return "不适用" if zh else "does not apply"
        if self.value == (False, True):
            return "在所给范围内时是时否" if zh else "yes or no, by where in the ranges"
        if isinstance(self.value, bool):
            return ("是" if self.value else "否") if zh else "yes" if self.value else "no"
        unit = _CHINESE_UNITS.get(self.unit, self.unit) if zh else self.unit
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        shown = [show(one, self.unit, self.rounding) for one in values if not isinstance(one, bool)]
        return "; ".join(one.removesuffix(self.unit) + unit if unit != self.unit else one for one in shown)


@dataclass(frozen=True, slots=True)
class Stated:
    """A result that a document or a user states, set beside the computed one.

    Attributes:
        output: Name of the output it is about.
        given: The words it was stated in.
        differs: Whether the computed value is another one even when rounded like the stated one.
    """

    output: str
    given: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula gave, with everything needed to read it and to do it again.

    Attributes:
        formula_id: Id of a formula, or "expression" for arithmetic on named operands.
        steps: Lines to read: units converted, then each formula in symbols, in numbers, and its result.
        stated: What others say the result is.
    """

    formula_id: str
    version: int
    name: Bilingual
    inputs: tuple[Input, ...]
    steps: tuple[str, ...]
    outputs: tuple[Value, ...]
    warnings: tuple[Bilingual, ...] = ()
    assumptions: tuple[Bilingual, ...] = ()
    stated: tuple[Stated, ...] = ()

    def output(self, name: str = "") -> Value:
        """The output of that name, the first one for ""; KeyError when there is none."""
        for value in self.outputs:
            if name in ("", value.name):
                return value
        raise KeyError(name)

    def shown(self) -> str:
        """The outputs in one line: "21 W; 70%; 3.33333×"."""
        return "; ".join(value.shown for value in self.outputs)

    def summary(self, language: str = "en") -> str:
        """The outputs in words, in that language."""
        colon, stop = ("：", "；") if language == "zh" else (": ", "; ")
        return stop.join(f"{value.meaning.say(language)}{colon}{value.say(language)}" for value in self.outputs)

    def to_json(self) -> dict[str, Any]:
        """Plain strings, numbers, lists and dicts; decimals as strings."""
        return {
            "formula_id": self.formula_id,
            "version": self.version,
            "name": _bilingual(self.name),
            "inputs": [
                {"name": i.name, "given": i.given, "value": _plain(i.value), "unit": i.unit, "basis": i.basis,
                 "assumption": i.assumption}
                for i in self.inputs
            ],
            "steps": list(self.steps),
            "outputs": [
                {"name": v.name, "symbol": v.symbol, "value": _plain(v.value), "unit": v.unit,
                 "meaning": _bilingual(v.meaning), "basis": v.basis, **_plain_rounding(v.rounding)}
                for v in self.outputs
            ],
            "warnings": [_bilingual(words) for words in self.warnings],
            "assumptions": [_bilingual(words) for words in self.assumptions],
            "stated": [{"output": s.output, "given": s.given, "differs": s.differs} for s in self.stated],
        }  # fmt: skip

    def to_bytes(self) -> bytes:
        """Its one canonical form: a calculation done again gives the same bytes."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Result":
        """The Result that ``to_json`` wrote.

        Raises:
            CalculationError: The data is not a saved Result.
        """
        try:
            return cls(
                _text(data["formula_id"]),
                _whole(data["version"]),
                _bilingual_of(data["name"]),
                tuple(
                    Input(_text(i["name"]), _text(i["given"]), _unplain(i["value"]), _text(i["unit"]),
                          _text(i["basis"]), _text(i["assumption"]))
                    for i in data["inputs"]
                ),
                tuple(_text(step) for step in data["steps"]),
                tuple(
                    Value(_text(v["name"]), _text(v["symbol"]), _outcome(v["value"]), _text(v["unit"]),
                          _bilingual_of(v["meaning"]), _text(v["basis"]),
                          Rounding(v["decimals"], v.get("significant")))
                    for v in data["outputs"]
                ),
                tuple(_bilingual_of(words) for words in data["warnings"]),
                tuple(_bilingual_of(words) for words in data["assumptions"]),
                tuple(Stated(_text(s["output"]), _text(s["given"]), s["differs"] is True) for s in data["stated"]),
            )  # fmt: skip
        except (
            KeyError, TypeError, ValueError, InvalidOperation, AttributeError, RecursionError, CalculationError,
        ) as error:  # fmt: skip
            raise CalculationError(
                f"the saved calculation is damaged ({error!r:.200})", next_step="calculate it again with cpo calc"
            ) from error


def tidy(value: Decimal) -> Decimal:
    """The same value without trailing zeros: 256, not 256.000 or 2.56E+2."""
    value = value.normalize() if value else Decimal(0)
    return value.quantize(Decimal(1)) if 0 <= value.adjusted() < 30 and value == value.to_integral_value() else value


_CHINESE_UNITS = {
    "years": "年", "months": "个月", "h": "小时", "min": "分钟",
    "USD": "美元", "CNY": "元", "JPY": "日元", "EUR": "欧元", "GBP": "英镑", "HKD": "港元", "TWD": "新台币",
    "KRW": "韩元",
}  # fmt: skip


_AFTER_NUMBER = re.compile(rf"(?<=[0-9] )({'|'.join(_CHINESE_UNITS)})(?![A-Za-z(])(?:/(years?|months|h)\b)?")
_EACH = {"year": "年", "years": "年", "months": "月", "h": "小时"}
_IN_STEPS = (
    (re.compile(r": yes$"), "：是"), (re.compile(r": no$"), "：否"), (re.compile(r"^result(?= [=≈])"), "结果"),
    (re.compile(r"(?<=[元镑])/year(?= =)"), "/年"),
)  # fmt: skip


def say_line(line: str, language: str) -> str:
    """A step or a value of a calculation for a reader of that language; what is saved is the same for all."""
    if language != "zh":
        return line.replace("/years", "/year")
    line = _AFTER_NUMBER.sub(
        lambda unit: _CHINESE_UNITS[unit[1]] + (f"/{_EACH[unit[2]]}" if unit[2] else ""), line
    )  # fmt: skip
    for pattern, words in _IN_STEPS:
        line = pattern.sub(words, line)
    return line


def show(value: Number, unit: str = "", rounding: Rounding = OPEN) -> str:
    """A number as people write it: whole digits all kept, otherwise six significant, no trailing zeros.

    With a ``rounding`` it has exactly so many places or digits; a range is "352–384 W".
    """
    if isinstance(value, Interval):
        low, high = (show(end, unit, rounding).removesuffix(show_unit("", unit)) for end in (value.low, value.high))
        return show_unit(low if low == high else f"{low}–{high}" if value.low >= 0 else f"{low} to {high}", unit)
    text = _rounded_digits(value, rounding) if rounding and _is_small(value) else _digits(rounded(value, unit))
    return show_unit(_grouped(text) if unit in CURRENCIES else text, unit)


def show_unit(text: str, unit: str) -> str:
    """A number's text with its unit, as people write them together: "64%", "3.33×", "256 W"."""
    if unit == "%":
        return f"{text}%"
    if unit.startswith("1/"):
        return f"{text} {unit[1:]}"
    return f"{text}×" if unit == "x" else f"{text} {unit}".rstrip()


def _rounded_digits(value: Decimal, rounding: Rounding) -> str:
    """A value with as many places or digits as are asked for."""
    found = rounding.round(value)
    if rounding.significant is None or not found:
        return f"{found:f}"
    digits = max(rounding.significant - 1, 0)
    if not _is_plain(found):
        return f"{found.scaleb(-found.adjusted()):.{digits}f}×10^{found.adjusted()}"
    return f"{found:.{max(rounding.places(found), 0)}f}"


def _is_small(value: Decimal) -> bool:
    """Whether places say anything of a value; a number of fifty digits is shown as a power of ten all the same."""
    return value.adjusted() < _MOST_ROUNDED_DIGITS


def _is_plain(value: Decimal) -> bool:
    return not value or -7 <= value.adjusted() <= _MOST_WHOLE_DIGITS


def rounded(value: Decimal, unit: str = "") -> Decimal:
    """The value as shown: exact up to ten significant digits, else to six, but never short of the units digit.

    Money of one unit or more has two places at most.
    """
    exact = value.normalize()
    if unit in CURRENCIES and 0 <= exact.adjusted() <= _MOST_WHOLE_DIGITS:
        return exact.quantize(_CENT, rounding=ROUND_HALF_UP).normalize()
    if len(exact.as_tuple().digits) <= 10:
        return exact
    digits = max(6, exact.adjusted() + 1) if exact.adjusted() <= _MOST_WHOLE_DIGITS else 6
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1)).normalize()


def _grouped(text: str) -> str:
    """Digits with a comma at each thousand: "1,079,232.50"."""
    whole, point, rest = text.partition(".")
    return text if "×" in text else f"{int(whole):,}{point}{rest}" if whole not in ("-0", "") else text


def _digits(value: Decimal) -> str:
    if not _is_plain(value):
        mantissa = value.scaleb(-value.adjusted()).normalize()
        return f"{mantissa:f}×10^{value.adjusted()}"
    return f"{value:f}"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} instead of words")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{type(value).__name__} instead of a whole number")
    return value


def _bilingual_of(value: Any) -> Bilingual:
    return Bilingual(_text(value["en"]), _text(value["zh"]))


def _bilingual(words: Bilingual) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _plain(value: Any) -> Any:
    """A value as JSON has it: a number as "1.5", a range as {"low": …, "high": …}, a word as {"choice": …}."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return {"choice": value}
    if isinstance(value, Interval):
        return {"low": str(value.low), "high": str(value.high)}
    if isinstance(value, RangedItem):
        return {"item": _plain(value.value), "name": value.name, "count": str(value.count)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _plain_rounding(rounding: Rounding) -> dict[str, int | None]:
    """As calculations were saved before there were significant digits, where none are asked for."""
    digits = {} if rounding.significant is None else {"significant": rounding.significant}
    return {"decimals": rounding.decimals, **digits}


def _unplain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unplain(one) for one in value)
    if isinstance(value, str):
        return _decimal(value)
    if isinstance(value, bool | None):
        return value
    if "choice" in value:
        return _text(value["choice"])
    if "low" in value:
        return Interval(_decimal(value["low"]), _decimal(value["high"]))
    return RangedItem(_number(value["item"]), _text(value["name"]), _decimal(value["count"]))


def _outcome(value: Any) -> Outcome:
    """What a formula may give: several numbers, but no lists of them, and no words."""
    found: Outcome = _unplain(value)
    for one in found if isinstance(found, tuple) else (found,):
        if not isinstance(one, Decimal | Interval | bool) and (one is not None or isinstance(found, tuple)):
            raise TypeError(f"{type(one).__name__} instead of a number")
    return found


def _number(value: Any) -> Number:
    found = _unplain(value)
    if not isinstance(found, Decimal | Interval):
        raise TypeError(f"{type(found).__name__} instead of a number")
    return found


def _decimal(value: Any) -> Decimal:
    number = Decimal(_text(value))
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError("a number that cannot be computed with")
    return number
