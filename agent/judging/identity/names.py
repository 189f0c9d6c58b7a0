"""Whether the names and the quoted words of a claim stand in what is shown for it.

A company or country that the user asked about may be named with a calculation, which is about whatever the question
is about. Nobody may be made to say what another said: who a claim says reports something must stand there too.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from agent.answer import Calculation, Citation
from agent.judging.identity.renderings import is_part_of_name, spell_out, stands_for
from agent.judging.judgement import Fault
from agent.judging.shown import all_citations, own_words, plain_quote, shown_words
from agent.judging.whole import stands_whole
from agent.quotes import Mismatch, find_quote
from corpus.amounts import find_amounts
from corpus.document import Language
from corpus.lexicon import Lexicon, Mention, Term, TermKind, load_lexicon
from corpus.text import HAN, KANA, language_of
from indexes.dictionary import load_dictionary
from indexes.tokens import is_rare, shipped_tokeniser, terms

NAMES: tuple[TermKind, ...] = ("company", "country")
"""What the lexicon knows by name."""

# "(in Chinese)" after a title tells the language of a source, not a country.
_LANGUAGE_NOTE = re.compile(
    r"(?<=\bin )(?:English|Chinese|Japanese)(?![ -][a-z])|(?<![A-Za-z])(?:English|Chinese|Japanese)"
    r"(?=[ -](?:language|article|report|post|document|source|text|note|paper|blog|page)s?(?![a-z]))|"
    r"\((?:in )?(?:English|Chinese|Japanese)\)|[（(](?:英文|中文|日文|英語|中国語|日本語)[)）]"
)
# A capitalised word that does not open a sentence, or one with a capital or digit inside: the name of something.
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]+[A-Z0-9][A-Za-z0-9]*|[A-Z][A-Za-z]+)(?![A-Za-z0-9])")
_OPENS = re.compile(r"(?:^|^According to [^,]{2,60},|[.!?:;。！？：；“”\"'(（—\n-])\s*$")
_WIDE = re.compile(f"[{HAN}{KANA}]")  # a name, though it opens the sentence: "Lightwaveによると"
_QUOTED = re.compile(r"“([^“”]{4,})”|「([^「」]{4,})」|『([^『』]{4,})』|(?<!\w)\"([^\"]{12,})\"(?!\w)")
_TERM_WORDS, _TERM_CHARACTERS = 3, 12
_CELL_END = re.compile(r"\s?—\s?|[:：;；]\s?")  # a row is told with its heads: "Part — Supplier: Lumentum; Share: 40%"
_SAID_BY = re.compile(
    rf"(?:根据|根據|(?<![数數占依论論证證收单單根])[据據])\s?(?P<by>[{HAN}A-Za-z0-9·&. -]{{2,40}}?)\s?"
    r"(?:的)?(?:最新)?(?:数据|數據|报告|報告|报道|報道|预测|預測|估计|估計|统计|統計|研究|调查|調查|披露|介绍|称|稱|测算|显示|顯示|公告|财报|[，,：:])"
    r"|(?<![A-Za-z])according to (?P<en>[^,，。;:()]{2,60}?)(?=[,，;:(]|\.?\s*$)"
    r"|^(?P<ja>[^、。]{2,40}?)(?:によると|によれば)",
    re.IGNORECASE,
)
_OF_SOURCES = frozenset(
    terms("report note website article figures data paper post estimates 报告 笔记 网站 文章 数据 资料 論文 記事")
)
_BY_WHOM = re.compile(
    r"^(?:the |this |that |a |an |its |one |these |both |some |several |other |"
    r"该|本|此|上述|这|其|文中|表|图|悉|了解|有关|相关|最新|公开|多家|业内|行业|同一|一|前述|上)"
)


def blank_language_notes(claim: str) -> str:
    """The claim without notes such as "(in Chinese)", character for character."""
    return _LANGUAGE_NOTE.sub(lambda note: " " * len(note[0]), claim)


def find_name_fault(
    claim: str, citations: Sequence[Citation], calculations: Sequence[Calculation], question: str
) -> Fault | None:
    """The first name or quotation of a claim that is not shown for it."""
    cited = all_citations(citations, calculations)
    told = [shown_words(citation) for citation in cited] + ([question] if calculations else [])
    told += [words for one in calculations for words in (*own_words([one]), one.result.shown())]
    reason = (
        find_unknown_name(blank_language_notes(claim), told)
        or (_far_fetched(claim, citations) if not calculations else "")
        or _misquoted(claim, cited, told)
        or _misattributed(claim, cited)
    )
    return Fault(reason) if reason else None


def find_unknown_name(claim: str, told: Sequence[str]) -> str:
    """The first name of a claim that stands in no text it was told from, as a sentence; "" when all do."""
    lexicon = load_lexicon()
    others = (_table("publishers"), _table("places"))
    books = (lexicon, *others)
    known = {one.term.id for words in told for book in books for one in book.find(spell_out(words), NAMES)}
    mentions = [one for book in books for one in book.find(claim)]
    for mention in mentions:
        if mention.term.kind in NAMES and mention.term.id not in known and not is_part_of_name(claim, mention, told):
            return f"the name “{claim[mention.start : mention.end]}” stands in no quote"
    for word in re.findall(r"\w+", claim):
        if _mixes_scripts(word) and not any(word in words for words in told):
            return f"the word “{word}” mixes scripts and stands in no quote"
    short = {word for words in told for one in lexicon.find(words, NAMES) for word in _latin_words(one.term)}
    for name in latin_names(claim, mentions):
        plural = name[:-1].isupper() and stands_whole(name.removesuffix("s"), told)
        stands = name in short or stands_whole(name, told) or plural or _is_rendered(name, told)
        if not (stands or stands_for(name, claim, told)):
            return f"the name “{name}” stands in no quote"
    for name in _han_names(claim, mentions, told):
        return f"the name “{name}” stands in no quote"
    return ""


def _far_fetched(claim: str, citations: Sequence[Citation]) -> str:
    """A name that stands only far above quotes which name others nearer by, none of which the claim names.

    The headings of a page name many; what a quote or the head of its table says of one is not said of another.
    """
    lexicon = load_lexicon()
    said = {one.term.id: claim[one.start : one.end] for one in lexicon.find(claim, NAMES)}
    for kind in NAMES:
        mine = {id_ for id_ in said if lexicon.by_id[id_].kind == kind}
        near: set[str] = set()
        fetched: set[str] = set()
        for citation in citations:
            levels = [f"{plain_quote(citation)}\n{citation.header}", *reversed(citation.section), citation.title]
            levels.append(citation.quote)  # whom a source note names has said so, not done so
            named = [{one.term.id for one in lexicon.find(level, [kind])} for level in levels]
            nearest = next((ids for ids in named if ids), set())
            near |= nearest
            fetched |= set().union(*named) - nearest
        sources = {one.term.id for each in citations for one in lexicon.find(each.quote, [kind])}
        wrong = {id_ for id_ in (mine & fetched) - near if not (id_ in sources and _speaks(said[id_], claim))}
        replaced = len(mine) == len(near) > 1
        if wrong and near and (replaced or not mine & near):
            return f"the quote speaks of “{lexicon.by_id[min(near)].name('en')}”, not of “{said[min(wrong)]}”"
    return ""


def _speaks(name: str, claim: str) -> bool:
    """Whether a claim has somebody say it: "Broadcom says", 据博通公告."""
    written = re.escape(name)
    return bool(re.search(rf"{written}{_SPEAKING}|(?:according to|据|據)\s?{written}", claim, re.IGNORECASE))


_SPEAKING = (
    r"\s?(?:says|said|claim|report|announc|state|estimat|expect|forecast|在.{0,8}?[称說说]|称|稱|表示|公告|宣布|披露|预计|"
    r"によると)"
)


def known_publishers() -> Lexicon:
    """Whom reports name as their sources: banks, research houses, newspapers, ministries (publishers.csv)."""
    return _table("publishers")


@cache
def _table(name: str) -> Lexicon:
    """Names beyond those of the trade: publishers.csv has whom reports name as their sources, places.csv countries."""
    text = files("agent.judging.identity").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    languages: tuple[Language, ...] = ("en", "zh", "ja")
    kind: TermKind = "country" if name == "places" else "company"
    return Lexicon(
        [
            Term(row["id"], kind, {one: tuple(row[one].split("|")) for one in languages if row[one]})
            for row in csv.DictReader(text.splitlines())
        ]
    )


def latin_names(claim: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """Latin names of a claim that the lexicon does not know; numbers with units are none."""
    taken = [(mention.start, mention.end) for mention in mentions]
    taken += [(quantity.start, quantity.end) for quantity in find_amounts(claim)]
    for found in _LATIN_NAME.finditer(claim):
        opens = (
            _OPENS.search(claim[: found.start()])
            and found[0][1:].islower()
            and not _WIDE.match(claim, found.end())
            and load_dictionary().knows_english(found[0])  # "Contoso supplies …" opens with a name
            and not load_dictionary().is_only_a_name(found[0])
        )
        if (
            not opens
            and terms(found[0])
            and not any(start < found.end() and found.start() < end for start, end in taken)
        ):
            yield found[0]


def _is_rendered(name: str, told: Sequence[str]) -> bool:
    """Whether a Chinese word that is shown means a Latin name: 以太网 Ethernet, 射频 RF, 育碧 Ubisoft."""
    entries = load_dictionary().entries
    runs = re.findall(f"[{HAN}]{{2,}}", load_dictionary().simplify("\n".join(told)))
    words = {run[at : at + size] for run in runs for size in range(2, 7) for at in range(len(run) - size + 1)}
    return any(stands_whole(name, [entries[word]]) for word in words if word in entries)


@lru_cache(maxsize=4096)
def _latin_words(term: Term) -> frozenset[str]:
    """The words that the English names of a term begin with: Yuanjie of "Yuanjie Semiconductor"."""
    return frozenset(name.split()[0] for name in term.names.get("en", ()) if name)


def _han_names(claim: str, mentions: Sequence[Mention], told: Sequence[str]) -> Iterator[str]:
    """Chinese names of companies that the lexicon does not know: a word nothing shown says, before what ends a name."""
    simple = load_dictionary().simplify(claim)
    shown = load_dictionary().simplify("\n".join(told))
    said = frozenset(terms(shown))
    words = [simple[start:end] for start, end in shipped_tokeniser().words(simple, little=True)]
    ends = [end for _, end in shipped_tokeniser().words(simple, little=True)]
    for at, last in enumerate(ends):
        word = _before(words[:at]) if words[at] in _NAME_ENDS else ""
        start = last - len(words[at]) - len(word)
        if not word or simple[start:last] != word + words[at] or word in shown or not is_rare(word):
            continue
        glosses = {key for gloss in load_dictionary().translate(word) for key in gloss}
        if glosses.isdisjoint(said) and not any(one.start < last and start < one.end for one in mentions):
            yield claim[start:last]


def _before(words: Sequence[str]) -> str:
    """The word that a name begins with: the last one, or the last ones of a single character."""
    start = len(words) - 1
    if start >= 0 and len(words[start]) == 1:
        while start > 0 and len(words[start - 1]) == 1 and _HAN_WORD.fullmatch(words[start - 1] * 2):
            start -= 1
    word = _LITTLE.sub("", "".join(words[max(0, start) :]))
    return word if _HAN_WORD.fullmatch(word) else ""


_LITTLE = re.compile("^[是在有和与及或为让使用指对把被将从由向到等都]+")  # jieba joins it to a name it does not know
_TITLED = re.compile(r"^[『《「“]([^『』《》「」“”]+)[』》」”].*$")
_NAME_ENDS = frozenset(
    "光电 光子 光通信 科技 半导体 微电子 股份 通信 通讯 精密 激光 实业 重工 电工 控股 集团 新材".split()
)
_HAN_WORD = re.compile(f"(?!.*[的是在有和与及或为让使用指对把被将从由向到等其这那各每该此])[{HAN}]{{2,4}}")


def _misquoted(claim: str, cited: Sequence[Citation], told: Sequence[str]) -> str:
    """Words that a claim sets in quotation marks must be the document's, or those of its title."""
    for found in _QUOTED.finditer(claim):
        words = next(group for group in found.groups() if group)
        translated = cited and language_of(words) not in {*(one.language for one in cited), "und"}
        if translated and (len(words.split()) <= _TERM_WORDS if words.isascii() else len(words) <= _TERM_CHARACTERS):
            continue  # a term put into another language is no quotation
        lines = [text for one in cited for text in (one.quote, "\n".join([*one.section, one.header, one.title]))]
        pieces = [piece for piece in _CELL_END.split(words) if piece] if any(one.header for one in cited) else [words]
        if not any(_holds(text, words) for text in [*lines, *told]) and not all(
            any(piece in text for text in lines) for piece in pieces
        ):
            return f"the words “{words[:80]}” are set as a quotation and stand in no quote"
    return ""


