"""Read a draft from what a model writes as text, in the many ways in which models write it.

    QUOTE [2]: "its words"               the lines that a model without tools is asked for
    RESULT [c1]
    CLAIM: one statement
    MISSING: what was not found

    <think>…</think>                     left out, finished or not
    ```json {"claims": […]} ```          a draft as JSON, fenced or in prose
    **Claim 1:** … - Quote (2): "…"      marked up, numbered, in Chinese or Japanese words, out of step

Only the shape is read; no word of a claim or quote is changed. What has no such shape is one claim without proof.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from agent.calling import find_calls, read_arguments
from agent.draft import DraftAnswer, DraftClaim, DraftQuote, read_draft
from agent.errors import AnsweringError
from corpus.text import split_sentences

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_LONGEST = 60_000
"""Characters of a reply that are read."""
_LONGEST_CLAIM = 2000
_LONGEST_LEAD = 400
"""Characters of a line in which its kind must show."""
_MOST_CUTS = 20
_MOST_CLAIMS = 50
_MOST_QUOTES = 20

_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^\s*```.*$", re.MULTILINE)
_KINDS: Mapping[str, str] = {
    "claim": r"claims?|statement|陈述|陳述|论断|主张|主張|断言|结论",
    "quote": r"quotes?|quotation|evidence|引用|引文|原文|引述|证据",
    "result": r"results?|calculations?|calculation ids?|calc|计算|計算|计算结果",
    "missing": r"missing|not found|缺失|缺少|未找到|不足|欠落",
    "nearest": r"nearest|closest|最接近|最も近い",
}
_LINE = re.compile(
    r"^[\s>*_#•·+-]*(?:\(?\d{1,2}[.)、]\s*)?[*_`]*(?P<word>"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
    + r")[*_`]*\s*#?(?:\d{1,2}(?=[*_`\s]*[:：]))?[*_`\s]*"
    r"(?P<ids>(?:[\[(（【]\s*[^\])）】\n]{1,80}[\])）】][\s,、]*)*)[*_`\s]*"
    r"(?:[:：][*_`]*\s?|(?<=[\])）】])\s*)(?P<rest>.*)$",
    re.IGNORECASE,
)
_ID = re.compile(r"[\[(（【]\s*(?:passage|id|段落|文段)?[\s:：#]*([^\])）】\n]{1,80}?)\s*[\])）】]", re.IGNORECASE)
_CALCULATION = re.compile(r"\bc[0-9]{1,4}\b")
_INLINE_QUOTE = re.compile(r"[\"“「『](?P<words>[^\"”」』\n]{4,2000})[\"”」』]\s*[\[【](?P<id>[^\]】\n]{1,80})[\]】]")
_NOTHING = ("", "none", "nothing", "n/a", "无", "無", "なし")
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"), ("'", "'"), ("‘", "’"), ("`", "`"))
_MARK = re.compile(r"\s?[\[【]([^\[\]【】\n]{1,80})[\]】]")
_LEADS_IN = re.compile(r"[:：]\s*$")


def without_thoughts(text: str) -> str:
    """What a model says, without what it thinks aloud; a thought that never ends is all thought."""
    text = _THOUGHT.sub("", text[:_LONGEST])
    return _THOUGHT_END.sub("", text).strip()


def read_reply(message: "AIMessage", names: Mapping[str, str], told: Sequence[Mapping[str, Any]] = ()) -> DraftAnswer:
    """The draft in a model's reply, whatever its shape; an empty one where it says nothing.

    Args:
        names: What the model was told to call each passage → its id; ids that it makes up stay as they are.
        told: The draft as a tool, as ``describe_model`` does it, to find one written as JSON.
    """
    if cited := _read_native(message, names):
        return cited
    text = without_thoughts(message.text)
    found = [arguments for _, arguments in find_calls(text, told)] if told else []
    for arguments in found or _cut_short(text):
        try:
            return _renamed(read_draft(arguments), names)
        except AnsweringError:  # JSON of another shape: read as text
            continue
    draft = _renamed(_read_lines(_FENCE.sub("", text)), names)
    if draft.claims or draft.missing or not text:
        return draft
    prose = DraftClaim(text=_unmarked(text, names)[:_LONGEST_CLAIM], quotes=_inline_quotes(text, names))
    return DraftAnswer(claims=[prose])


def _cut_short(text: str) -> Iterator[dict[str, Any]]:
    """A draft as JSON that breaks off, up to the last thing in it that is whole."""
    at = text.find("{")
    if at < 0 or '"claims"' not in text[at : at + _LONGEST_LEAD]:
        return
    end = len(text)
    for _ in range(_MOST_CUTS):
        end = text.rfind("}", at, end)
        if end < 0:
            return
        draft = read_arguments(text[at : end + 1])
        if "claims" in draft:
            yield {"claims": [claim for claim in draft["claims"] if isinstance(claim, dict) and claim.get("text")]}
            return


# --- Lines ------------------------------------------------------------------------------------------------------------


def _read_lines(text: str) -> DraftAnswer:
    """The draft that lines of the protocol make up.

    What proves a claim stands above it, or below it where the text begins with a claim.
    """
    claims: list[dict[str, Any]] = []
    draft: dict[str, Any] = {"missing": "", "nearest": None}
    lines = list(_lines(text))
    proof_first = next((kind != "claim" for kind, _, _ in lines if kind in ("claim", "quote", "result")), False)
    proof: dict[str, list[Any]] = {"quotes": [], "calculation_ids": []}
    for kind, ids, words in lines:
        if kind == "claim" and words and len(claims) < _MOST_CLAIMS:
            if not proof_first:
                proof = {"quotes": [], "calculation_ids": []}
            proof["calculation_ids"] += _CALCULATION.findall(ids)
            claims.append({"text": words[:_LONGEST_CLAIM]} | proof)
            if proof_first:
                proof = {"quotes": [], "calculation_ids": []}
        elif kind == "quote" and (quote := _quote(ids, words)) and len(proof["quotes"]) < _MOST_QUOTES:
            proof["quotes"].append(quote)
        elif kind == "result":
            proof["calculation_ids"] += _CALCULATION.findall(f"{ids} {words}")[:_MOST_QUOTES]
        elif kind == "nearest" and (quote := _quote(ids, words)):
            draft["nearest"] = quote
        elif kind == "missing" and words.strip(" .。-").casefold() not in _NOTHING:
            draft["missing"] = words[:1000]
    return DraftAnswer.model_validate({"claims": claims, **draft})


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Each line of the protocol: its kind, what stands in its brackets, its words."""
    kind, ids, words = "", "", ""
    for line in text.split("\n"):
        found = _LINE.match(line[:_LONGEST_LEAD])
        if found:
            if kind:
                yield kind, ids, words.strip().rstrip("*_").strip()
            kind = next(each for each in _KINDS if found[each])
            ids, words = found["ids"] or "", found["rest"] + line[_LONGEST_LEAD:]
        elif kind and line.strip():
            words = f"{words}\n{line.strip()}" if words else line.strip()
    if kind:
        yield kind, ids, words.strip().rstrip("*_").strip()


