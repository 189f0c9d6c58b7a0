"""Tell statements that claim something from those that do not: headings, questions, opinions, asides about the text."""

import re

from agent.auditing.searching import companies_in
from agent.auditing.statements import Statement
from corpus.lexicon import load_lexicon
from corpus.quantities import find_quantities

_BY_KIND = {
    "heading": "it is a heading",
    "header": "it is the head of a table",
    "source": "it is an entry of the text's own list of sources",
}
_QUESTION = re.compile(r"[?？][\"'”’」』)）\]]*$|[吗嗎]\s*[。.]?$")
_ABOUT_ITSELF = re.compile(
    r"^(?:in |as )?(?:this|the (?:following|present|attached))\s(?:short |brief )?(?:memo|note|brief|briefing|report|"
    r"document|paper|summary|section|chapter|answer|overview|table|list|page|annex|appendix)s?\b(?!\s(?:by|of|from)\b)"
    r"|^(?:below|above|next|here)\b.{0,60}\b(?:we|i|is|are)\b"
    r"|\b(?:see|listed|given|found|set out|attached)\s(?:in|at|below|above)\s"
    r"(?:the\s)?(?:annex|appendix|attachment|end|below|above)"
    r"|^(?:we|i)\s(?:will|shall|then|now|next|first|sum|summari[sz]e|describe|discuss|compare|"
    r"review|look|have (?:compiled|collected))\b"
    r"|^(?:please|let me|let us|let's|feel free|i hope|hope this|thanks|thank you|dear|hi|hello|regards|best regards|"
    r"sure|certainly)\b"
    r"|^(?:本(?:文|备忘|備忘|报告|報告|节|節|章|简报|簡報|表|页)|以下|以上|下文|上文|接下来|接下來|下一步|下面|详见|詳見|"
    r"见附|見附|请|請|谢谢|謝謝|您好|你好|希望)"
    r"|^(?:本稿|本資料|以下では|次に)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(?:not (?:investment|legal|financial|professional) advice|for (?:internal|information(?:al)?|discussion) "
    r"(?:use|purposes?)|no (?:liability|warranty|guarantee)|subject to change|all rights reserved|i am an ai|as an ai|"
    r"my knowledge|may contain errors|consult a)\b"
    r"|不构成|不構成|仅供|僅供|免责|免責|不作为.{0,8}依据|投资有风险|版权所有|我是.{0,6}(?:AI|人工智能|语言模型)|"
    r"投資助言ではありません",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:in (?:our|my) (?:view|opinion|judg(?:e)?ment)|"
    r"(?:we|i) (?:believe|think|feel|suggest|recommend|propose|prefer|hope|expect|guess)|"
    r"it (?:seems|appears) to (?:us|me)|arguably|to our mind|readers should|we should|one should|"
    r"should be (?:treated|read|taken) with|worth (?:watching|following|noting|a look)|"
    r"(?:a )?matter of taste|remains? (?:open|to be seen)|time will tell|hard to say)\b"
    r"|我们(?:认为|觉得|建议|相信|希望|倾向)|我們(?:認為|覺得|建議|相信|希望)|笔者|筆者|个人(?:认为|觉得)|在我们看来|"
    r"我(?:认为|觉得|建议)|值得(?:关注|跟踪|注意|期待)|有待观察|有待觀察|拭目以待|不好说|难以判断|"
    r"我々は.{0,30}(?:考え|思)|と(?:思います|考えます)",
    re.IGNORECASE,
)


def why_not_checkable(statement: Statement) -> str:
    """Why a statement claims nothing that documents could say; "" when it does."""
    claim = statement.claim.strip()
    if statement.kind in _BY_KIND:
        return _BY_KIND[statement.kind]
    if not re.search(r"\w", claim):
        return "it has no words"
    if _QUESTION.search(claim):
        return "it is a question"
    if _DISCLAIMER.search(claim) and not _has_measure(claim):
        return "it is a disclaimer"
    if _ABOUT_ITSELF.search(claim) and not _has_measure(claim) and not companies_in(claim):
        return "it speaks of the text itself"
    if _OPINION.search(claim) and not _has_measure(claim) and not companies_in(claim):
        return "it is an opinion or advice, without a number or a name to check"
    return ""


def anchors(text: str) -> int:
    """How many things a text says that can be looked up: numbers, and names and terms that are known."""
    return len(find_quantities(text)) + len(load_lexicon().find(text))


def _has_measure(claim: str) -> bool:
    return any(one.kind in ("measure", "count") for one in find_quantities(claim))
