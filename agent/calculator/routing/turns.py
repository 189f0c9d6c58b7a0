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
    # so many of what has the number beside it
    r"|\bpairs? of\b|\bdozens?\b|\bdual\b|\btwin\b|\bhalf (?:of|are|is|off|the)\b|\band a half\b|"
    r"(?<![a-z])twice(?![a-z])"
    r"|一半|一对|[年瓦月天个米元]半|\(\s?[x×*]\s?[0-9]|[0-9]\s?[x×]\s?\)|\bat both\b|\bin each of [0-9]"
    r"|\b1\s?\+\s?1\b|\btolerated\b|\bat most\b|\bup to (?:one|two|three|[0-9]+) (?:may|can|bad|fail)"
    r"|(?:db|ns) on both sides\b|\bper hop\b|(?:[0-9]|two|three|four|five) hops|[一二两三四五六七八九十0-9]跳"
    r"|\beach (?:with|having|has) (?:[0-9]+ (?!percent)[a-z]|two|three|four|eight|ten)|\ba (?:hundred|thousand|"
    r"third|fifth|tenth)\b|"
    r"上[百千万]"
    r"|(?<!24)(?<!24 )(?:h|hours?) (?:a|per|each|every) day|hours daily|每[天日](?:运行|工作|开机)?\s?[0-9]"
    r"|,? and (?:also |then )?with (?:[0-9]+|two|three|four) (?:spares?|extra|redundant)[^.;]{0,12}\?"
    r"|\b(?:both|either|the two) sides (?:have|has|hold|carry|each|sit|stand)|\b(?:either|each) side (?:has|holds|"
    r"carries|sit)"
    r"|[两兩]侧各|左右[两兩]边|[两兩]边各|每[边侧][0-9一二两三四五六七八九十]|四边"
    # signs in words, and what is set apart
    r"|(?:\bnegative|\bminus|负|負)\s?[0-9]|\bdifference between\b|相差|\bof the two\b|两家合计|两者合计"
    # a share that is bad, beside its number
    r"|(?:不良|报废|報廢|次品|废品|缺陷|失效|故障|淘汰)(?:率|概率|比例)?[^0-9,，。;；]{0,6}[0-9.]+\s?(?:%|％|百分)(?!\s?(?:的)?(?:置信|服务))"
    r"|[0-9.]+\s?(?:%|％)\s?(?:的)?[^0-9,，。;；]{0,10}(?:不良|报废|報廢|次品|失效|故障|坏掉|报损)"
    r"|(?:fail(?:ure)?s?|scrap(?:ped)?|defects?|defective|reject(?:ed|ion)?s?|yield loss|bad)(?![a-z])"
    r"[^0-9,.;]{0,24}[0-9.]+\s?(?:%|percent)(?!\s?(?:confiden|service|ucl|upper))"
    r"|[0-9.]+\s?(?:%|percent)(?![a-z])[^0-9,.;:]{0,24}(?:fail|scrap|defect|reject|yield loss|are bad|is bad)"
    r"|yield[^.;?]{0,12}[0-9.]+\s?% loss|[0-9.]+\s?% yield loss",
    _ANY,
)
_DIAMETER = re.compile(
    r"mfd|mode[- ]?field(?! (?:radi|mismatch))|diameters?|模[场場](?!半径|半徑|失配|适配|匹配|不匹配|重叠)|直径|直徑",
    _ANY,
)
_A_RADIUS = r"(?:radi(?:us|i)|半径|半徑)[^0-9,.;，。；]{0,8}"
_SAVING = re.compile(
    r"sav|reduc|less|lower|cut|versus|vs|compar|against|instead|replac|drop|fall|down|from|ratio|times|factor"
    r"|[省节節降减減改换換替比较較对對差由从從倍]|→|->",
    _ANY,
)
_YIELD = re.compile(r"yield|good|pass|work|succe(?:ed|ss)|良率|良品|合格|成品率|歩留|可用|通过", _ANY)
_OF_ONE = re.compile(
    r"per[- ](?:step|unit|engine|stage|process) yield|yield of (?:one"
    r"|each|every|a single)|(?:each|single) (?:[a-z]+ )?yield\s?\?"
    r"|(?:单个|每个|每只|单颗|单只|单台)[^，,。;；]{0,10}良率(?:是|为|要|需)?(?:多少|几)",
    _ANY,
)
_SPLIT = re.compile(r"(?<![0-9.:：])1\s?[:：x×]\s?([0-9]{1,3})(?![0-9.:：])", _ANY)
_TIMES_OF_DB = re.compile(r"db\s?[x×*]\s?[0-9]", _ANY)
_EVERY_PERIOD = re.compile(
    r"(?:per|a|each|every) (?:month|week|quarter|day)|monthly|weekly|quarterly"
    r"|每[个個]?(?:月|周|季|天|日)|/月|月增长|月均|季度?增长",
    _ANY,
)
_YEARLY = re.compile(r"annual|per year|a year|per annum|yearly|每年|年均|年化|年复合|复合", _ANY)
_LOSS_MAKING = re.compile(r"亏损|虧損|loss of|net loss|negative|-\s?[$€£¥]|由负|扭亏", _ANY)
_DISCOUNT = re.compile(r"[一二三四五六七八九0-9.]+折(?![现旧合算])|discounts?(?! rate| factor)(?![a-z])|% off", _ANY)
_BY = re.compile(r"(?:grew|grow\w*|rose|ris\w+|increas\w+|fell|fall\w*|declin\w+|dropp\w+|up|down)\s+by\s", _ANY)
_OF_A_SWITCH = re.compile(r"([0-9.]+)\s?T(?:b/s|bps|bit/s)?\s?(?:的)?(?:switch|交换机|交換機)", _ANY)
_OF_ONE_SWITCH = re.compile(r"单台|每台|(?:per|each|every|one) (?:switch|box|chassis|system)", _ANY)
_SUMMED = re.compile(r"losses|loses|total|in all|altogether|合计|合計|总|總|共", _ANY)
_FIELD = re.compile(r"voltage|amplitude|field ratio|电压|電圧|幅度|场强", _ANY)
_FAILED_OF = re.compile(r"fail|broken|dead|失效|坏|故障|不良", _ANY)
_REDUNDANT = re.compile(
    r"(?<!no )(?<!without )(?<!zero )(?<![无不没零])(?:spares?(?![a-z])|redundan|back-?up|备用|冗余|备份)", _ANY
)
_SAVES = re.compile(r"sav|reduc|less|lower|cut|drop|fall|differen|[省节節降減减差]", _ANY)
_ONE_OF = re.compile(
    r"(?<![a-z])(?:one|a single)\s[^,.;?]{0,14}(?:lane|port|module|engine|fib(?:er|re))s? of "
    r"(?!(?:the|an?|its|each) [a-z])",
    _ANY,
)
_TWICE = re.compile(r"(?<![a-z])(?:twice|doubles?|doubled|triples?)(?![a-z])", _ANY)
_JIAO = re.compile(r"[0-9.]\s?毛(?!利)")
_SPLICED = re.compile(r"(?:million|billion|万|亿)\s(?:million|billion|万|亿)", _ANY)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SEVERAL_OF = re.compile(
    r"(?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|both|a dozen)\s[0-9.]+\s?[a-z]"
    r"|[两兩三四五六七八九十][个個只台颗路]\s?[0-9.]+\s?[a-z]",
    _ANY,
)
_FALLING = re.compile(
    r"shr[iua]nk|fall|fell|declin|decreas|drop|lose|halv|half|triple|quadruple|tenfold|three times|four times"
    r"|下降|减少|減少|下滑|萎缩|年[减減降跌]|缩减|减半|減半|三倍|四倍|五倍|十倍|翻两番|翻二番|翻三番",
    _ANY,
)
_OF_A_SHARE = re.compile(r"penetration|渗透率|滲透率|毛利率|gross margin", _ANY)
_UNTIL = re.compile(r"how (?:many (?:hours|days|months|years)|long)|until|多久|多少(?:小时|天|年)|直到", _ANY)
_SPELL = re.compile(
    r"(?:in|per|a|each|every) (?:month|week|quarter|day)(?![a-z])|(?:month|week|quarter|dai)ly"
    r"|[每一](?:个?月|周|个?季度?|天)",
    _ANY,
)
_PARALLEL = re.compile(r"parallel|并联|並聯|並列", _ANY)
_BOTH_WAYS = re.compile(r"bi-?directional|both directions|full[- ]duplex|双向|雙向|双方向", _ANY)
# "rose by 63 million", "增加6300万": an increase, where the formula wants a level.
_INCREASE = (
    r"(?:(?:ros|ris|gr[eo]w|increas|climb|jump|gain|add|fell|fall|drop|declin|decreas|shr[aiu]nk|lost|cut|reduc)\w*|up|down)"
    r"\s(?:by|of|another|a further|an additional)\s(?:about |some |around |roughly )?[$€£¥]?\s?{number}"
    r"|(?:增加|增长|增長|上升|提升|提高|上涨|增|减少|減少|下降|下滑|减|降低|降)(?:了|约|約|额|幅度?为?|量为?)?\s?{number}"
    r"|(?:an? )?(?:increase|rise|growth|gain|decrease|fall|drop|decline|reduction) of\s(?:about )?[$€£¥]?\s?{number}"
    r"|{number}[^0-9,，。;；]{{0,16}}(?:的)?(?:增量|增幅|降幅|增加额|more than|higher than|lower than|less than)"
)
_OF_ONE_SCALE = frozenset(("growth_pct", "cagr_pct", "supply_gap", "market_share_pct", "import_dependency"))
_LEVELS = frozenset(("growth_pct", "cagr_pct", "power_saving", "learning_rate_pct"))

