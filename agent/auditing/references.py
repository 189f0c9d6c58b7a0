"""Check what a text says its statements rest on: the sources it names, and the words it puts in quotation marks."""

import re
from collections.abc import Sequence
from functools import cache

from agent.answer import Citation
from agent.auditing.searching import Searcher, companies_in
from agent.auditing.statements import Reference
from corpus.document import Document, Language
from corpus.lexicon import load_lexicon
from corpus.text import HAN, KANA, squeeze
from indexes.tokens import terms

_SAYING = re.compile(
    r"(?:\b(?:says?|said|sa(?:ys|id) that|writes?|wrote|states?|stated|reads?|puts? it|put it|quotes?|"
    r"quoted|notes?|noted|concludes?|concluded|according to [^,“\"]{1,60}|in (?:its|his|her|their) words|"
    r"as follows)|写道|寫道|原文(?:说|写道|为|是)?|指出|表示|称|稱|"
    r"写明|明确说|所述|述べ(?:る|た)|書いている)\s?[:：,，]?\s?$",
    re.IGNORECASE,
)
_AS_PUT = re.compile(r"\b(?:as|in the words of)\b[^“\"]{0,80}$|据[^“「]{0,30}$", re.IGNORECASE)
_AFTER = re.compile(r"^\s?[,，]?\s?(?:says|said|writes|wrote|according to|states|notes)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,1000})[”\"」』]")
_WEAK = (
    "report reports document documents source sources page pages paper note notes file website www http https com html "
    "pdf md 报告 報告 文件 资料 資料 文章 来源 來源 第 页 頁 网站 網站"
)
"""Words of a reference that tell no source from another."""
_YEARS = re.compile(r"(?:19|20)\d\d")
_FEW_WORDS = 4
_MOST_OF_NAME = 0.6


def quotations(claim: str) -> list[str]:
    """Words that a text puts in quotation marks as somebody's own; titles, terms and doubts in them are none."""
    found = []
    for match in _QUOTED.finditer(claim):
        words, before, after = match[1].strip(), claim[: match.start()], claim[match.end() :]
        if len(re.findall(rf"[{HAN}{KANA}]{{2}}|(?:(?![{HAN}{KANA}])\w)+", words)) < _FEW_WORDS:
            continue
        if _SAYING.search(before) or _AS_PUT.search(before) or _AFTER.search(after):
            found.append(words.rstrip("。.,，;；"))
    return found


def missing_quotation(claim: str, searcher: Searcher, reader: Language) -> tuple[str, list[Citation]]:
    """Why a quotation in a claim does not stand, "" where all do; and where those that stand do."""
    standing: list[Citation] = []
    for words in quotations(claim):
        citation = searcher.cite_words(words, reader)
        if citation is None:
            return f"the words it quotes, “{_short(words)}”, stand in no document", []
        standing.append(citation)
    return "", standing


def reference_fault(
    references: Sequence[Reference], citations: Sequence[Citation], searcher: Searcher
) -> tuple[str, tuple[str, ...]]:
    """What is wrong with the sources that a statement names, "" for nothing; and what could not be checked."""
    notes: list[str] = []
    for reference in references:
        if any(_is_source(reference, citation) for citation in citations):
            pages = [one.page for one in citations if _is_source(reference, one)]
            if reference.page and reference.page not in pages:
                return f"{reference.marked} names page {reference.page}, and it stands on page {pages[0]}", ()
            continue
        documents = [one for one in searcher.index.documents.values() if _names_document(reference, one)]
        if documents:
            return f"{reference.marked} names “{documents[0].title}”, which was not found to say so", ()
        if companies_in(reference.words) or _is_known(reference, searcher):
            return f"{reference.marked} is not the source of what was found", ()
        notes.append(f"{reference.marked} is not among the documents and was not checked")
    return "", tuple(notes)


def _is_source(reference: Reference, citation: Citation) -> bool:
    """Whether a quote, with its own note of where it is from, comes from the source named."""
    path = re.sub(r"[/_.-]", " ", citation.path)
    return _named_in(
        reference, "\n".join([citation.quote, citation.title, citation.publisher, citation.source, path, citation.path])
    )


def _names_document(reference: Reference, document: Document) -> bool:
    name = re.sub(r"[/_.-]", " ", document.path)
    return any(_covers(reference, text) for text in (document.title, f"{document.path} {name}"))


def _covers(reference: Reference, title: str) -> bool:
    """Whether the words of a reference are those of a title."""
    words = set(terms(title)) - _weak()
    return bool(words) and len(words & set(terms(reference.words))) >= _MOST_OF_NAME * len(words)


@cache
def _weak() -> frozenset[str]:
    return frozenset(terms(_WEAK))


def _named_in(reference: Reference, text: str) -> bool:
    """Whether what a reference names stands in a text: all of its words but the weak ones."""
    wanted = set(terms(_YEARS.sub(" ", reference.words))) - _weak()
    names = {mention.term.id for mention in load_lexicon().find(reference.words)}
    known = {mention.term.id for mention in load_lexicon().find(text)}
    if names and names <= known:
        return True
    found = wanted & set(terms(text))
    return bool(wanted) and len(found) >= _MOST_OF_NAME * len(wanted)


def _is_known(reference: Reference, searcher: Searcher) -> bool:
    """Whether documents of the index name the source: as their publisher or in the notes of their sentences."""
    words = squeeze(_YEARS.sub("", reference.words)).strip(" ,，《》“”\"'").casefold()
    return len(words) > 2 and any(
        words in page.text.casefold() for one in searcher.index.documents.values() for page in one.pages
    )


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"