def _quote(ids: str, words: str) -> dict[str, str] | None:
    """The quote of a line; its passage stands in brackets before its words, or after them."""
    named = _ID.search(ids)
    if named is None:
        ends = re.search(r"[\[(（【]([^\])）】\n]{1,80})[\])）】][\s.。]*$", words)
        if ends is None:
            return {"passage_id": "", "quote": _unquoted(words)[:4000]} if words else None
        named, words = ends, words[: ends.start()]
    words = _unquoted(words)
    return {"passage_id": named[1].strip(), "quote": words[:4000]} if words else None


def _unquoted(words: str) -> str:
    """Words without the marks they are put between; marks that are their own stay."""
    words = words.strip()
    for opening, closing in _QUOTES:
        if len(words) > 1 and words.startswith(opening) and words.rstrip(".。").endswith(closing):
            within = words.rstrip(".。") if not words.endswith(closing) else words
            inner = within[1:-1]
            if opening == closing or opening not in inner or inner.count(opening) == inner.count(closing):
                return inner.strip()
    return words


def _inline_quotes(text: str, names: Mapping[str, str]) -> list[DraftQuote]:
    """Words of prose in quotation marks with a passage in brackets behind them."""
    found = [(names.get(one["id"].strip(), one["id"].strip()), one["words"]) for one in _INLINE_QUOTE.finditer(text)]
    return [DraftQuote(passage_id=id_, quote=words) for id_, words in found[:_MOST_QUOTES]]