def _holds(text: str, words: str) -> bool:
    found = find_quote(text, words)
    return not (isinstance(found, Mismatch)) or words.strip() in text


_IN_MARKS = re.compile(r"[『《“「]([^『』《》“”「」]+)[』》”」]\s*(?:[（(][^()（）]*[)）])?$")


def _misattributed(claim: str, cited: Sequence[Citation]) -> str:
    """Whom a claim names as its source ("According to …,", "据高盛报告") must be named by what it quotes."""
    told = "\n".join(_named_as_source(one) for one in cited)
    if not cited:
        return ""
    for found in _SAID_BY.finditer(claim):
        name = next(group for group in found.groups() if group).strip()
        titled = _IN_MARKS.search(name)  # 電池について：『題：副題』（中国語）によると
        name = titled[1] if titled else _TITLED.sub(r"\1", re.split("[：:]", name)[-1]).strip()
        if _BY_WHOM.match(name) or _names_same(name, told):
            continue
        if not all(_is_translated(name, one, claim) for one in cited):
            return f"the source “{name}” is named by no quote"
    return ""


def _named_as_source(citation: Citation) -> str:
    """Where a quote names its source: itself, its title and publisher; the document's sources too if it names none."""
    own = f"{citation.quote}\n{citation.title}\n{citation.publisher}"
    plain = plain_quote(citation)
    if plain != citation.quote and not _TOLD.search(plain):  # who is spoken of has not said so
        notes = "".join(" " if same == one else one for one, same in zip(citation.quote, plain, strict=True))
        return f"{notes}\n{citation.title}\n{citation.publisher}"
    names_one = plain != citation.quote or bool(_SOURCE_HEAD.search(citation.header))
    return own if names_one else f"{own}\n{shown_words(citation)}\n{citation.source}"


