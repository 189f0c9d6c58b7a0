"""Understand a question by rule: its language, what kind it is, what it is about and what would answer it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.calculator import route
from corpus.document import Language
from corpus.lexicon import Mention, load_lexicon
from corpus.quantities import Quantity, find_quantities
from corpus.text import language_of, normalise
from corpus.units import CURRENCIES
from indexes.tokens import tagged_words, terms

QuestionKind = Literal["lookup", "list", "comparison", "definition", "count"]
Wanted = Literal["statement", "number", "time", "company", "reason"]

_DEFINITION = re.compile(
    r"^(?:what(?:'s| is| are| does| do)\s+(?:meant by\s+)?(?P<en>.+?)(?:\s+(?:mean|stand for|do|make))?\s*\??$"
    r"|(?:define|explain)\s+(?:the term\s+|what\s+)?(?P<en2>.+?)(?:\s+(?:is|means))?[.?]*$"
    r"|(?:请?解释(?:一下)?)?(?:什么是|何谓|何为|什麼是)(?P<zh>.+?)[?？。]*$"
    r"|(?P<zh2>.+?)(?:是什么|指什么|指的是什么|是指什么|的定义|的含义)(?:意思|东西|技术)?[?？。]*$"
    r"|(?P<ja>.+?)とは(?:何ですか|何か|なに)?[?？。]*$)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\bhow many\b(?!\s+(?:\w*watts?|percent\w*|dollars|yuan|yen|years|hours|months|days|\w*met(?:re|er)s|\w*bits?|"
    r"d[Bb]|decibels)\b)|\bnumber of\b|何社|いくつ|"
    r"多少(?:家|个|種|种|层|條|条|款|项)|[几幾](?:家|个|個|种|種|层|条|款|项|大)",
    re.I,
)
_COMPARISON = re.compile(
    r"\bcompare[ds]?\b|\bcomparison\b|\bversus\b|\bvs\b|\bdiffer(?:s|ence|ences|ent)?\b|\b(?:better|worse|more|less|"
    r"higher|lower|stronger|weaker|ahead|behind)\b.*\bthan\b|\bwhich\b.*\b(?:more|less|higher|lower|larger|smaller|"
    r"bigger|faster|better|cheaper)\b.*\bor\b|更[高低大小多少好快强弱].*还是|还是.*更|哪[个家]更|各(?:有|自)|\brespectively\b|相比|对比|對比|比较|比較|差异|差異|差距|区别|區別|孰|違い",
    re.I,
)
_LIST = re.compile(
    r"\b(?:which|what)\s+(?:\w+[\s-]+){0,4}?(?:companies|suppliers|vendors|makers|manufacturers|players|firms|producers|"
    r"products|technologies|materials|standards|risks|challenges|advantages|weaknesses|strengths|trends|steps|layers|"
    r"interfaces|recommendations|components|types|kinds|switches|lasers)\b|\blist\b|\bname (?:the|all|some)\b|"
    r"\bwho (?:suppl|make|produc|manufactur|offer|sell|build|develop|lead)|\bwhich of\b|"
    r"哪些|哪几|哪幾|有哪|列出|列举|列舉|谁|誰|どの(?:企業|会社|メーカー)",
    re.I,
)
_WHY = re.compile(r"^why\b|\bhow come\b|为什么|为何|為什麼|何以|なぜ|どうして", re.I)
_PERSON = re.compile(
    r"^who (?:is|was|are|invented|founded|wrote|discovered)\b|谁是|是谁(?:发明|提出|写)|谁(?:发明|提出|创立)", re.I
)
_COMPANY = re.compile(
    r"\bcompan(?:y|ies)\b|\bsuppliers?\b|\bvendors?\b|\bmakers?\b|\bmanufacturers?\b|\bplayers?\b|\bfirms?\b|"
    r"\bproducers?\b|^who\b|企业|企業|公司|厂商|廠商|厂家|供应商|供應商|巨头|玩家|谁|誰|会社|メーカー",
    re.I,
)
_WHICH = re.compile(r"\bwho\b|\bwhich\b|\bwhat compan|谁|誰|哪|何社|どの|どこ", re.I)
_TIME = re.compile(
    r"\bwhen\b|\b(?:which|what) (?:year|date|quarter)\b|\bhow soon\b|"
    r"何时|何時|什么时候|哪一?年|几年|哪个季度|いつ",
    re.I,
)
_NUMBER = re.compile(
    r"\bhow (?:much|many|large|big|long|far|high|fast|hot|wide|thick)\b|\b(?:at|by) what\b|"
    r"\bwhat (?:share|percentage|fraction|proportion|factor|wavelength|capacity|bandwidth|temperature|price|pitch)\b|"
    r"\bwhat (?:is|was|are|were) (?:the |its )?(?:[\w'’&.]+[\s-]+){0,5}?"
    r"(?:power|energy|size|value|share|rate|cost|price|capacity|bandwidth|loss|yield|cagr|growth|revenue|number|"
    r"density|temperature|wavelength|reach|latency|reliability|fit|pitch)\b|"
    r"多少|多大|多高|多长|多远|几|幾|どのくらい|いくら",
    re.I,
)
_FOLLOW_UP = re.compile(
    r"^(?:and|but|so|then|also|what if|what about|how about|what else|any others?)\b|"
    r"^(?:那|那么|那麼|还有|還有|另外|以及|其中|它|他们|她们|这些|那些)|呢[?？]?$|^では|^じゃあ",
    re.I,
)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|those|these)\b|^(?:它|他们|她们|这些|那些|其)", re.I)
_UNITS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset({"pJ/bit"}), re.compile(r"\bpj\s?/\s?b|\benergy per bit\b|picojoule|每比特|单比特", re.I)),
    (frozenset({"W"}), re.compile(r"\bwatts?\b|\bhow much power\b|多少瓦|功耗|功率是多少", re.I)),
    (
        frozenset({"%", "x"}),
        re.compile(r"\bpercent|\bshare\b|\bcagr\b|\bfactor\b|倍|百分之|百分比|占比|份额|比例|增长率|增速|良率", re.I),
    ),
    (
        CURRENCIES,
        re.compile(
            r"\bprices?\b|\bcosts?\b|\bdollars?\b|\bmarket size\b|\brevenues?\b|\bsales of\b|\binvest|"
            r"价格|单价|售价|成本|市场规模|营收|收入|投资|多少钱|多少美元|多少元",
            re.I,
        ),
    ),
    (frozenset({"dB"}), re.compile(r"\bdB\b|\binsertion loss\b|插入损耗|插损")),
    (frozenset({"m"}), re.compile(r"\bwavelengths?\b|\bpitch\b|\bhow (?:long|wide|thick|far)\b|波长|间距|多长|多远")),
    (frozenset({"°C", "K"}), re.compile(r"\btemperatures?\b|\bhow hot\b|温度", re.I)),
    (frozenset({"Gb/s"}), re.compile(r"\bbandwidth\b|\bdata rate\b|\bcapacity\b|带宽|速率|容量", re.I)),
)
# Words that say how a question is asked, not what it is about.
_ASKING = frozenset(
    """
    which what who whom whose when where why how much many list name tell give show describe explain define
    compare versus vs compar mani per much differ difference between compani supplier vendor maker manufactur
    player firm suppli make made produc offer provid use role main major key current currently accord report
    document sourc say state mention do doe did is are was were be can could will would should has have had
    there them they it its their calcul calculate comput compute convert work out
    计算 算 求 换算 算出
    哪些 哪 什么 多少 几 谁 何时 何 如何 怎么 怎样 为什么 为何 请 列出 列举 比较 对比 相比 区别 差异 差距 企业
    公司 厂商 供应商 供应 提供 生产 制造 主要 目前 有 是 在 的 了 吗 呢 家 个 种
    做 里 起 起到 作用 扮演 角色 哪边 各 各有 报告 文档 资料 介绍 说明 解释
    定义 属于 方面 哪些方面 分别 用 大 年 时候 什么时候 有没有 已经 国 国家 countri nation
    会社 企業 作 何 哪里 哪儿 何处 体现 体现在 表现 怎么做 怎样做 哪家 哪一家 誰 何社 何处
    """.split()
)
_HIRAGANA = re.compile("[ぁ-ゖ]")  # endings and particles, cut into pairs: they tell nothing of what is asked
_LITTLE = "cdfpruy"
"""Tags of conjunctions, adverbs, places beside a thing, prepositions, pronouns and particles."""
_PROPER = re.compile(r"(?<![.?!]\s)(?<!^)(?<![A-Za-z0-9-])[A-Z][A-Za-z0-9&+]+(?:-[A-Z0-9][A-Za-z0-9]*)*")
_COUNTED_COMPANIES = re.compile(
    r"\bhow many (?:(?!do|does|are|is|have|has)[\w-]+\s+){0,3}?"
    r"(?:compan|supplier|vendor|maker|manufacturer|player|firm)|多少家|[几幾]家|何社",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    Attributes:
        text: The question on its own: a follow-up has its subject filled in from the turn before.
        asked: The question as asked; its language is the language to answer in.
        concepts: Ids of the lexicon's terms, companies and countries it names, in order.
        words: Search terms it contains beyond those names and the words of asking, with the words they came from.
        proper: Names it contains that the lexicon does not know, and model numbers: an answer must contain them.
        quantities: Numbers it contains.
        wanted: What kind of thing would answer it.
        units: Units that the number it asks for may have; empty when it does not say.
        of_person: Whether it asks for a person ("who is the head of", "谁发明"), which only the very words can answer.
        subject: What a definition is asked of, else "".
    """

    text: str
    asked: str
    language: Language
    kind: QuestionKind
    wanted: Wanted
    mentions: tuple[Mention, ...]
    words: Mapping[str, str]
    proper: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    units: frozenset[str] = frozenset()
    of_person: bool = False
    subject: str = ""

    @property
    def concepts(self) -> tuple[str, ...]:
        """Ids of the terms it names, each once, in order."""
        return tuple(dict.fromkeys(mention.term.id for mention in self.mentions))

    def named(self, kind: str) -> tuple[Mention, ...]:
        """Its mentions of one kind: "term", "company" or "country"."""
        return tuple(mention for mention in self.mentions if mention.term.kind == kind)


