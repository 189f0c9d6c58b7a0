"""Units as people write them in English, Chinese and Japanese, and the canonical unit of each dimension.

Factors are exact decimals. ``PER`` is what divides one unit by another.
"""

import re
from decimal import Decimal

PER = re.compile(r"\s?/\s?|\sper\s|每")
_ALNUM = re.compile(r"[0-9A-Za-z]")
# Words that begin like a unit, and "x" before a number, which multiplies.
_NOT_A_UNIT = re.compile(
    r"度角|[x×X][0-9]|克隆|米兰|元[素件器]|安[全装排]|天[线然]|周[期边岁]|秒杀|位[于置]|年[代轻级級]|焦点"
    r"|平方(?![毫厘微]?米)|A\.[A-Z]|A [A-Z][a-z]"
)

_PREFIXES = {
    "f": "1e-15", "p": "1e-12", "n": "1e-9", "μ": "1e-6", "u": "1e-6", "m": "1e-3",
    "k": "1e3", "M": "1e6", "G": "1e9", "T": "1e12", "P": "1e15", "E": "1e18",
}  # fmt: skip
_WORD_PREFIXES = {
    "femto": "f", "pico": "p", "nano": "n", "micro": "μ", "milli": "m", "kilo": "k", "mega": "M", "giga": "G",
    "tera": "T", "peta": "P",
    "飞": "f", "皮": "p", "纳": "n", "奈": "n", "微": "μ", "毫": "m", "千": "k", "兆": "M", "百万": "M",
    "吉": "G", "千兆": "G", "太": "T", "拍": "P",
    "ピコ": "p", "ナノ": "n", "マイクロ": "μ", "ミリ": "m", "キロ": "k", "メガ": "M", "ギガ": "G", "テラ": "T",
}  # fmt: skip

# base → (symbols, prefixes its symbols take, words that take a word prefix)
_SI: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "W": (("W",), "fpnμumkMGT", ("watt", "watts", "瓦特", "瓦", "ワット")),
    "Wh": (("Wh", "W·h", "W-h"), "mkMGT", ("watt-hour", "watt-hours", "watt hours", "瓦时", "瓦時", "ワット時")),
    "J": (("J",), "fpnμumkMGT", ("joule", "joules", "焦耳", "焦", "ジュール")),
    "b": (("b", "bit", "bits"), "kMGTP", ("bit", "bits", "比特", "位元", "ビット")),
    "b/s": (
        ("bps", "bit/s", "bits/s", "b/s", "b/sec", "bit/sec", "bits/sec"),
        "kMGTP",
        ("bits per second", "bit per second", "比特/秒", "比特每秒", "位/秒", "ビット/秒", "ビット毎秒"),
    ),
    "B": (("B", "Byte", "Bytes"), "kMGTP", ("byte", "bytes", "字节", "字節", "バイト")),
    "B/s": (("B/s", "Bps"), "kMGTP", ("bytes per second", "字节/秒", "字节每秒")),
    "Hz": (("Hz",), "kMGT", ("hertz", "赫兹", "赫", "ヘルツ")),
    "Bd": (("Bd", "Baud", "baud"), "kMG", ("baud", "波特", "ボー")),
    "m": (("m",), "nμumkc", ("meter", "meters", "metre", "metres", "米", "メートル")),
    "s": (("s", "sec"), "fpnμum", ("second", "seconds", "秒")),
    "V": (("V",), "nμumkM", ("volt", "volts", "伏特", "伏", "ボルト")),
    "A": (("A",), "pnμumk", ("ampere", "amperes", "amps", "安培", "安", "アンペア")),
    "Ω": (("Ω", "ohm", "ohms"), "mkMG", ("ohm", "ohms", "欧姆", "オーム")),
    "eV": (("eV",), "mkMG", ("电子伏特", "电子伏")),
    "Pa": (("Pa",), "kMG", ("pascal", "帕斯卡", "帕")),
    "g": (("g", "gCO2", "gCO2e"), "nμumk", ("gram", "grams", "克", "グラム")),
    "K": (("K",), "m", ("kelvin", "开尔文", "开")),
    "L": (("L",), "mμu", ("liter", "liters", "litre", "litres", "升", "リットル")),
}

