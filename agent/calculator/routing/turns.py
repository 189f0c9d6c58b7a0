"""Words that turn what a number means: who meets one must not take the number as it stands.

"5% fail" is no yield of 5%, a mode field diameter no radius, "round trip" twice the way, "grew by 3" not "grew to 3".
The formulas do not speak of these, so a question that does is not settled.
"""

import re
from collections.abc import Iterable

from agent.calculator.basis import AXES, words_of_axis
from agent.calculator.registry import lookup

_ANY = re.IGNORECASE
# In any question: the numbers are for something else than the words of a formula say.
_ALWAYS = re.compile(
    r"round[- ]?trips?|(?:at|per|for) each end|both ends|往返|来回|每一?端|两端|兩端|双端|往復|両端"
    r"|±|\+/-"
    # a share that is bad, beside its number
    r"|(?:不良|报废|報廢|次品|废品|缺陷|失效|故障|淘汰)(?:率|概率|比例)?[^0-9,，。;；]{0,6}[0-9.]+\s?(?:%|％|百分)(?!\s?(?:的)?(?:置信|服务))"
    r"|[0-9.]+\s?(?:%|％)\s?(?:的)?[^0-9,，。;；]{0,10}(?:不良|报废|報廢|次品|失效|故障|坏掉|报损)"
    r"|(?:fail(?:ure)?s?|scrap(?:ped)?|defects?|defective|reject(?:ed|ion)?s?|yield loss|bad)(?![a-z])"
    r"[^0-9,.;]{0,24}[0-9.]+\s?(?:%|percent)(?!\s?(?:confiden|service|ucl|upper))"
    r"|[0-9.]+\s?(?:%|percent)(?![a-z])[^0-9,.;]{0,24}(?:fail|scrap|defect|reject|yield loss|are bad|is bad)",
    _ANY,
)
_DIAMETER = re.compile(r"mfd|mode[- ]?field(?! radi)|diameters?|模[场場](?!半径)|直径|直徑", _ANY)
_SAVING = re.compile(
    r"sav|reduc|less|lower|cut|versus|vs|compar|against|instead|replac|drop|fall|down|from|ratio|times|factor"
    r"|[省节節降减減改换換替比较較对對差由从從倍]|→|->",
    _ANY,
)
_YIELD = re.compile(r"yield|good|pass|work|良率|良品|合格|成品率|歩留|可用|通过", _ANY)
_OF_ONE = re.compile(
    r"yield of (?:one|each|every|a single)|(?:each|single) (?:[a-z]+ )?yield\s?\?"
    r"|(?:单个|每个|每只|单颗|单只|单台)[^，,。;；]{0,10}良率(?:是|为|要|需)?(?:多少|几)",
    _ANY,
)
_SPLIT = re.compile(r"(?<![0-9.:：])1\s?[:：]\s?[0-9]{1,3}(?![0-9.:：])")
_SEVERAL_OF = re.compile(
    r"(?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|both|a dozen)\s[0-9.]+\s?[a-z]"
    r"|[两兩三四五六七八九十][个個只台颗路]\s?[0-9.]+\s?[a-z]",
    _ANY,
)
_FALLING = re.compile(
    r"shr[iua]nk|fall|fell|declin|decreas|drop|lose|halv|half|triple|quadruple|tenfold|three times|four times"
    r"|下降|减少|減少|下滑|萎缩|缩减|减半|減半|三倍|四倍|五倍|十倍|翻两番|翻二番|翻三番",
    _ANY,
)
_BOTH_WAYS = re.compile(r"bi-?directional|both directions|full[- ]duplex|双向|雙向|双方向", _ANY)
# "rose by 63 million", "增加6300万": an increase, where the formula wants a level.
_INCREASE = (
    r"(?:(?:ros|ris|gr[eo]w|increas|climb|jump|gain|add|fell|fall|drop|declin|decreas|shr[aiu]nk|lost|cut|reduc)\w*|up|down)"
    r"\s(?:by|of|another|a further|an additional)\s(?:about |some |around |roughly )?[$€£¥]?\s?{number}"
    r"|(?:增加|增长|增長|上升|提升|提高|上涨|增|减少|減少|下降|下滑|减|降低|降)(?:了|约|約|额|幅度?为?|量为?)?\s?{number}"
    r"|(?:an? )?(?:increase|rise|growth|gain|decrease|fall|drop|decline|reduction) of\s(?:about )?[$€£¥]?\s?{number}"
    r"|{number}[^0-9,，。;；]{{0,16}}(?:的)?(?:增量|增幅|降幅|增加额|more than|higher than|lower than|less than)"
)
_LEVELS = frozenset(("growth_pct", "cagr_pct", "power_saving", "learning_rate_pct"))


def turned(question: str, steps: Iterable[tuple[str, dict[str, str]]]) -> bool:
    """Whether a word of the question gives one of its numbers another meaning than its argument has.

    Args:
        steps: (formula id, argument → its words) of each calculation.
    """
    steps = list(steps)
    if _ALWAYS.search(question):
        return True
    if _SPLIT.search(question) and all(formula_id != "splitter_loss_db" for formula_id, _ in steps):
        return True
    return any(_turns(question, formula_id, inputs) for formula_id, inputs in steps)


def _turns(question: str, formula_id: str, inputs: dict[str, str]) -> bool:
    formula = lookup(formula_id)
    if formula_id == "power_saving" and not _SAVING.search(question):
        return True
    if any("yield" in name for name in inputs) and not _YIELD.search(question):
        return True
    if formula_id in ("series_yield_pct", "k_of_n_yield_pct") and _OF_ONE.search(question):
        return True
    if any(p.shape in ("named", "counted") and _is_alone(inputs.get(p.name, "")) for p in formula.parameters):
        return True
    if len(formula.required) == 1 and _SEVERAL_OF.search(question):
        return True
    if formula.group == "fibre_coupling" and _DIAMETER.search(question):
        return True
    if formula_id == "doubling_time_years" and _FALLING.search(question):
        return True
    if formula_id in _LEVELS and any(_is_increase(question, words) for words in inputs.values()):
        return True
    if formula.compared and any(len(words_of_axis(question, axis)) > 1 for axis in AXES):
        return True
    two_way = any(parameter.name == "bidirectional" for parameter in formula.parameters)
    return bool(_BOTH_WAYS.search(question)) and not two_way and formula.group in ("energy", "counting", "latency")


def _is_alone(words: str) -> bool:
    """Whether a list that should be added up has one number in it, and no count."""
    return bool(words) and not re.search(r"[;；×x*、+]", words)


def _is_increase(question: str, words: str) -> bool:
    pattern = _INCREASE.replace("{number}", re.escape(words)).replace("{{", "{").replace("}}", "}")
    return bool(words) and not words.startswith("#") and re.search(pattern, question, _ANY) is not None