_CALLED_BY = {
    "power_saving": _SAVING,
    "gross_margin_pct": re.compile(r"margin|\bgm\b|profit|毛利|利润|盈利", _ANY),
    "npv": re.compile(r"npv|present value|净现值|現在価値", _ANY),
    "tco": re.compile(r"tco|total cost|cost of ownership|总拥有|总成本|拥有成本", _ANY),
    "fit_from_mtbf_h": re.compile(
        r"mt[bt]f|mean (?:time|life)|between failures|平均.{0,4}(?:间隔|时间|寿命)|故障间隔", _ANY
    ),
    "hhi": re.compile(r"hhi|herfindahl|赫芬达尔|集中度|concentration", _ANY),
}
"""Formula → the words without which it is not meant, whatever the units fit."""

_GAIN = re.compile(r"\bgain\b|amplif|\bsoa\b|增益|放大器", _ANY)
_TARGET = re.compile(r"target|\bgoal|目标|last year|去年|year before|上一代", _ANY)
_OF_WHICH = re.compile(r"of which|including|其中|包括", _ANY)
_ONE_WAY = re.compile(r"\bone direction|\bone[- ]way|and back|\bback to\b|单向|单程|再回", _ANY)
_OTHERS = re.compile(r"\bothers?\b|the rest|其他|其余", _ANY)
_EITHER = re.compile(
    r"typical|\btyp\b|\bmax(?:imum)?\b|worst[- ]case|best[- ]case|典型|最大|最坏|[0-9]\s?/\s?[0-9.]+\s?db", _ANY
)
_PER_THING = re.compile(
    r"(?:[0-9]|two|three|four|five|six|eight|ten)\s(?!watts|dollars|bits|cents|euros|hours|years)[a-z]{3,12}s\s"
    r"(?:per|in each|in every|for each|for every)\s(?:engine|module|port|rack|switch|server|host|package|card|board|"
    r"cabinet)"
    r"|每[个只台块](?:引擎|模块|端口|机柜|交换机|服务器|封装)(?:配|有|含|装|用|需)[^0-9，。]{0,4}[0-9一二两三四五六七八九十]",
    _ANY,
)
_OF_THE_REST = re.compile(
    r"\bothers?\b|\brest\b|rival|competitor|\bdomestic|其余|其他|非\s?[a-z]|(?:可插拔|pluggable)(?!.*(?:总|total|market|全球|市场|行业))",
    _ANY,
)
_TWO_EDGES = re.compile(
    r"(?:edges|sides) of (?:an? )?[0-9]|(?:two|both|four|each of) (?:sides|edges)|[两二三四][条边]|四周", _ANY
)