_TOLD = re.compile(
    r"(?<![a-z])(?:say|said|tell|told|claim|report|announc|state|estimat|expect|forecast|predict|calculat|measur|count|"
    r"put|find|found|project|note|accord|figure|data|number|survey|spec|standard|target|quot|cite|give|list|publish)|"
    r"[称說说稱据據按]|表示|公告|宣布|披露|预[计测期]|预估|估计|统计|计算|数[据字]|测[算试量]|报[告道]|给出|规定|定义|目标|列|引|よると|発表|予[測想]|推定",
    re.IGNORECASE,
)
_SOURCE_HEAD = re.compile(r"(?:^|\|)\s*(?:source|来源|來源|出典|出处)", re.IGNORECASE)


def _is_translated(name: str, citation: Citation, claim: str) -> bool:
    """Whether a name is in another script than a quote in another language, which may name the same in its own."""
    if language_of(claim) == language_of(citation.quote):
        return False
    han = bool(re.search(f"[{HAN}]", name))
    return han != bool(re.search(f"[{HAN}{KANA}]", citation.quote)) and not (han and re.search("[A-Za-z]", name))


def _names_same(name: str, told: str) -> bool:
    """Whether a source is named in a text: by its words, together, or by another of its names."""
    words = [word for word in terms(name) if word not in _OF_SOURCES]
    bare = _KIND_OF_SOURCE.sub("", name).strip()
    if bare and bare.casefold() in told.casefold():
        return True
    latin = [word for word in words if word.isascii()]
    if latin and set(latin) <= set(terms(told)) and (bare.isascii() or not re.search(f"[{HAN}]", told)):
        return True  # what is not Latin may be translated where the quote is
    books = (load_lexicon(), _table("publishers"))
    found = [one for book in books for one in book.find(bare)]
    whole = any((one.start, one.end) == (0, len(bare)) for one in found)
    return whole and bool({one.term.id for one in found} & {one.term.id for book in books for one in book.find(told)})


_KIND_OF_SOURCE = re.compile(
    r"\s?(?:的)?(?:最新)?(?:数据|报告|網站|网站|文章|笔记|公司|预测|估计|研究|资料|レポート|報告|調査)$"
)


def _mixes_scripts(word: str) -> bool:
    """Whether Latin letters stand beside Greek or Cyrillic ones or bear loose marks, as in a name made to look known.

    The μ and Ω of units ("μm", "kΩ") are no such mixture.
    """
    names: Iterable[str] = [unicodedata.name(character, "") for character in word if character not in "μΩ"]
    latin = any(name.startswith("LATIN") for name in names)
    return latin and any(name.startswith(("GREEK", "CYRILLIC", "COMBINING")) for name in names)