def understand(asked: str, earlier: Sequence[str] = ()) -> Question:
    """Understand a question; ``earlier`` are the questions asked before it, oldest first."""
    asked = normalise(asked).strip()
    text = _resolve(asked, earlier[-1]) if earlier and _is_follow_up(asked) else asked
    found = load_lexicon().find(text)
    mentions = tuple(mention for mention in found if not asks_only(text[mention.start : mention.end]))
    kind, subject = _kind(text)
    wanted = _wanted(text, kind)
    return Question(
        text=text,
        asked=asked,
        language=language_of(asked, hint="en"),
        kind=kind,
        wanted=wanted,
        mentions=mentions,
        words=_words(text, mentions),
        proper=_proper_names(text, mentions),
        quantities=tuple(find_quantities(text)),
        units=_units(text) if kind in ("lookup", "comparison") else frozenset(),
        of_person=bool(_PERSON.search(text)),
        subject=subject,
    )


def asks_only(name: str) -> bool:
    """Whether a name says only what kind of thing is asked for ("companies", "企业")."""
    found = terms(name)
    return bool(found) and all(term in _ASKING for term in found)


def _kind(text: str) -> tuple[QuestionKind, str]:
    if _COMPARISON.search(text):
        return "comparison", ""
    if _COUNT.search(text):
        return "count", ""
    if _LIST.search(text):
        return "list", ""
    subject = _definition_subject(text)
    return ("definition", subject) if subject else ("lookup", "")


