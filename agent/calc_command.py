"""``cpo calc``: list, show and compute formulas, sweep their inputs, do arithmetic, check saved calculations.

- cpo calc [list] [WORDS]: the formulas
- cpo calc show ID: one formula with its inputs, limits and an example
- cpo calc ID NAME=VALUE …: compute it; "rate_gbps=400..3200:400" sweeps an input
- cpo calc ask QUESTION: find the formulas and the inputs in a question, and compute them
- cpo calc eval EXPRESSION NAME=VALUE …: arithmetic on numbers with units
- cpo calc figures [WORDS]: published figures, used as NAME=@ID
- cpo calc check FILE: do a saved calculation again
"""

import argparse
import csv
import difflib
import io
import json
import locale
import re
import shlex
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.calc_check import LINK, check
from agent.terminal import Parser, UsageError, add_command, note, plain_line, print_json, read_words

if TYPE_CHECKING:
    from agent.calc_rendering import Rows
    from agent.calculator import CalculationError, Formula, Result
    from agent.terminal import Commands

_OK = 0
_COMPUTE = "compute"
_VERBS = ("list", "show", "ask", "eval", "figures", "check", _COMPUTE)
_WITH_VALUE = frozenset(
    (
        "--language",
        "--group",
        "--decimals",
        "--significant",
        "--stated",
        "--save",
        "--plot",
        "--unit",
        "--output",
        "--sensitivity",
    )
)
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?\s?[%％]?")
_USUAL_SHARE = "10%"
_ENDS = re.compile(r"(?s)\A(?!.*[:*×|])(.*[^.\s])\s*\.\.\s*([^.\s].*)")
"""A value between two ends, with no step from one to the other."""
_CSV = ".csv"
_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MOST_NAMED = 8
_NAMED = re.compile(r"\s*[^\W\d]\w*\s*=")

_GROUPS = {
    "energy": ("Energy and power", "能耗与功耗"),
    "optical_link": ("Optical links", "光链路"),
    "counting": ("Counting lanes, fibres and parts", "通道、光纤与器件数量"),
    "yield_cost": ("Yield and cost of making", "良率与制造成本"),
    "thermal": ("Heat", "热"),
    "fibre_coupling": ("Coupling to fibres", "光纤耦合"),
    "reliability": ("Reliability", "可靠性"),
    "latency": ("Latency", "时延"),
    "market": ("Markets and money", "市场与财务"),
}


# --- Parsing ----------------------------------------------------------------------------------------------------------


class _Command(Parser):
    """Takes its words wherever they stand among the options."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Namespace with all ``words``, and nothing left."""
        options, rest = super().parse_known_args(args, namespace)
        for word in rest:
            if word.startswith("-"):
                known = [name for action in self._actions for name in action.option_strings]
                near = difflib.get_close_matches(word.partition("=")[0], known, n=1)
                advice = (
                    f"did you mean {near[0]}?" if near else f"put -- before what is none, or see {self.prog} --help"
                )
                raise UsageError("there is no such option", where=repr(word), next_step=advice)
        options.words += rest
        return options, []


