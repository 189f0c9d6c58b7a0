"""Evaluate an expression, and do it again."""

from collections.abc import Mapping
from decimal import Decimal, localcontext

from agent.calculator.expression.computing import compute
from agent.calculator.expression.dimensions import result_unit
from agent.calculator.expression.operands import checked, read_operands
from agent.calculator.expression.parsing import parse, read_tokens
from agent.calculator.expression.spans import number_of
from agent.calculator.expression.writing import cut, write_steps
from agent.calculator.formula import Bilingual
from agent.calculator.precision import KEPT
from agent.calculator.result import Input, Result, Value
from agent.calculator.rounding import Rounding
from agent.errors import CalculationError

VERSION = 1
NAME = Bilingual("Arithmetic on the given numbers", "按给定数值计算")
RESULT = Bilingual("result", "结果")


def evaluate(
    expression: str,
    operands: Mapping[str, str | int | float | Decimal],
    *,
    unit: str = "",
    decimals: int | None = None,
    significant: int | None = None,
    meaning: Bilingual | None = None,
) -> Result:
    """Compute an expression over named operands.

    Args:
        expression: Numbers, operands, ``+ - * / **`` (also ``× ÷ − ^``), parentheses, and sum, average, min, max, abs,
            sqrt, count, growth(old, new), share(part, whole), cagr(first, last, years).
        operands: Name to a number, or to text with a unit or a range ("14–16 W"); a bare number has no unit.
        unit: Unit of the result; "" leaves it to the operands.
        decimals: Decimal places to show, −6 for millions; the full precision is kept.
        significant: Significant digits to show, instead of decimal places.
        meaning: What the result is.

    Raises:
        CalculationError: The expression holds anything else, an operand is unknown or unused, units do not fit, a
            divisor may be zero, or a number is out of bounds.
    """
    rounding = Rounding(decimals, significant)
    with localcontext(KEPT):
        return _evaluate(expression, operands, unit, rounding, meaning or RESULT)


def recompute_expression(result: Result) -> Result:
    """Do it again from the words it was given in; an untouched result comes out equal, byte for byte.

    Raises:
        CalculationError: It is no result of ``evaluate``, has another version, or an operand no longer passes.
    """
    again = "calculate it again"
    if result.formula_id != "expression" or not result.inputs or len(result.outputs) != 1:
        raise CalculationError("it is no calculated expression", where=result.formula_id[:60], next_step=again)
    if result.version != VERSION:
        raise CalculationError(
            f"it was computed with version {result.version} and expressions are now version {VERSION}", next_step=again
        )
    text, *operands = result.inputs
    output = result.outputs[0]
    return evaluate(
        text.given, {one.name: one.given for one in operands},
        unit=output.unit, decimals=output.rounding.decimals, significant=output.rounding.significant,
        meaning=output.meaning,
    )  # fmt: skip


def _evaluate(
    expression: str, operands: Mapping[str, str | int | float | Decimal], unit: str, rounding: Rounding,
    meaning: Bilingual,
) -> Result:  # fmt: skip
    known = read_operands(operands)
    text, plain, numbers = read_tokens(expression)
    try:
        root = parse(plain, numbers, known)
        wanted = result_unit(root, unit)
        spans, warnings = compute(root, known)
        number = checked(number_of(spans[id(root)], wanted))
    except CalculationError as error:
        raise CalculationError(error.what, where=error.where or cut(text), next_step=error.next_step) from error
    value = Value("result", "result", number, wanted, meaning, rounding=rounding)
    return Result(
        "expression", VERSION, NAME,
        (Input("expression", text, text, ""), *(one.input for one in known.values())),
        write_steps(root, known, spans, value), (value,), warnings,
    )  # fmt: skip