_UNSAID_BY: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (frozenset(meant.split()), word)
    for meant, word in (
        ("series_yield_pct k_of_n_yield_pct", _OF_ONE),
        ("series_yield_pct k_of_n_yield_pct", _FAILED_OF),
        ("series_yield_pct", _REDUNDANT),
        ("compound_yield_pct series_yield_pct", _TARGET),
        ("hhi", _OTHERS),
        ("fleet_power_kw system_fit bom_check", _OF_WHICH),
        ("fiber_count fresnel_loss_db", _ONE_WAY),
        ("link_budget min_laser_power_dbm", _GAIN),
        ("link_budget min_laser_power_dbm", _EITHER),
        ("reliability energy yield_cost", _PER_THING),
        ("shoreline_density_gbps_mm", _TWO_EDGES),
        ("market energy doubling_time_years", _EVERY_PERIOD),
        ("growth_pct", _YEARLY),
        ("growth_pct", _LOSS_MAKING),
        ("growth_pct", _BY),
        ("project doubling_time_years", _FALLING),
        ("project", _OF_A_SHARE),
        ("expected_failures", _UNTIL),
        ("junction_temp_c", _PARALLEL),
        ("db_to_linear linear_to_db", _FIELD),
    )
)
"""Formulas and groups of them, and the words beside which their numbers mean something else."""