_PLAIN_UNITS: dict[str, tuple[str, str]] = {  # text → (factor, canonical unit)
    **dict.fromkeys(("dB", "decibel", "decibels", "分贝", "分貝", "デシベル"), ("1", "dB")),
    **dict.fromkeys(("dBm", "分贝毫瓦", "毫瓦分贝"), ("1", "dBm")),
    **dict.fromkeys(("%", "percent", "per cent", "pct", "パーセント"), ("1", "%")),
    "‰": ("0.1", "%"),
    **dict.fromkeys(("ppm", "PPM", "dppm", "DPPM"), ("1", "ppm")),
    "ppb": ("0.001", "ppm"),
    **dict.fromkeys(
        ("percentage points", "percentage point", "percentage-point", "percentage-points", "pp", "ppt", "ppts",
         "百分点", "百分點", "个百分点", "個百分點", "パーセントポイント", "ポイント"),
        ("1", "pp"),
    ),
    **dict.fromkeys(("basis points", "basis point", "bps", "基点", "个基点"), ("0.01", "pp")),
    **dict.fromkeys(
        ("°C", "℃", "° C", "度C", "摄氏度", "攝氏度", "degree Celsius", "degrees Celsius", "degree C", "degrees C",
         "deg C"),
        ("1", "°C"),
    ),
    **dict.fromkeys(("°F", "℉", "华氏度"), ("1", "°F")),
    # Written with a divisor only: "5 pm" alone is an hour of the day.
    "C/W": ("1", "°C/W"),
    **dict.fromkeys(("pm/°C", "pm/℃", "pm/K"), ("1e-12", "m/K")),
    **dict.fromkeys(("J/(kg·K)", "J/(kg K)", "J/(kg*K)", "J/kg·K", "J/(kg·°C)"), ("0.001", "J/g/K")),
    **dict.fromkeys(("m3", "m³", "m^3", "立方米"), ("1000", "L")),
    **dict.fromkeys(("cm3", "cm³", "cm^3", "立方厘米"), ("0.001", "L")),
    **dict.fromkeys(("°", "deg", "degree", "degrees"), ("1", "deg")),
    **dict.fromkeys(("√Hz", "rtHz", "rt(Hz)", "sqrt(Hz)", "Hz^0.5", "Hz^(1/2)", "Hz½"), ("1", "√Hz")),
    **dict.fromkeys(
        ("device-hours", "device hours", "device-hour", "unit-hours", "unit hours", "port-hours", "port hours",
         "器件小时", "设备小时", "端口小时", "台时", "デバイス時間", "デバイス・時間", "ポート時間"),
        ("3600", "s"),
    ),
    **dict.fromkeys(("度电", "度電"), ("1000", "Wh")),
    "度": ("1", "度"),
    **dict.fromkeys(("公里", "キロ"), ("1000", "m")),
    **dict.fromkeys(
        ("厘米", "公分", "センチ", "センチメートル", "centimeter", "centimeters", "centimetre", "centimetres"),
        ("0.01", "m"),
    ),
    **dict.fromkeys(("micron", "microns", "微米"), ("1e-6", "m")),
    **dict.fromkeys(("inch", "inches", "英寸"), ("0.0254", "m")),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟", "分鐘", "分間"), ("60", "s")),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时", "小時", "個小時", "个小时", "時間"), ("3600", "s")),
    **dict.fromkeys(("day", "days", "天", "日間"), ("86400", "s")),
    **dict.fromkeys(("week", "weeks", "周", "星期", "週間"), ("604800", "s")),
    **dict.fromkeys(("month", "months", "个月", "個月", "か月", "ヶ月", "カ月", "ヵ月"), ("1", "months")),
    **dict.fromkeys(("quarters", "个季度", "個季度", "四半期"), ("3", "months")),
    **dict.fromkeys(("year", "years", "yr", "yrs", "年間", "年"), ("1", "years")),
    **dict.fromkeys(("t", "tCO2", "tCO2e", "ton", "tons", "tonne", "tonnes", "吨", "噸", "トン"), ("1000000", "g")),
    **dict.fromkeys(("公斤", "千克", "キログラム"), ("1000", "g")),
    **dict.fromkeys(("FIT", "FITs"), ("1", "FIT")),
    **dict.fromkeys(("x", "×", "X", "倍", "fold", "times"), ("1", "x")),
    **dict.fromkeys(("US dollars", "U.S. dollars", "dollars", "US dollar", "dollar", "USD"), ("1", "USD")),
    **dict.fromkeys(("美元", "美金", "米ドル", "ドル"), ("1", "USD")),
    **dict.fromkeys(("cents", "cent", "US cents", "美分", "セント"), ("0.01", "USD")),
    **dict.fromkeys(("yuan", "renminbi", "RMB", "CNY", "人民币", "人民幣", "元人民币", "元", "人民元"), ("1", "CNY")),
    **dict.fromkeys(("yen", "JPY", "日元", "日圆", "日圓", "円"), ("1", "JPY")),
    **dict.fromkeys(("euros", "euro", "EUR", "欧元", "歐元", "ユーロ"), ("1", "EUR")),
    **dict.fromkeys(("pounds", "GBP", "英镑", "英鎊", "ポンド"), ("1", "GBP")),
    **dict.fromkeys(("HKD", "港元", "港币", "港幣", "香港ドル", "Hong Kong dollars", "HK dollars"), ("1", "HKD")),
    **dict.fromkeys(
        ("TWD", "新台币", "新臺幣", "新台幣", "台币", "台幣", "台湾ドル", "NT dollars", "New Taiwan dollars"),
        ("1", "TWD"),
    ),
    **dict.fromkeys(("CAD", "Canadian dollars", "加元", "加拿大元", "カナダドル"), ("1", "CAD")),
    **dict.fromkeys(("AUD", "Australian dollars", "澳元", "澳大利亚元", "澳洲元", "豪ドル"), ("1", "AUD")),
    **dict.fromkeys(("SGD", "Singapore dollars", "新加坡元", "シンガポールドル"), ("1", "SGD")),
    **dict.fromkeys(("won", "KRW", "韩元", "韓元", "韩圆", "ウォン"), ("1", "KRW")),
}  # fmt: skip
CURRENCY_SIGNS = {
    "US$": "USD", "USD": "USD", "NT$": "TWD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "A$": "AUD",
    "C$": "CAD", "$": "USD",
    "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY", "人民幣": "CNY",
    "JPY": "JPY", "TWD": "TWD", "HKD": "HKD", "KRW": "KRW", "₩": "KRW", "¥": "CNY", "美元": "USD",
    "新台币": "TWD", "新臺幣": "TWD",
}  # fmt: skip
CURRENCIES = frozenset(CURRENCY_SIGNS.values())
_PREFERRED = {
    "b/s": ("1e-9", "Gb/s"),
    "J/b": ("1e12", "pJ/bit"),
    "B/s": ("1e-9", "GB/s"),
    "W/b/s": ("1e12", "pJ/bit"),
    "Bd": ("1e-9", "GBd"),
}
_AREA = {"mm": "1e-6", "cm": "1e-4", "m": "1", "km": "1e6", "μm": "1e-12", "um": "1e-12"}
_CARELESS = {
    "KW": "kW", "kw": "kW", "w": "W", "KWh": "kWh", "kwh": "kWh", "KM": "km", "Km": "km", "db": "dB", "DB": "dB",
    "dbm": "dBm", "DBM": "dBm", "dBM": "dBm", "GBPS": "Gbps", "TBPS": "Tbps", "gbps": "Gbps", "tbps": "Tbps",
    "mbps": "Mbps", "Kbps": "kbps", "KHz": "kHz", "KB": "kB", "pj": "pJ",
}  # fmt: skip