def _definition_subject(text: str) -> str:
    """What "What is X?" asks about, when X is a bare term and not a property of something ("the power of X")."""
    found = _DEFINITION.match(text)
    if not found:
        return ""
    subject = next(group for group in found.groups() if group)
    subject = re.sub(r"^(?:an?|the)\s+", "", subject.strip(), flags=re.I).strip(" ?？。.")
    if re.search(r"\b(?:of|for|in|at|by|from|between|per)\b|的|之间", subject, re.I) or _NUMBER.search(text):
        return ""
    return subject if len(subject) <= 60 else ""


def _wanted(text: str, kind: QuestionKind) -> Wanted:
    if kind == "comparison":
        return "number" if _NUMBER.search(text) else "statement"
    if kind == "definition":
        return "statement"
    if kind == "count":
        return "company" if _COUNTED_COMPANIES.search(text) else "number"
    if _WHY.search(text):
        return "reason"
    if kind == "lookup" and not _WHICH.search(text):  # then a company that it names is not what it asks for
        if _TIME.search(text):
            return "time"
        if _NUMBER.search(text):
            return "number"
    if _COMPANY.search(text):
        return "statement" if _PERSON.search(text) else "company"
    if _TIME.search(text):
        return "time"
    if _NUMBER.search(text) and kind == "lookup":
        return "number"
    return "statement"


def _units(text: str) -> frozenset[str]:
    return next((units for units, pattern in _UNITS if pattern.search(text)), frozenset())