def turned(question: str, steps: Iterable[tuple[str, dict[str, str]]]) -> bool:
    """Whether a word of the question gives one of its numbers another meaning than its argument has.

    Args:
        steps: (formula id, argument → its words) of each calculation.
    """
    steps = list(steps)
    if _ALWAYS.search(question):
        return True
    ways = {match[1] for match in _SPLIT.finditer(question)}
    split = {inputs.get("n_ways") for formula_id, inputs in steps if formula_id == "splitter_loss_db"}
    if ways and not ways <= split and any(lookup(one).group == "optical_link" for one, _ in steps):
        return True
    words = " ".join(words for _, inputs in steps for words in inputs.values())
    if _JIAO.search(question) or _SPLICED.search(words):
        return True
    if not _OF_ONE_SWITCH.search(question) and any(match[1] not in words for match in _OF_A_SWITCH.finditer(question)):
        return True
    if _DISCOUNT.search(question):
        return True
    if len(steps) > 1 and any(one == "power_saving" for one, _ in steps[:-1]) and not _SAVES.search(question):
        return True  # "30 kW versus 12 kW: the energy of each" is of neither's saving
    return any(_turns(question, formula_id, inputs) for formula_id, inputs in steps)


def _turns(question: str, formula_id: str, inputs: dict[str, str]) -> bool:
    formula = lookup(formula_id)
    if any({formula_id, formula.group} & meant and word.search(question) for meant, word in _UNSAID_BY):
        return True
    if formula_id in _CALLED_BY and not _CALLED_BY[formula_id].search(question):
        return True
    if any("yield" in name for name in inputs) and not _YIELD.search(question):
        return True
    lists = [inputs.get(p.name, "") for p in formula.parameters if p.shape in ("named", "counted")]
    if any(map(_is_alone, lists)) and not _SUMMED.search(question):
        return True
    counts = any(p.shape in ("integer", "counted") for p in formula.parameters)
    if not counts and (_SEVERAL_OF.search(question) or _ONE_OF.search(question)):
        return True
    if formula.group in ("energy", "counting") and formula_id != "doubling_time_years" and _TWICE.search(question):
        return True
    if formula_id == "expected_failures" and "hours" not in inputs and _SPELL.search(question):
        return True
    losses = [words for name, words in inputs.items() if "losses" in name]
    if formula.group == "fibre_coupling" and _DIAMETER.search(question) and not _takes_halves(question, inputs):
        return True
    if _TIMES_OF_DB.search(question) and not all(re.search("[x×*]", words) for words in losses):
        return True
    if "years" in inputs and _other_span(question, inputs["years"]):
        return True
    if formula_id in _LEVELS and any(re.search(r"\sto\s|[到至]", words) for words in inputs.values()):
        return True  # what something was and became is no range
    if formula_id == "splitter_loss_db" and _WHOLE_LOSS.search(question):
        return True
    if formula_id == "switch_optics_power_w" and "idle_fraction" in inputs and "utilisation" not in inputs:
        return True
    if formula_id == "market_share_pct" and _OF_THE_REST.search(question):
        return True
    if formula_id in _OF_ONE_SCALE and _lacks_scale(list(inputs.values())):
        return True
    if formula_id == "k_of_n_yield_pct" and re.search(re.escape(inputs.get("k", "-")) + _IS_SPARE, question, _ANY):
        return True
    if _AMONG_SPARE.search(question) and any("spare" in name for name in inputs):
        return True
    if formula_id in _LEVELS and any(_is_increase(question, words) for words in inputs.values()):
        return True
    if formula.compared and any(len(words_of_axis(question, axis)) > 1 for axis in AXES):
        return True
    one_way = all(parameter.name != "bidirectional" for parameter in formula.parameters)
    return one_way and formula.group in ("energy", "counting", "latency") and bool(_BOTH_WAYS.search(question))