def _unit_table() -> dict[str, tuple[Decimal, str]]:
    table: dict[str, tuple[Decimal, str]] = {}
    for base, (symbols, prefixes, words) in _SI.items():
        for symbol in symbols:
            table[symbol] = (Decimal(1), base)
            for prefix in prefixes:
                factor = Decimal("0.01") if prefix == "c" else Decimal(_PREFIXES[prefix])
                table[prefix + symbol] = (factor, base)
        for word in words:
            table[word] = (Decimal(1), base)
            for name, prefix in _WORD_PREFIXES.items():
                if name.isascii() == word.isascii():
                    table[name + word] = (Decimal(_PREFIXES[prefix]), base)
    table |= {text: (Decimal(factor), unit) for text, (factor, unit) in _PLAIN_UNITS.items()}
    for length, area in _AREA.items():
        table |= dict.fromkeys((length + "2", length + "²", length + "^2", "sq " + length), (Decimal(area), "m2"))
        table["square " + length] = (Decimal(area), "m2")
    for length, size in (("micro", "1e-12"), ("milli", "1e-6"), ("centi", "1e-4"), ("", "1"), ("kilo", "1e6")):
        for word in ("meter", "metre"):
            for number in ("", "s"):
                table[f"square {length}{word}{number}"] = (Decimal(size), "m2")
    table |= {
        "平方微米": (Decimal("1e-12"), "m2"),
        "平方毫米": (Decimal("1e-6"), "m2"),
        "平方厘米": (Decimal("1e-4"), "m2"),
        "平方米": (Decimal(1), "m2"),
    }
    table |= {careless: table[exact] for careless, exact in _CARELESS.items()}
    return table