def _renamed(draft: DraftAnswer, names: Mapping[str, str]) -> DraftAnswer:
    """The draft with the passages by their own ids."""

    def renamed(quote: DraftQuote) -> DraftQuote:
        name = quote.passage_id.strip().strip("[]()")
        return quote.model_copy(update={"passage_id": names.get(name, quote.passage_id)})

    claims = [
        DraftClaim(
            text=_unmarked(claim.text, names),
            quotes=[renamed(one) for one in claim.quotes],
            calculation_ids=claim.calculation_ids,
        )
        for claim in draft.claims
    ]
    nearest = renamed(draft.nearest) if draft.nearest else None
    return draft.model_copy(update={"claims": claims, "nearest": nearest})


def _unmarked(text: str, names: Mapping[str, str]) -> str:
    """A claim without marks like "[2]" that name a passage."""
    known = {*names, *names.values()}
    return _MARK.sub(lambda mark: "" if mark[1].strip() in known else mark[0], text).strip()


# --- Citations of the provider's own ----------------------------------------------------------------------------------


def _read_native(message: "AIMessage", names: Mapping[str, str]) -> DraftAnswer | None:
    """The draft that text with the provider's citations makes up: each sentence with what is cited within it.

    [{"type": "text", "text": "Kyocera does.", "citations": [{"type": "char_location", "cited_text": "…",
      "document_index": 0, "document_title": …}]}]          also with "search_result_location", "annotations"
    """
    text, cited = "", []
    for block in message.content if isinstance(message.content, list) else ():
        if isinstance(block, dict) and block.get("type") == "text" and isinstance(block.get("text"), str):
            start = len(text)
            text += block["text"]
            marks = block.get("citations") or block.get("annotations") or ()
            quotes = [quote for mark in marks if isinstance(mark, dict) and (quote := _pointed(mark, names))]
            if quotes:
                cited.append((start, len(text), quotes))
    if not cited:
        return None
    text = text[:_LONGEST]
    claims = []
    for start, end in split_sentences(text):
        quotes = [quote for left, right, some in cited if left < end and start < right for quote in some]
        if quotes or not _LEADS_IN.search(text[start:end]):
            claims.append(DraftClaim(text=text[start:end].strip()[:_LONGEST_CLAIM], quotes=quotes[:_MOST_QUOTES]))
    return DraftAnswer(claims=claims[:_MOST_CLAIMS])


def _pointed(mark: Mapping[str, Any], names: Mapping[str, str]) -> DraftQuote | None:
    """The words that a citation points at, in the passage that its document stands for."""
    words = mark.get("cited_text")
    if not isinstance(words, str) or not words.strip():
        return None
    extras = mark.get("extras") if isinstance(mark.get("extras"), dict) else {}
    told = [mark.get("source"), mark.get("document_title"), mark.get("title")]
    known = set(names.values())
    id_ = next((one for one in told if isinstance(one, str) and one in known), None)
    place = mark.get("document_index", extras.get("document_index") if extras else None)
    if id_ is None and isinstance(place, int) and not isinstance(place, bool):
        id_ = names.get(str(place + 1))
    if id_ is None:
        id_ = next((one for one in told if isinstance(one, str)), "")
    return DraftQuote(passage_id=id_[:100], quote=words.strip()[:4000])
