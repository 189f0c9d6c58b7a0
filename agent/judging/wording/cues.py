"""Find the words that turn the sense of a statement: negations, directions, hedges, conditions, limits.

They stand in cues.csv, one row an axis, a sign and a language: "change,+" holds rise, 上涨 and 上昇, "change,-" holds
fall, 下跌 and 下落. A cue marked "~" is read in all its regular forms (fall~: falls, falling); "#" stands for a number.
Rows of the axis "neutral" are words in which a cue is none: 无线 (wireless) denies nothing, "lead time" leads nobody.
The longest cue is read, from left to right, so that 不少于 (no less than) is neither 不 nor 少于.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.document import Language
from corpus.lexicon import Mention, TermKind, load_lexicon
from corpus.text import HAN, KANA

Meaning = tuple[str, int]
"""An axis and a side of it: ("change", -1); the side is 0 where an axis has none ("negation")."""

_NAMES: tuple[TermKind, ...] = ("company", "country")
_TOKEN = re.compile(rf"(?P<latin>(?:(?![{HAN}{KANA}])[^\W_])+(?:[.,](?=\d)\d+)*)|(?P<wide>[{HAN}{KANA}])")
_NUMBER_AHEAD = re.compile(
    r"\s?(?:than |of |about |around |roughly |some |nearly |almost |US|约|約|近)?\s?[$€£¥]?\s?"
    r"(?:(?!(?:19|20)\d\d\s?(?:年|[,.;，。；)）]|$))\d|[一二三四五六七八九十百千两兩半几幾数數])"  # no year
)
_HAN, _KANA = re.compile(f"[{HAN}]"), re.compile(f"[{KANA}]")
_CUT = re.compile(rf"#|[{HAN}{KANA}]|(?:(?![{HAN}{KANA}])[^\W_])+")
# Words that bound a number are read with it, by corpus.quantities.
_BOUNDING = frozenset(("above", "amount", "bound", "balance"))
_LONGEST_LATIN = 6

# Traditional characters of the cues, and the simplified ones that the table is written in.
_TRADITIONAL = (
    "丟並乾亞佈佔併來侷係俬個倖偉側偽傑備傢傭傳債傷傾僅僞僱價儘優兌兒內兩凈別則剛剝創劃劇勁動務勝勢勵勻匯匱區協卻卽厭厲參員啓啟喪喫單嘗噁噹嚐嚮嚴囌國圖埰執堅報場塵墊壓壞壟壽夠夥奧奪奬奮學寀實寫寬寶將專尋對"
    "導屆屢層屬峯嶄師帶幫幷幹幾廈廠廢廣廳張強彆彔彙後從復徵徹恆惡愛態慘慮慶慾應懞懸戰戶拋捨捱掛採揚換損搗摺撐撓擁擊擋擔據擡擣擬擱擴攜敗敵數斷於旂昇時晉暫曏書會朮東條棄業極榦構樂樓標樣機橫檔檯權歡歸殘殺殻殼"
    "毀氣氾汎決沒沖況涼淨淺減測湧湯準溫滅滙滯滿漲漸潔潤濛濟災為無煩熱熾營燬爭爲爾牴牽狀狹獎獨獲現瑣產産異當發盡盤盪眞眾睏睞瞞矇確碼礙稅種稱穀積穩穫窮竪競箇節簡籌約納純級紡細紹終組結絕給統絶綁經綜綫維綱網綽"
    "緊線締緣編緩緻縫縮縱縴總繫繼續纍纔纖罷羣義聞聯聲職聽脈脩脫腦膚臨臺與興舉舊艱華蓆蓋蔘蕩蘇蘭處虛號虧蝕衆術衕衚衝裏裝裡製複覈見規視親覷觀觸計訊討託記設許訴診註証評試詫該詳誇誌認誕語誤說説調談請論諸諾謀謂"
    "謝謠謡謬證識譭議護變讓讚豎豐負貧貨責貴貶買貸費貼貿資賓賠賣質賴賺購賽贊贏趕趨跡蹟躋躍車軌軍軟較載輕輸轉辦辭迴連週進遊運過達違遙遜遞遠適遲遷選邁還邊鄰醖醞釀釦鉅鉛銳銷銹鋒鋭鋼錄錢錫錯録錶鍵鎖鏽鐵鑿長門閉"
    "開閑閒間閣閤闆闊關闢陞陳陸陽隊階際隨險隱隻雙雛雜離難雲電靈靜響頁頂項順須預領頭頸頻題額願類顯風颱飄飆飛飽飾餘餬駁駐駕駛驅驗驟體髮鬆鬍鬚鮮麥麪麫麵麼麽點齊齣龍龐"
)
_SIMPLIFIED = (
    "丢并干亚布占并来局系私个幸伟侧伪杰备家佣传债伤倾仅伪雇价尽优兑儿内两净别则刚剥创划剧劲动务胜势励匀汇匮区协却即厌厉参员启启丧吃单尝恶当尝向严苏国图采执坚报场尘垫压坏垄寿够伙奥夺奖奋学采实写宽宝将专寻对"
    "导届屡层属峰崭师带帮并干几厦厂废广厅张强别录汇后从复征彻恒恶爱态惨虑庆欲应蒙悬战户抛舍挨挂采扬换损捣折撑挠拥击挡担据抬捣拟搁扩携败敌数断于旗升时晋暂向书会术东条弃业极干构乐楼标样机横档台权欢归残杀壳壳"
    "毁气泛泛决没冲况凉净浅减测涌汤准温灭汇滞满涨渐洁润蒙济灾为无烦热炽营毁争为尔抵牵状狭奖独获现琐产产异当发尽盘荡真众困睐瞒蒙确码碍税种称谷积稳获穷竖竞个节简筹约纳纯级纺细绍终组结绝给统绝绑经综线维纲网绰"
    "紧线缔缘编缓致缝缩纵纤总系继续累才纤罢群义闻联声职听脉修脱脑肤临台与兴举旧艰华席盖参荡苏兰处虚号亏蚀众术同胡冲里装里制复核见规视亲觑观触计讯讨托记设许诉诊注证评试诧该详夸志认诞语误说说调谈请论诸诺谋谓"
    "谢谣谣谬证识毁议护变让赞竖丰负贫货责贵贬买贷费贴贸资宾赔卖质赖赚购赛赞赢赶趋迹迹跻跃车轨军软较载轻输转办辞回连周进游运过达违遥逊递远适迟迁选迈还边邻酝酝酿扣巨铅锐销锈锋锐钢录钱锡错录表键锁锈铁凿长门闭"
    "开闲闲间阁合板阔关辟升陈陆阳队阶际随险隐只双雏杂离难云电灵静响页顶项顺须预领头颈频题额愿类显风台飘飙飞饱饰余糊驳驻驾驶驱验骤体发松胡须鲜麦面面面么么点齐出龙庞"
)
_PLAIN = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


@dataclass(frozen=True, slots=True)
class Token:
    """A Latin word or number in lower case, or one Han or kana character in its simplified form; at ``[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that turns the sense.

    Attributes:
        first, last: Its tokens are ``tokens[first:last]`` of the text.
        text: As it stands there.
        meanings: Every axis it is a cue of, with its side; as the word alone has them.
        start: The offset of its first character.
        negated: A negation beside it turns its sides.
    """

    first: int
    last: int
    text: str
    start: int
    meanings: tuple[Meaning, ...]
    negated: bool = False

    def sides(self) -> tuple[Meaning, ...]:
        """Its meanings that have a side, as they stand in the text, negation included."""
        turn = -1 if self.negated else 1
        return tuple((axis, side * turn) for axis, side in self.meanings if side)

    def has(self, *axes: str) -> bool:
        """Whether it is a cue of one of these axes."""
        return any(axis in axes for axis, _ in self.meanings)


@lru_cache(maxsize=512)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text; marks are left out."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    plain = lowered.replace("’", "'").translate(_PLAIN)
    return tuple(Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(plain))


@lru_cache(maxsize=512)
def mentions_of(text: str) -> tuple[Mention, ...]:
    """The names and terms of the lexicon in a text."""
    return tuple(load_lexicon().find(text))


@lru_cache(maxsize=512)
def find_cues(text: str) -> tuple[Cue, ...]:
    """The cues of a text, left to right, not overlapping; none within the name of a company or a country."""
    language = _table_of(text)
    table = _table(language)
    tokens = tokens_of(text)
    names = [(one.start, one.end) for one in mentions_of(text) if one.term.kind in _NAMES]
    limits = [one.span() for one in _DENIED_LIMIT.finditer(text)]
    cues: list[Cue] = []
    at = 0
    while at < len(tokens):
        found = _longest(table, tokens, at, text)
        if found is None or _is_within(tokens[at].start, tokens[found[0] - 1].end, names):
            at += 1
            continue
        last, meanings = found
        words = text[tokens[at].start : tokens[last - 1].end]
        kept = _unbounded(meanings, text, tokens[last - 1].end)
        if kept and any(start <= tokens[at].start < end for start, end in limits):
            kept = tuple(one for one in kept if one[0] not in ("negation", "soft", *_BOUNDING))
        if kept:
            cues.append(Cue(at, last, words, tokens[at].start, kept))
        at = last
    return tuple(cues)


_DENIED_LIMIT = re.compile(
    r"(?<![a-z])(?:(?:not|never|cannot)|(?<=n['’]t))\s(?:(?:be|expected|forecast|projected|likely|going|set|thought|seen|"
    r"predicted|fall|drop|go)\s|(?:expect|think|believe|forecast|predict)\s[^,.;:]{1,60}?\s(?=to\s)|to\s)*"
    r"(?:exceed(?:ing)?|above|over|below|under|(?:less|lower|more|higher|fewer|greater) than)"
    r"(?=\s(?:about\s|the\s)?(?:US)?[$€£¥]?\d)"
    r"|[不未][会會]?(?:[超逾][过過]?|[高大多低小少][于於])(?=\s?[约約]?(?:[每毎][^，。；、\d]{1,4})?\s?(?:US)?[$€£¥]?\d)"
    r"|(?<=[\d%％])[^\s、。，；]{0,8}を(?:超え|上回|下回)(?:ら|る?ことは)?な[いく]",
    re.IGNORECASE,
)
"""A denial that makes a limit of the number beside it and is read with that: "is not expected to exceed 10%"."""
_ESTIMATED = re.compile(r"(?<![0-9A-Za-z])(?:19|20)[0-9]{2}年?[EF](?![0-9A-Za-z])")


def find_estimates(text: str) -> tuple[Cue, ...]:
    """The years of a text that are marked as forecasts, as cues: "2025E", "2026F"."""
    tokens = tokens_of(text)
    return tuple(
        Cue(first, first + 1, found[0], found.start(), (("forecast", 0),))
        for found in _ESTIMATED.finditer(text)
        for first in [next(at for at, one in enumerate(tokens) if one.end > found.start())]
    )


def _table_of(text: str) -> Language:
    """The language whose Han cues are read: Japanese where there is kana to speak of, else Chinese."""
    kana = len(_KANA.findall(text))
    return "ja" if kana and kana * 10 >= len(_HAN.findall(text)) else "zh"


def _is_within(start: int, end: int, names: list[tuple[int, int]]) -> bool:
    """Whether a cue is only part of a name, or cuts one: the 高 of 高通, the 国有 of 中国有望, "Core" in "AIO Core"."""
    return any(one < end and start < other and not (start <= one and other <= end) for one, other in names)


def _unbounded(meanings: tuple[Meaning, ...], text: str, end: int) -> tuple[Meaning, ...]:
    """The meanings but those that only bound the number that follows: "below 5 W", 不到 5%, 高于 3."""
    if not any(axis in _BOUNDING for axis, _ in meanings) or not _NUMBER_AHEAD.match(text, end):
        return meanings
    than = text[end - 1] == "于"  # 低于 70% bounds, 低 70% does not
    kept = ("negation", "soft", *(_BOUNDING if than else _BOUNDING - {"amount"}))
    return tuple(one for one in meanings if one[0] not in kept and not (than and one[0] == "level"))


def _longest(
    table: dict[str, list[tuple[tuple[str, ...], tuple[Meaning, ...]]]], tokens: tuple[Token, ...], at: int, text: str
) -> tuple[int, tuple[Meaning, ...]] | None:
    """The longest cue that begins at a token: (the token after it, what it means)."""
    for words, meanings in table.get(_key(tokens[at].text), ()):
        last = at + len(words)
        fits = last <= len(tokens) and all(_fits(word, tokens[at + n]) for n, word in enumerate(words))
        if fits and _is_joined(tokens[at:last], text):
            return last, meanings
    return None


def _key(word: str) -> str:
    return "#" if word[0].isdigit() else word


def _fits(word: str, token: Token) -> bool:
    return word == token.text or (word == "#" and token.text[0].isdigit())


def _is_joined(tokens: tuple[Token, ...], text: str) -> bool:
    """Whether nothing but a space, a hyphen or an apostrophe stands between the words of a cue."""
    gaps = (text[one.end : other.start] for one, other in pairwise(tokens))
    return all(gap in ("", " ", "-", "'", "’") for gap in gaps)


# --- The table --------------------------------------------------------------------------------------------------------


@cache
def _table(language: Language) -> dict[str, list[tuple[tuple[str, ...], tuple[Meaning, ...]]]]:
    """First word → the cues that begin with it, the longest first; English ones and those of one other language."""
    meanings: dict[tuple[str, ...], list[Meaning]] = {}
    for axis, side, words in _rows(language):
        known = meanings.setdefault(words, [])
        if (axis, side) not in known:
            known.append((axis, side))
    table: dict[str, list[tuple[tuple[str, ...], tuple[Meaning, ...]]]] = {}
    for words, all_of_it in sorted(meanings.items(), key=lambda item: -len(item[0])):
        table.setdefault(words[0], []).append((words, _meanings(words, all_of_it)))
    return table


def _meanings(words: tuple[str, ...], known: list[Meaning]) -> tuple[Meaning, ...]:
    """What a cue means, nothing where it is neutral and no more; 不 and its like deny, whatever else they say."""
    if ("neutral", 0) in known:
        return tuple(one for one in known if one[0] != "neutral")
    denies = words[0] in ("不", "未", "没") and not {("negation", 0), ("must", 0), ("besides", 0)} & set(known)
    return (*known, ("negation", 0)) if denies else tuple(known)


def _rows(language: Language) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    text = files("agent.judging.wording").joinpath("cues.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["language"] not in ("en", language):
            continue
        side = {"+": 1, "-": -1}.get(row["sign"], 0)
        for cue in row["cues"].split("|"):
            for words in _forms(cue):
                yield row["axis"], side, words


def _forms(cue: str) -> Iterator[tuple[str, ...]]:
    """A cue as tokens, in each of its forms."""
    if "~" not in cue:
        yield _cut(cue)
        return
    stem, _, rest = cue.partition("~")
    for form in inflect(stem):
        yield _cut(form + rest)


def _cut(cue: str) -> tuple[str, ...]:
    return tuple(
        "#" if word == "#" else word for word in re.findall(rf"#|[{HAN}{KANA}]|[^\W_]+", cue.translate(_PLAIN))
    )


def inflect(word: str) -> set[str]:
    """A verb's or noun's regular forms, and a few that are none: "drop" → drops, dropped, droped, dropping …"""
    forms = {word, word + "s", word + "ed", word + "ing"}
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    elif word.endswith("y") and word[-2] not in "aeiou":
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    elif word.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(word + "es")
    elif re.search(r"[aeiou][bdglmnprt]$", word):
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return forms