UNITS = _unit_table()
"""What people write → how many canonical units one is, and the canonical unit."""

_UNIT_WORDS = {name.casefold(): value for name, value in UNITS.items() if len(name) > 3 and name.isascii()}


def _unit_lengths() -> dict[str, tuple[int, ...]]:
    """First character, in either case → lengths of the units that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for name in UNITS:
        for first in (name[0].lower(), name[0].upper()):
            lengths.setdefault(first, set()).add(len(name))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


_LENGTHS = _unit_lengths()
_UNDIVIDED = frozenset(("%", "pp", "x", "s", "months", "years"))  # "30% per year" is 30%, "five times a week" 5 times
_NEVER_ALONE = frozenset(("b", "B", "E"))  # "8b", "5B": a coding scheme, billions; as a divisor they are bits and bytes


def unit_at(text: str, at: int, *, divisor: bool = False) -> tuple[Decimal, str, int] | None:
    """The longest known unit standing at ``text[at:]``: its factor, canonical name and end."""
    for length in _LENGTHS.get(text[at : at + 1], ()):
        name, end = text[at : at + length], at + length
        if end > len(text):
            continue
        known = UNITS.get(name) or (_UNIT_WORDS.get(name.casefold()) if length > 3 else None)
        if known is None or (name in _NEVER_ALONE and not divisor):
            continue
        if _ALNUM.match(name[-1]) and _ALNUM.match(text[end : end + 1]):
            continue
        if _NOT_A_UNIT.match(text, at):
            continue
        return known[0], known[1], end
    return None


def compound_unit_at(text: str, at: int) -> tuple[Decimal, str, int] | None:
    """A unit with its divisors ("pJ/bit", "dB per km", "Gb/s/mm²"), in canonical form; "/cm²" is a density."""
    first = unit_at(text, at) or _density_at(text, at)
    if first is None:
        return None
    factor, name, end = first
    for _ in range(0 if name in _UNDIVIDED else 2):
        per = PER.match(text, end)
        below = unit_at(text, per.end(), divisor=True) if per else None
        if below is None:
            break
        factor, name, end = factor / below[0], f"{name}/{below[1]}", below[2]
        factor, name = prefer(factor, name)
    factor, name = prefer(factor, name)
    return factor, name, end


_DENSITY = re.compile(
    r"(?:defects?|个|個|个缺陷|缺陷)?(?:\s?/\s?|\sper\s|每)(?=(?:sq )?[mc]m|平方|square)|(?=cm(?:-2|\^-2|⁻²))"
)
_PER_KELVIN = re.compile(r"\s?/\s?(?:K|°C|℃)(?![0-9A-Za-z])")
_INVERSE_AREA = re.compile(r"cm(?:-2|\^-2|⁻²)(?![0-9A-Za-z])")


def _density_at(text: str, at: int) -> tuple[Decimal, str, int] | None:
    """So many on an area, or a kelvin: "/cm²", "defects per cm²", "cm⁻²"; the "/K" of "2.6×10⁻⁶/K"."""
    if kelvin := _PER_KELVIN.match(text, at):
        return Decimal(1), "1/K", kelvin.end()
    per = _DENSITY.match(text, at)
    if per is None:
        return None
    if inverse := _INVERSE_AREA.match(text, per.end()):
        return Decimal(10000), "1/m2", inverse.end()
    area = unit_at(text, per.end(), divisor=True)
    return (1 / area[0], "1/m2", area[2]) if area and area[1] == "m2" else None


def prefer(factor: Decimal, name: str) -> tuple[Decimal, str]:
    """The unit that people write for a dimension (pJ/bit for J/b), with the factor to match."""
    if name not in _PREFERRED:
        return factor, name
    scale, preferred = _PREFERRED[name]
    return factor * Decimal(scale), preferred