def add_calc(commands: "Commands") -> None:
    """Add ``calc`` to the commands of ``cpo``."""
    parser = commands.add_parser(
        "calc",
        help="Compute a formula, sweep its inputs, or do arithmetic on numbers with units.",
        description="The calculator: exact decimals, units checked, every step shown.",
        usage="cpo calc ID NAME=VALUE … [options]   or   cpo calc ACTION …",
        epilog='Quote values with spaces: "rate_gbps=1.6 Tb/s". A value may be a range "14-16 W", a sweep '
        '"400..3200:400", a list of cases "5|7|10", a published figure "@id", and carry a basis '
        '"5 pJ/bit [net, engine+laser]". More: cpo calc ID --help',
        allow_abbrev=False,
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", prog="cpo calc", parser_class=_Command)
    _add_list(actions)
    _add_show(actions)
    _add_ask(actions)
    _add_eval(actions)
    _add_figures(actions)
    _add_check(actions)
    _add_compute(actions)


def name_verb(arguments: Sequence[str]) -> list[str]:
    """The arguments of ``cpo`` with the action that ``cpo calc`` leaves unsaid: compute, or list where nothing is said.

    >>> name_verb(["calc", "--json", "power_saving", "p_old_w=15", "p_new_w=9"])[:3]
    ['calc', 'compute', '--json']
    """
    if arguments[:1] != ["calc"]:
        return list(arguments)
    rest = [
        f"{word}={_USUAL_SHARE}" if word == "--sensitivity" and not _SHARE.fullmatch(following) else word
        for word, following in pairwise([*arguments[1:], ""])
    ]
    words = [
        n for n, word in enumerate(rest) if not word.startswith("-") and (n == 0 or rest[n - 1] not in _WITH_VALUE)
    ]
    if not words:
        return ["calc", *([] if {"-h", "--help"} & set(rest) else ["list"]), *rest]
    if rest[words[0]] in _VERBS:
        return ["calc", rest[words[0]], *rest[: words[0]], *rest[words[0] + 1 :]]
    return ["calc", _COMPUTE, *rest]


def _add(actions: Any, name: str, run: Any, summary: str, words: str, about: str) -> Parser:
    parser = add_command(actions, name, run, summary)
    parser.add_argument("words", metavar=words, nargs="*", help=about)
    parser.add_argument("--language", choices=("en", "zh"), help="language of names and notes; the locale's by default")
    return parser


def _add_list(actions: Any) -> None:
    parser = _add(actions, "list", _list, "List the formulas.", "WORD", "only those whose names hold these words")
    parser.add_argument("--group", metavar="G", help=f"only one group: {', '.join(_GROUPS)}")


def _add_show(actions: Any) -> None:
    _add(actions, "show", _show, "Show a formula: inputs, ranges, limits, source, an example.", "ID", "the formula")


def _add_ask(actions: Any) -> None:
    summary = 'Answer a question that holds its own numbers: cpo calc ask "51.2T at 5 pJ/bit, how many watts?"'
    parser = _add(actions, "ask", _ask, summary, "QUESTION", "the question, in English or Chinese")
    _add_save(parser)


def _add_eval(actions: Any) -> None:
    summary = 'Do arithmetic on numbers with units: cpo calc eval "(a - b) / a" "a=15 W" "b=9 W"'
    parser = _add(actions, "eval", _evaluate, summary, "WORD", "the expression, then NAME=VALUE for each name in it")
    parser.add_argument("--unit", metavar="UNIT", default="", help="unit of the result")
    _add_results(parser)


def _add_figures(actions: Any) -> None:
    summary = "List published figures, each with its source; use one as NAME=@ID."
    _add(actions, "figures", _figures, summary, "WORD", "only those whose names hold one of these words")


def _add_check(actions: Any) -> None:
    summary = "Do a saved calculation again and compare every byte."
    _add(actions, "check", check, summary, "FILE", 'what --save or --json wrote; "-" reads standard input')


def _add_compute(actions: Any) -> None:
    parser = actions.add_parser(
        _COMPUTE, prog="cpo calc", usage="cpo calc ID NAME=VALUE … [options]", allow_abbrev=False, add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter, description=_COMPUTE_HELP,
    )  # fmt: skip
    parser.set_defaults(run=_compute, parser=parser)
    parser.add_argument("-h", "--help", action="store_true", help="show the formula and these options, and exit")
    parser.add_argument("words", metavar="ID NAME=VALUE", nargs="*", help="the formula, then its inputs")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    parser.add_argument("--csv", action="store_true", help="print a sweep or sensitivity as CSV")
    parser.add_argument("--language", choices=("en", "zh"), help="language of names and notes; the locale's by default")
    parser.add_argument(
        "--stated", metavar="OUTPUT=VALUE", action="append", default=[], help="a result that is claimed"
    )
    parser.add_argument(
        "--sensitivity", metavar="SHARE", help="move each input by a share, a tenth unless given, or over its range"
    )
    parser.add_argument(
        "--output",
        metavar="NAME",
        default="",
        help="the result to plot, or to follow in a sensitivity; the first unless given",
    )
    parser.add_argument("--plot", metavar="FILE", type=Path, help="draw it as .png or .svg")
    _add_results(parser)


_COMPUTE_HELP = """Compute a formula.

  cpo calc interface_power_w energy_pj_per_bit=5 "rate_gbps=1.6 Tb/s"
  cpo calc interface_power_w "energy_pj_per_bit=5-7 pJ/bit" rate_gbps=1600         a range: the result is one too
  cpo calc interface_power_w energy_pj_per_bit=5 "rate_gbps=400..3200:400 Gb/s"    a sweep, ends included
  cpo calc interface_power_w "energy_pj_per_bit=5|7|10" "rate_gbps=400..3200*2"    two: cases, and doublings
  cpo calc power_saving "p_old_w=15 W" "p_new_w=5.4 W" --stated saving_pct=65%
  cpo calc power_saving "p_old_w=15 W" "p_new_w=5.4 W" --sensitivity 10% --plot tornado.png
  cpo calc power_saving "p_old_w=14-16 W" "p_new_w=5.4 W" --sensitivity            one is moved over its range"""


def _add_results(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--decimals", metavar="N", type=int, help="decimal places to show; -6 rounds to millions")
    parser.add_argument("--significant", metavar="N", type=int, help="significant digits to show, instead")
    _add_save(parser)


def _add_save(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--save", metavar="FILE", type=Path, help="keep what is computed, for cpo calc check; a sweep also as .csv"
    )


def _read_inputs(words: Sequence[str], example: str = 'rate_gbps=1600 or "power_w=9 W"') -> dict[str, str]:
    """NAME=VALUE words as a mapping."""
    inputs: dict[str, str] = {}
    for before, word in pairwise(["", *words]):
        name, equals, value = (part.strip() for part in word.partition("="))
        if not (name and equals and value):
            raise UsageError("is not NAME=VALUE", where=repr(word), next_step=_mended(before, word, words) or (
                f"write it as in {example}"
            ))  # fmt: skip
        if name in inputs:
            raise UsageError("is given twice", where=repr(name), next_step="give it once")
        inputs[name] = value
    return inputs


def _mended(before: str, word: str, words: Sequence[str]) -> str:
    """What to write where the shell has cut a value at its spaces: "power_w=9" and "W" are "power_w=9 W"."""
    cut = (one.endswith("=") and "=" not in following for one, following in pairwise(words))
    if any(one.startswith("=") for one in words) or any(cut):
        return 'write NAME=VALUE without spaces around "="'
    return f'put a value with spaces in quotes: "{before} {word}"' if before and "=" not in word else ""


def _language(options: argparse.Namespace, words: str = "") -> str:
    """The language asked for; else Chinese for Chinese words; else that of the locale."""
    from corpus.text import language_of

    if options.language:
        return str(options.language)
    if language_of(words) == "zh":
        return "zh"
    return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"


# --- Formulas ---------------------------------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> int:
    from agent.calc_rendering import formula_brief
    from agent.calculator import formulas

    known, asked = formulas(), " ".join(map(read_words, options.words))
    words = _plain_word(asked).split()
    groups = tuple(dict.fromkeys(formula.group for formula in known))
    if options.group and options.group not in groups:
        raise UsageError(
            "there is no such group", where=repr(options.group), next_step=f"choose one of {', '.join(groups)}"
        )
    found = [f for f in known if options.group in (None, f.group) and all(_stands(word, _names(f)) for word in words)]
    if not found:
        raise UsageError(
            "no formula is called so",
            where=repr(asked),
            next_step="try fewer words, or cpo calc list",
        )
    if options.json:
        print_json({"formulas": [formula_brief(formula) for formula in found]})
    else:
        _print_formulas(found, _language(options, asked))
    return _OK


def _names(formula: "Formula") -> str:
    results = [word for output in formula.outputs for word in (output.name, output.meaning.en, output.meaning.zh)]
    return _plain_word("\n".join((formula.id, formula.name.en, formula.name.zh, *formula.aliases, *results)))


def _stands(word: str, text: str) -> bool:
    """Whether a word, or the start of one, stands in a text: "ber" is not in "number"."""
    start = r"(?<![a-z0-9])" if word[:1].isascii() else ""
    return re.search(start + re.escape(word), text) is not None


def _plain_word(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _print_formulas(found: Sequence["Formula"], language: str) -> None:
    width = max(len(formula.id) for formula in found)
    for group in dict.fromkeys(formula.group for formula in found):
        title = _GROUPS.get(group, (group, group))[language == "zh"]
        print(f"{title} ({group})")
        for formula in found:
            if formula.group == group:
                print(f"  {formula.id:{width}}  {formula.name.say(language)}")
    print("查看某个公式：cpo calc show ID" if language == "zh" else "cpo calc show ID shows one of them")


def _show(options: argparse.Namespace) -> int:
    asked = " ".join(map(read_words, options.words))
    if not asked.strip():
        raise UsageError("show takes one formula's id", next_step="list them with cpo calc list")
    return _print_card(_find_formula(asked, by_words=True), options, _language(options, asked))


def _print_card(formula: "Formula", options: argparse.Namespace, language: str) -> int:
    from agent.calc_rendering import formula_data
    from agent.calculator import describe

    print_json(formula_data(formula)) if options.json else print(describe(formula.id, language))
    return _OK


def _find_formula(asked: str, *, by_words: bool = False) -> "Formula":
    """The formula with that id or name, in either language.

    Args:
        by_words: One of whose names has these words will do, where there is only one.
    """
    from agent.calculator import CalculationError, formulas

    known, plain = formulas(), _plain_word(asked).strip()
    named = [f for f in known if plain in map(_plain_word, (f.id, f.name.en, f.name.zh, *f.aliases))]
    found = [f for f in named if f.id == asked.strip()] or named
    if len(found) == 1:
        return found[0]
    near = found or [f for f in known if plain and all(_stands(word, _names(f)) for word in plain.split())]
    if by_words and len(near) == 1:
        return near[0]
    ids = [f.id for f in near] or difflib.get_close_matches(asked[:80], [f.id for f in known], n=3, cutoff=0.4)
    raise CalculationError(
        "several formulas are called so" if found else "there is no such formula", where=repr(asked[:80]),
        next_step=f"use one of: {', '.join(ids[:_MOST_NAMED])}" if ids else "look for it with cpo calc list WORD",
    )  # fmt: skip


def _figures(options: argparse.Namespace) -> int:
    from agent.calc_rendering import figure_data, render_figure, render_figures
    from agent.calculator.reference import find_references, references

    words = " ".join(map(read_words, options.words))
    found = find_references(words) if words else references()
    if not found:
        raise UsageError("no figure is called so", where=repr(words), next_step="list them all with cpo calc figures")
    language = _language(options, words)
    if options.json:
        print_json({"figures": [figure_data(row) for row in found]})
    elif words:
        _print_lines(line for row in found for line in render_figure(row, language))
    else:
        _print_lines(render_figures(found, language))
        print(
            "用法：NAME=@ID；查看来源：cpo calc figures 词语"
            if language == "zh"
            else "use one as NAME=@ID; cpo calc figures WORD searches them, and tells the sources"
        )
    return _OK


# --- Computing --------------------------------------------------------------------------------------------------------


def _compute(options: argparse.Namespace) -> int:
    from agent.calc_advice import advise_fractions, advise_unit
    from agent.calculator import CalculationError

    asked, *words = map(read_words, options.words) if options.words else [""]
    if options.help and not asked:
        options.parser.print_help()
        return _OK
    if not asked or "=" in asked:
        raise UsageError("the formula's id comes first", where="cpo calc", next_step="list them with cpo calc list")
    formula = _find_formula(asked)
    options.language = _language(options, asked)
    if options.help and not options.json:
        return _print_help(formula, options)
    asks = any((options.sensitivity, options.plot, options.csv, options.save, options.stated))
    if options.help or not (words or asks):
        return _print_card(formula, options, options.language)
    inputs = _read_inputs(words)
    try:
        status = _compute_inputs(options, formula.id, inputs)
    except CalculationError as error:
        raise _advised(error, advise_unit(formula, inputs, error.where)) from error
    for line in advise_fractions(formula, inputs):
        note(line)
    return status


def _advised(error: "CalculationError", advice: str) -> "CalculationError":
    """The same refusal with better advice, where there is any."""
    return type(error)(error.what, where=error.where, next_step=advice) if advice else error


def _print_help(formula: "Formula", options: argparse.Namespace) -> int:
    """The formula, how to call it, and the options."""
    from agent.calculator import describe

    inputs = (f"{p.name}=…" if p.required else f"[{p.name}=…]" for p in formula.parameters)
    options.parser.usage = " ".join(["cpo calc", formula.id, *inputs, "[options]"])
    options.parser.description = describe(formula.id, options.language)
    options.parser.print_help()
    return _OK


def _compute_inputs(options: argparse.Namespace, formula_id: str, inputs: Mapping[str, str]) -> int:
    from agent.calculator import calculate
    from agent.calculator.sweep import is_sweep

    if options.sensitivity:
        inputs = {name: _ENDS.sub(r"\1 to \2", text) for name, text in inputs.items()}
    swept = any(map(is_sweep, inputs.values()))
    _check_options(options, swept)
    if options.sensitivity:
        return _compute_sensitivity(options, formula_id, inputs)
    if swept:
        return _compute_sweep(options, formula_id, inputs)
    stated = _read_inputs(list(map(read_words, options.stated)), "--stated saving_pct=65%")
    result = calculate(formula_id, inputs, decimals=options.decimals, significant=options.significant, stated=stated)
    if options.plot:
        from agent.calculator.plots import draw_waterfall

        draw_waterfall(result, options.plot, _language(options))
    return _deliver(result, options)


def _check_options(options: argparse.Namespace, swept: bool) -> None:
    """Refuse what does not go together, before anything is computed."""
    many = swept or options.sensitivity
    single = "give one value for each input"
    if options.save and options.sensitivity:
        raise UsageError("--save keeps a calculation or a sweep", next_step="keep what --csv or --json prints")
    if options.save and not swept:
        _check_save(options.save)
    if options.plot:
        from agent.calculator.plots import check_path

        check_path(options.plot)
    if options.sensitivity and swept:
        raise UsageError("--sensitivity moves the inputs itself", next_step=f"{single}, or a range: 400..800")
    if many and options.stated:
        raise UsageError("--stated is for one calculation", next_step=single)
    if options.csv and (options.json or not many):
        what = "--csv and --json are two formats" if many else "--csv prints a sweep or a sensitivity"
        raise UsageError(what, next_step="choose one" if many else "sweep an input, as in rate_gbps=400..3200:400")
    if options.output and not (options.sensitivity or (swept and options.plot)):
        raise UsageError(
            "--output is for a sensitivity or the plot of a sweep", next_step="leave it out: all results are shown"
        )


def _check_save(path: Path) -> None:
    if path.suffix.lower() == _CSV:
        raise UsageError("only a sweep is kept as .csv", where=str(path), next_step="name a .json file")


def _compute_sensitivity(options: argparse.Namespace, formula_id: str, inputs: Mapping[str, str]) -> int:
    from agent.calc_rendering import render_sensitivity, sensitivity_data, sensitivity_rows
    from agent.calculator.sweep import sensitivity

    share, language = _read_share(options.sensitivity), _language(options)
    found = sensitivity(
        formula_id, inputs, share=share, output=options.output, decimals=options.decimals,
        significant=options.significant,
    )  # fmt: skip
    if options.plot:
        from agent.calculator.plots import draw_tornado

        draw_tornado(found, options.plot, language)
    if options.json:
        print_json(sensitivity_data(found))
    elif options.csv:
        sys.stdout.write(_csv(sensitivity_rows(found)))
    else:
        _print_lines(render_sensitivity(found, language))
    others = [
        value.name
        for value in found.base.outputs
        if isinstance(value.value, Decimal) and value.name != found.output.name
    ]
    if others and not options.output:
        note(f"followed: {found.output.name}; --output follows another: {', '.join(others)}")
    _note_plot(options)
    return _OK


def _compute_sweep(options: argparse.Namespace, formula_id: str, inputs: Mapping[str, str]) -> int:
    from agent.calc_rendering import render_sweep, sweep_data, sweep_rows
    from agent.calculator.sweep import sweep

    language = _language(options)
    found = sweep(formula_id, inputs, decimals=options.decimals, significant=options.significant)
    if options.plot:
        from agent.calculator.plots import draw_sweep

        draw_sweep(found, options.plot, options.output, language)
    if options.save:
        as_csv = options.save.suffix.lower() == _CSV
        _save(_csv(sweep_rows(found)).encode() if as_csv else _canonical(sweep_data(found)), options.save)
    if options.json:
        print_json(sweep_data(found))
    elif options.csv:
        sys.stdout.write(_csv(sweep_rows(found)))
    else:
        _print_lines(render_sweep(found, language))
    for axis in found.axes:
        if axis.missed:
            note(f"{axis.name}: the last value is {axis.values[-1]}, since no step lands on {axis.missed}")
    _note_plot(options)
    return _OK


def _read_share(text: str) -> Decimal:
    number = text.rstrip("%％ ")
    if number == text.rstrip() or not _SHARE.fullmatch(text):
        raise UsageError(
            "is no share in percent", where=f"--sensitivity {text}", next_step=f"write it as in {_USUAL_SHARE}"
        )
    return Decimal(number) / 100


def _ask(options: argparse.Namespace) -> int:
    from agent.calc_rendering import render_calculation
    from agent.calculator import CalculationError, find_formula, lookup, route, run_route
    from corpus.quantities import find_quantities

    question = " ".join(map(read_words, options.words)).strip()
    if not question:
        raise UsageError("the question is missing", next_step='ask it as in cpo calc ask "20 dBm in mW?"')
    if options.save:
        _check_save(options.save)
    found = route(question) or route(question, lacking=True)
    if found is None:
        near = [formula.id for formula in find_formula(question)[:3]]
        numbers = ", ".join(quantity.text for quantity in find_quantities(question)[:12])
        raise CalculationError(
            "the question settles on no calculation" + (f"; numbers read: {numbers}" if numbers else ""),
            where=repr(question[:80]),
            next_step=f"say which number is what, or give them to one of {', '.join(near)}: cpo calc show {near[0]}"
            if near else "look for a formula with cpo calc list",
        )  # fmt: skip
    lacking = [(step.formula_id, name) for step in found.steps for name in step.missing]
    if lacking:
        parameters = [next(p for p in lookup(id_).parameters if p.name == name) for id_, name in lacking]
        wanted = "; ".join(f"{p.meaning.en}, {p.interval()}" for p in parameters)
        raise CalculationError(
            f"the question does not give {', '.join(name for _, name in lacking)}", where=lacking[0][0],
            next_step=f"add to it: {wanted}",
        )  # fmt: skip
    results = run_route(found)
    cases = dict(zip(found.answers, found.cases, strict=False))
    data = {"steps": [result.to_json() for result in results], "answers": list(found.answers)}
    data |= {"cases": list(found.cases)} if found.cases else {}
    links = [{name: words for name, words in step.inputs.items() if LINK.search(words)} for step in found.steps]
    data |= {"links": links} if any(links) else {}
    if options.save:  # first, since what reads the output may stop reading
        _save(_canonical(data), options.save)
    if options.json:
        print_json(data)
    for number, result in enumerate([] if options.json else results):
        _print_lines([""] * (number > 0) + [f"{case}:" for case in [cases.get(number + 1)] if case])
        _print_lines(render_calculation(result, _language(options, question)))
    return _OK


def _evaluate(options: argparse.Namespace) -> int:
    from agent.calc_advice import advise_expression
    from agent.calculator import CalculationError
    from agent.calculator.expression import evaluate

    words = list(map(read_words, options.words))
    first = next((n for n, word in enumerate(words) if _NAMED.match(word)), len(words))
    expression = " ".join(words[:first])
    if not expression:
        raise UsageError("the expression is missing", next_step='write it as in cpo calc eval "a / b" a=3 b=4')
    operands = _read_inputs(words[first:], '"a=9 W"')
    if options.save:
        _check_save(options.save)
    try:
        result = evaluate(
            expression, operands, unit=options.unit, decimals=options.decimals, significant=options.significant
        )
    except CalculationError as error:
        raise _advised(error, advise_expression(expression, operands, error.where)) from error
    return _deliver(result, options)


def _deliver(result: "Result", options: argparse.Namespace) -> int:
    """Print one calculation, and keep it where that is asked for."""
    from agent.calc_rendering import render_calculation

    if options.save:
        _save(_canonical(result.to_json()), options.save)
    if options.json:
        print_json(result.to_json())
    else:
        _print_lines(render_calculation(result, _language(options)))
    _note_plot(options)
    return _OK


def _canonical(data: Mapping[str, Any]) -> bytes:
    """The one form in which a calculation is kept: done again, it gives the same bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _save(content: bytes, path: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"cannot be written ({error.strerror})", where=str(path), next_step="name a file in a folder that exists"
        ) from error
    again = "" if path.suffix.lower() == _CSV else f"; do it again with: cpo calc check {shlex.quote(str(path))}"
    note(f"saved: {path}{again}")


def _note_plot(options: argparse.Namespace) -> None:
    if getattr(options, "plot", None):
        note(f"drawn: {options.plot}")


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _csv(rows: "Rows") -> str:
    head, body = rows
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in (head, *body))
    return text.getvalue()


def _cell(text: str) -> str:
    """A number as it is; words that a spreadsheet would compute after an apostrophe, which keeps them words."""
    plain = plain_line(text)
    return f"'{plain}" if plain.startswith(_COMPUTED) and not _NUMBER.fullmatch(plain) else plain