def _takes_halves(question: str, inputs: dict[str, str]) -> bool:
    """Whether every radius is half of a diameter, or called one."""
    radii = [words for name, words in inputs.items() if name in ("w_um", "w1_um", "w2_um")]
    return all("÷" in words or re.search(_A_RADIUS + re.escape(words), question, _ANY) for words in radii)


def _other_span(question: str, years: str) -> bool:
    """Whether the years that a question names lie further or less apart than its number of years says."""
    named = [int(year) for year in _YEAR.findall(question)]
    number = re.match(r"[0-9]+(?![0-9])", years)
    return (
        len(named) > 1 and number is not None and not _YEAR.match(years) and max(named) - min(named) != int(number[0])
    )


_WHOLE_LOSS = re.compile(
    r"ways?\s?[(（][0-9.]+\s?db|splitter[^,;.]{0,12}(?:with|of|has|at|:)\s(?:an? )?[0-9.]+\s?db(?! (?:of )?excess|"
    r" (?:of )?additional)|"
    r"1\s?[:：x×]\s?[0-9]+\s?[(（][0-9.]+\s?db",
    _ANY,
)
_IS_SPARE = r"\s?[个只颗]?[^0-9，。,.]{0,3}(?:备|冗余|spare|redundan)"
_AMONG_SPARE = re.compile(
    r"(?:including|of which|其中|包括|含)[^0-9,.，。]{0,8}[0-9一二两三]\s?[^0-9,.，。]{0,6}(?:spare|redundan|备|冗余)",
    _ANY,
)
_SCALE = re.compile(r"million|billion|trillion|thousand|[kmb]n?$|[万亿千百]", _ANY)


def _lacks_scale(words: list[str]) -> bool:
    """Whether one number is in millions and another a bare one below a thousand: "from 900 to 1.1 million"."""
    bare = [one for one in words if re.fullmatch(r"[$€£¥]?[0-9]{1,3}(?:\.[0-9]+)?", one.strip())]
    return bool(bare) and any(_SCALE.search(one) for one in words)


def _is_alone(words: str) -> bool:
    """Whether a list that should be added up has one number in it, and no count."""
    return bool(words) and not re.search(r"[;；×x*、+]", words)


def _is_increase(question: str, words: str) -> bool:
    pattern = _INCREASE.replace("{number}", re.escape(words)).replace("{{", "{").replace("}}", "}")
    return bool(words) and not words.startswith("#") and re.search(pattern, question, _ANY) is not None
