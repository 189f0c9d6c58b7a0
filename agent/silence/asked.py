"""What kind of thing a question asks for, and where such things stand in a sentence."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from corpus.document import Language
from corpus.quantities import Quantity, find_quantities
from corpus.text import HAN, KANA
from corpus.units import CURRENCIES
from indexes.tokens import tagged_words

AnswerType = Literal[
    "reason", "count", "money", "duration", "percent", "number", "time", "person", "place", "organisation", "title",
    "manner", "definition", "yes-no", "other",
]  # fmt: skip
Span = tuple[int, int]

_Patterns = tuple[tuple[AnswerType, str], ...]


def _compiled(patterns: _Patterns) -> tuple[tuple[AnswerType, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.I)) for kind, pattern in patterns)


_ENGLISH = _compiled(
    (
        ("reason", r"\bwhy\b|\bhow come\b|\bwhat (?:caused?|causes|led|(?:was|is|were|are) the (?:reason|cause)s?)\b"),
        ("count", r"\bhow many\b|\bnumber of\b|\bwhat (?:is|was) the population\b"),
        (
            "money",
            r"\bhow much (?:money|did .* (?:cost|pay|spend|earn|sell)|does .* cost|is .* worth)|"
            r"\bwhat (?:is|was|were) .*(?:revenue|price|cost|salary|budget|net worth|gdp)\b|\bsalary\b|\bprice\b",
        ),
        ("duration", r"\bhow long\b|\bhow old\b|\bwhat (?:length of time|duration)\b"),
        ("percent", r"\bwhat (?:percent|percentage|share|proportion|fraction)\b"),
        (
            "number",
            r"\bhow (?:much|far|tall|high|big|large|deep|fast|wide|heavy|hot|cold)\b|\bscore\b|\bwhat (?:is|was) the "
            r"(?:average|temperature|height|size|weight|length|area|speed|age|distance|capacity|rate|total)\b",
        ),
        (
            "time",
            r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|period|time|era|season)\b|"
            r"\bsince what\b|\bwhat (?:is|was) the (?:date|year)\b|\brelease date\b",
        ),
        (
            "person",
            r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:what|which) (?:person|man|woman|actor|actress|player|president|king|"
            r"emperor|author|scientist|artist|singer)\b|\bname of the (?:man|woman|person|girl|guy|boy)\b",
        ),
        (
            "place",
            r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|country|state|place|location|region|province|continent|area|"
            r"river|island|town|venue|stadium|county|part of)\b",
        ),
        (
            "organisation",
            r"\b(?:what|which) (?:\w+ ){0,2}(?:company|companies|team|organi[sz]ation|group|university|club|agency|"
            r"party|school|band|institution|army|network|suppliers?|vendors?|makers?)\b",
        ),
        ("title", r"\b(?:what|which) (?:\w+ )?(?:song|album|film|movie|book|novel|show|episode|play|game|award)\b"),
        ("manner", r"^how\b|\bhow (?:do|does|did|is|are|was|were|can|to)\b|\bin what (?:way|manner)\b"),
        ("definition", r"^(?:what is|what are|what's|define|meaning of|definition)\b|\bmeaning\b|\bstands? for\b"),
        ("yes-no", r"^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b"),
    )
)
_CHINESE = _compiled(
    (
        ("reason", r"为什么|為什麼|为何|為何|原因|缘由|何以|なぜ|どうして|理由"),
        ("money", r"多少钱|多少元|多少美元|多少亿|收入|营收|价格|售价|票房(?!冠军)|市值|奖金|GDP|いくら|価格|売上"),
        ("percent", r"百分之|占比|比例|增长率|增速|率是多少|多少%|何パーセント|割合"),
        ("duration", r"多久|多长时间|几天|几年(?!级)|多少天|多少年|年龄|几岁|多大|どのくらいの期間|何年間"),
        ("count", r"多少|几[个名人家位次场枚届所条部集颗]|数量|人数|人口|总数|いくつ|何[人社個台件]"),
        ("number", r"多高|多长|多远|多重|温度|高度|面积|距离|比分|得分|产量|销量|号码|电话|身高|体重|排名|どのくらい"),
        ("time", r"何时|何時|什么时候|时间|日期|哪一?[年天月日]|几[月号点]|年份|生日|时候|いつ|何年|何月"),
        (
            "person",
            r"谁|誰|哪[位些]人|何人|导演|主演|作者|主角|演员|冠军|亚军|总统|主席|首相|总理|得主|创始人|校长|市长|CEO|首席|"
            r"教练|编剧|歌手|董事长|获得者|男主|女主|扮演者|人选|院长|书记|だれ",
        ),
        (
            "place",
            r"哪里|哪裡|哪儿|何处|什么地方|哪个(?:城市|国家|省|地区|州|市|地方)|地点|首都|位于|在哪|举办地|籍贯|出生地|"
            r"主办国|国家|どこ",
        ),
        (
            "organisation",
            r"哪[个家支所些](?:公司|企业|大学|学校|球队|机构|队|俱乐部|组织|平台|厂商)|公司|球队|单位|对手|所属|"
            r"どの(?:会社|企業|メーカー)|何社",
        ),
        (
            "title",
            r"哪[部首本](?:电影|歌|书|小说|电视剧)|什么(?:电影|歌|书)|作品|主题曲|主题|名称|名字|叫什么|吉祥物|口号",
        ),
        ("manner", r"怎么|怎麼|怎样|如何|方法|方式|どうやって|どのように"),
        ("definition", r"是什么|什么是|什麼是|含义|意思|定义|とは"),
        ("yes-no", r"吗[？?]?$|是否|ますか[？?。]?$|ですか[？?。]?$"),
    )
)


def read_type(question: str, language: Language) -> AnswerType:
    """What kind of thing would answer a question; "other" where its words do not say."""
    patterns = _CHINESE if language in ("zh", "ja") else _ENGLISH
    return next((kind for kind, pattern in patterns if pattern.search(question)), "other")


_CAPITALISED = re.compile(
    r"(?:[A-Z][\w'’.-]*|[A-Z]{2,}\d*)(?:\s+(?:of|the|de|van|von|and|al|bin|&)\s+(?=[A-Z])|\s+(?=[A-Z]))?"
    r"(?:[A-Z][\w'’.-]*(?:\s+(?=[A-Z]))?)*"
)
_REASON = re.compile(
    r"\b(?:because|due to|since|as a result|result(?:ed|s|ing)? (?:in|from|of)|caus(?:e|es|ed|ing)|led to|leads? to|"
    r"owing|thanks to|reasons?|therefore|thus|so that|in order to|attributed|why|consequen\w+|"
    r"to (?:prevent|avoid|protect|ensure|reduce))\b|"
    r"因为|因為|由于|由於|因此|原因|为了|為了|导致|導致|所以|造成|鉴于|使得|ため|ので|理由",
    re.I,
)
_MANNER = re.compile(
    r"\b(?:by \w+ing|by means|through|using|via|with the|method|process|technique|steps?)\b|"
    r"通过|通過|利用|采用|採用|方法|方式|使用|以.{1,8}形式|によって|により|用いて",
    re.I,
)
_DEFINING = re.compile(
    r"\b(?:is|are|was|were|refers? to|means?|known as|called|defined|describes?|denotes?|stands? for|consists?|"
    r"comprises?)\b|是(?:指|一|由|以)|指的是|意思|称为|稱為|又名|定义|即|とは|である",
    re.I,
)
_WORK = re.compile(r"《[^》]{1,30}》|「[^」]{1,30}」|“[^”]{1,30}”|\"[^\"]{2,40}\"|``[^']{2,60}''|'[A-Z][^']{2,40}'")
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|"
    r"million|billion|dozen|once|twice|single|both|several|first|second|third|half|quarter|thirds?)\b",
    re.I,
)
_TIME_WORD = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)[ -]centur\w+|\b1?\d{3}s\b|\b(?:1[0-9]|20)\d\d\b|\b(?:January|February|March|April|May|"
    r"June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"century|spring|summer|autumn|winter)\b|\b(?:after|before|during|until) (?=\w)|"
    r"\d{1,4}[年月日号]|[上下]午|世纪|世紀|\d+:\d\d|\d{4}-\d\d?-\d\d?|\d{4}\.\d\d?|今年|去年|明年|昨[日天]|[春夏秋冬]",
    re.I,
)
_LASTING = re.compile(
    r"\s*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur|[年月天周日岁歳]|小时|分)"
)
_SHARE_WORD = re.compile(r"\b(?:half|third|quarter|majority|percent)\b|成|分之|割", re.I)
_SUM = re.compile(r"\s*(?:元|美元|亿|万|円|億|dollars?|pounds?|euros?)", re.I)
_SCORE = re.compile(r"\d+[:：-]\d+|第[一二三四五六七八九十\d]+")
_TRANSLITERATED = re.compile(rf"[{HAN}{KANA}]{{1,8}}(?:[·•・][{HAN}{KANA}]{{1,8}})+")
_BODY = re.compile(rf"[{HAN}]{{2,10}}(?:公司|集团|大学|学院|队|俱乐部|银行|协会|委员会|局|部|会社|大學|銀行)")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,}")
_TAGS: dict[AnswerType, tuple[str, ...]] = {
    "person": ("nr", "ns", "nt", "nz"),
    "place": ("ns", "s", "f"),
    "organisation": ("nt", "nz", "ns"),
    "title": ("nz", "nt"),
}
_PATTERNS: dict[AnswerType, re.Pattern[str]] = {"reason": _REASON, "manner": _MANNER, "definition": _DEFINING}


@lru_cache(maxsize=4096)
def find_spans(sentence: str, kind: AnswerType, language: Language) -> tuple[Span, ...] | None:
    """Where a sentence has things of a kind; None for kinds that have no form of their own ("other", "yes-no")."""
    if kind in _PATTERNS:
        return tuple(found.span() for found in _PATTERNS[kind].finditer(sentence))
    if kind in _TAGS:
        return tuple(_names(sentence, kind, language))
    if kind in ("other", "yes-no"):
        return None
    return tuple(_numbers(sentence, kind, language))


def _numbers(sentence: str, kind: AnswerType, language: Language) -> Iterator[Span]:
    for found in find_quantities(sentence):
        if _is_of_kind(found, sentence[found.end : found.end + 8], kind):
            yield found.start, found.end
    if kind == "time":
        yield from (found.span() for found in _TIME_WORD.finditer(sentence))
    elif kind == "percent":
        yield from (found.span() for found in _SHARE_WORD.finditer(sentence))
    elif kind in ("count", "number"):
        yield from (found.span() for found in _NUMBER_WORD.finditer(sentence))
        if kind == "number" and language != "en":
            yield from (found.span() for found in _SCORE.finditer(sentence))


def _is_of_kind(found: Quantity, after: str, kind: AnswerType) -> bool:
    if kind == "time":
        return found.kind == "time"
    if kind == "duration":
        return found.unit in ("years", "s", "year") or bool(_LASTING.match(after))
    if kind == "percent":
        return found.unit in ("%", "pp")
    if kind == "money":
        return found.unit in CURRENCIES or bool(_SUM.match(after))
    return found.kind in ("count", "measure")


def _names(sentence: str, kind: AnswerType, language: Language) -> Iterator[Span]:
    for found in _CAPITALISED.finditer(sentence):
        if found.end() - found.start() > 1:
            yield found.span()
    if kind == "title":
        yield from (found.span() for found in _WORK.finditer(sentence))
    if language == "en":
        return
    if kind == "person":
        yield from (found.span() for found in _TRANSLITERATED.finditer(sentence))
    if kind == "organisation":
        yield from (found.span() for found in _BODY.finditer(sentence))
    if language == "ja":
        yield from (found.span() for found in _KATAKANA.finditer(sentence))
    for start, end, tag in tagged_words(sentence):
        if end - start > 1 and tag.startswith(_TAGS[kind]):
            yield start, end
