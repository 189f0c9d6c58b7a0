"""The nouns of a finished calculation: Input, Value, Result; plain data that can be saved and done again."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from agent.calculator.formula import Bilingual, Item
from agent.errors import CalculationError


@dataclass(frozen=True, slots=True)
class Input:
    """One argument as used.

    Attributes:
        given: The words or digits it was given in; "" for a default.
        value: The number in ``unit``, or the several numbers of a list.
    """

    name: str
    given: str
    value: Decimal | tuple[Item, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Value:
    """One result, to full precision; ``shown`` is what people read."""

    name: str
    symbol: str
    value: Decimal | bool
    unit: str
    meaning: Bilingual

    @property
    def shown(self) -> str:
        """The value rounded for reading, with its unit."""
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        return show(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula gave, with everything needed to read it and to do it again.

    Attributes:
        steps: Lines to read: units converted, then each formula in symbols, in numbers, and its result.
    """

    formula_id: str
    version: int
    name: Bilingual
    inputs: tuple[Input, ...]
    steps: tuple[str, ...]
    outputs: tuple[Value, ...]
    warnings: tuple[Bilingual, ...] = ()
    assumptions: tuple[Bilingual, ...] = ()

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
        parts = [f"{value.meaning.say(language)}{colon}{_say(value, language)}" for value in self.outputs]
        return stop.join(parts)

    def to_json(self) -> dict[str, Any]:
        """Plain strings, numbers, lists and dicts; decimals as strings."""
        return {
            "formula_id": self.formula_id,
            "version": self.version,
            "name": _bilingual(self.name),
            "inputs": [
                {"name": i.name, "given": i.given, "value": _plain(i.value), "unit": i.unit} for i in self.inputs
            ],
            "steps": list(self.steps),
            "outputs": [
                {"name": v.name, "symbol": v.symbol, "value": v.value if isinstance(v.value, bool) else str(v.value),
                 "unit": v.unit, "meaning": _bilingual(v.meaning)}
                for v in self.outputs
            ],
            "warnings": [_bilingual(words) for words in self.warnings],
            "assumptions": [_bilingual(words) for words in self.assumptions],
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Result":
        """The Result that ``to_json`` wrote.

        Raises:
            CalculationError: The data is not a saved Result.
        """
        try:
            return cls(
                str(data["formula_id"]),
                int(data["version"]),
                Bilingual(**data["name"]),
                tuple(Input(i["name"], i["given"], _unplain(i["value"]), i["unit"]) for i in data["inputs"]),
                tuple(data["steps"]),
                tuple(
                    Value(v["name"], v["symbol"], v["value"] if isinstance(v["value"], bool) else Decimal(v["value"]),
                          v["unit"], Bilingual(**v["meaning"]))
                    for v in data["outputs"]
                ),
                tuple(Bilingual(**words) for words in data["warnings"]),
                tuple(Bilingual(**words) for words in data["assumptions"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise CalculationError(
                f"the saved calculation is damaged ({error!r})", next_step="calculate it again with cpo calc"
            ) from error


def tidy(value: Decimal) -> Decimal:
    """The same value without trailing zeros: 256, not 256.000 or 2.56E+2."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if 0 <= value.adjusted() < 30 and value == value.to_integral_value() else value


def show(value: Decimal, unit: str = "") -> str:
    """A number as people write it: whole digits all kept, otherwise six significant, no trailing zeros."""
    text = _digits(rounded(value))
    if unit == "%":
        return f"{text}%"
    return f"{text}×" if unit == "x" else f"{text} {unit}".rstrip()


def rounded(value: Decimal) -> Decimal:
    """The value as shown: exact up to ten significant digits, else to six, but never short of the units digit."""
    exact = value.normalize()
    if len(exact.as_tuple().digits) <= 10:
        return exact
    digits = max(6, exact.adjusted() + 1)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1)).normalize()


def _digits(value: Decimal) -> str:
    if value and not -7 <= value.adjusted() <= 15:
        mantissa = value.scaleb(-value.adjusted()).normalize()
        return f"{mantissa:f}×10^{value.adjusted()}"
    return f"{value:f}"


def _say(value: Value, language: str) -> str:
    if isinstance(value.value, bool) and language == "zh":
        return "是" if value.value else "否"
    return value.shown


def _bilingual(words: Bilingual) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _plain(value: Decimal | tuple[Item, ...]) -> str | list[dict[str, str]]:
    if isinstance(value, Decimal):
        return str(value)
    return [{"value": str(item.value), "name": item.name, "count": str(item.count)} for item in value]


def _unplain(value: Any) -> Decimal | tuple[Item, ...]:
    if isinstance(value, str):
        return Decimal(value)
    return tuple(Item(Decimal(item["value"]), str(item["name"]), Decimal(item["count"])) for item in value)