def _words(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Search term → the word it came from, outside the known names and without the words of asking."""
    rest, at = [], 0
    for mention in mentions:
        rest.append(text[at : mention.start])
        at = mention.end
    rest.append(text[at:])
    words: dict[str, str] = {}
    little = _little_words(text)
    for word in " ".join(rest).split():
        found = [term for term in terms(word) if not _HIRAGANA.search(term)]
        # A Latin word also gives its parts ("51.2t", "51.2"): the whole is enough, or each part would weigh as much.
        for term in found[:1] if word.isascii() else found:
            if term not in _ASKING and term not in little:
                words.setdefault(term, word.strip("?？。.,!！:;()\"'") if word.isascii() else term)
    return words


def _little_words(text: str) -> frozenset[str]:
    """Single Chinese characters that only join words or tell degree, time and place: 更, 上, 已."""
    return frozenset(
        text[start:end] for start, end, tag in tagged_words(text) if end - start == 1 and tag[0] in _LITTLE
    )


def _proper_names(text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    known = [(mention.start, mention.end) for mention in mentions]
    known += [(found.start, found.end) for found in find_quantities(text) if found.kind != "label"]
    found = (name for name in _PROPER.finditer(text) if not any(s <= name.start() < e for s, e in known))
    return tuple(dict.fromkeys(name.group() for name in found if name.group().casefold() not in _ASKING))


def _is_follow_up(text: str) -> bool:
    """Whether a question leans on the one before: it opens as such, or has a pronoun and names nothing itself."""
    if _FOLLOW_UP.search(text):
        return True
    return bool(_PRONOUN.search(text)) and not load_lexicon().find(text, ("company", "country"))


def _renumbered(asked: str, before: str) -> str:
    """The old question with the new one's numbers in the places of its own ("And with 7 pJ/bit?"); "" where unclear."""
    places = []
    for new in (quantity for quantity in find_quantities(asked) if quantity.unit and quantity.kind != "time"):
        same = [old for old in find_quantities(before) if old.unit == new.unit and old.kind != "time"]
        if len(same) != 1:
            return ""
        places.append((same[0], new.text))
    for old, text in sorted(places, key=lambda place: -place[0].start):
        before = before[: old.start] + text + before[old.end :]
    return before if places else ""


def _resolve(asked: str, before: str) -> str:
    """A follow-up as a question of its own.

    A name of the same kind takes the old name's place ("and in China?" after a question about Japan). Where there is
    a pronoun or no such name, the old question's names are added, so that "it" and "they" have something to stand for.
    """
    before = normalise(before).strip()
    if (found := route(joined := f"{before} {asked}")) and found.cases:
        return joined  # "What if the yield is 98%?": the old numbers and the new ones, side by side
    if renumbered := _renumbered(asked, before):
        return renumbered
    old, new = load_lexicon().find(before), load_lexicon().find(asked)
    for mention in new if not _PRONOUN.search(asked) else ():
        for replaced in old:
            if replaced.term.kind == mention.term.kind and replaced.term.id != mention.term.id:
                name = asked[mention.start : mention.end]
                return before[: replaced.start] + name + before[replaced.end :]
    if not _PRONOUN.search(asked):
        return _extended(asked, before, old, new)
    known = {mention.term.id for mention in new}
    missing = [before[mention.start : mention.end] for mention in old if mention.term.id not in known]
    missing += [name for name in _proper_names(before, old) if name not in asked]
    return f"{asked} ({', '.join(dict.fromkeys(missing))})" if missing else asked


def _extended(asked: str, before: str, old: Sequence[Mention], new: Sequence[Mention]) -> str:
    """The old question about a new name: in place of a name the lexicon does not know, else beside the others."""
    years = [[found for found in find_quantities(text) if found.kind == "time"] for text in (before, asked)]
    if years[0] and years[1] and not new:
        return before[: years[0][0].start] + years[1][0].text + before[years[0][0].end :]
    names = [asked[mention.start : mention.end] for mention in new] or list(_proper_names(f"? {asked}", ()))
    if not names:
        return f"{before.rstrip('?？。. ')}; {asked}"
    unknown = _proper_names(before, old)
    if unknown and any(mention.term.kind == "company" for mention in new):
        return before.replace(unknown[0], names[0], 1)
    stem = before.rstrip("?？。. ")
    return f"{stem} ({', '.join(names)}){before[len(stem) :]}"
