"""What other open tools are known to let through or to refuse: the gate does neither.

kotaemon highlights a sentence of the document for a fabricated quote that shares a long piece of it; RAGFlow's check of
numbers (0.27) loses those beside Chinese characters, below one and with several commas, passes a claim when half of
its facts stand, and calls any two near numbers a conflict.
"""

import pytest

from agent.answer import Usage
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.evidence import Evidence
from agent.judging import judge
from agent.quotes import Mismatch, find_quote
from agent.verification import verify
from corpus.document import Block, Document, Page, Passage
from tests.quoting import cited

SHIPPED = "By our count, Broadcom shipped 50,000 CPO switches in 2025, generating revenue of 1.2 billion dollars."
FABRICATED = "Broadcom shipped 90,000 CPO switches in 2026, generating revenue of 9.9 billion"
SHIPPED_ZH = "据统计，博通 2025 年出货 5 万台 CPO 交换机，收入 12 亿美元。"
FABRICATED_ZH = "博通 2026 年出货 9 万台 CPO 交换机，收入 99 亿美元。"


@pytest.mark.parametrize(("document", "quote"), [(SHIPPED, FABRICATED), (SHIPPED_ZH, FABRICATED_ZH)])
def test_a_fabricated_quote_that_shares_most_of_a_sentence_marks_nothing(document: str, quote: str) -> None:
    assert isinstance(find_quote(document, quote), Mismatch)
    assert judge(quote, [cited(document)]).standing == "contradicted"


@pytest.mark.parametrize(("document", "quote"), [(SHIPPED, FABRICATED), (SHIPPED_ZH, FABRICATED_ZH)])
def test_an_answer_that_fabricates_a_quote_has_no_claim_and_says_why(document: str, quote: str) -> None:
    passage = Passage("d-1.1", "d", 1, 0, len(document), document, "en")
    page = Page(1, "1", document, (Block("paragraph", 0, len(document)),))
    documents = {"d": Document("d", "Report", "", "", "en", "r.md", "0" * 64, "text/markdown", (page,))}
    evidence = Evidence()
    evidence.see([passage])
    draft = DraftAnswer(claims=[DraftClaim(text=quote, quotes=[DraftQuote(passage_id=passage.id, quote=quote)])])
    answer = verify("?", draft, evidence, documents=documents, index_fingerprint="", usage=Usage("none"))
    assert not answer.claims
    assert answer.unsupported[0].reason


@pytest.mark.parametrize(
    ("document", "claim"),
    [
        ("CPO市场规模为50亿美元。", "CPO市场规模为50亿美元。"),
        ("CPO市场规模为50亿美元。", "The CPO market is worth US$5 billion."),
        ("共售出2,161,000只。", "共售出216.1万只。"),
        ("The module count was 2,161,000.", "The module count was 2.161 million."),
        ("The engine draws 0.65 pJ/bit.", "The engine draws 0.65 pJ/bit."),
        ("The engine draws 0.65 pJ/bit.", "光引擎功耗为0.65 pJ/bit。"),
        ("A connector costs $1.20.", "A connector costs $1.2."),
    ],
)
def test_a_number_that_stands_in_its_source_is_found(document: str, claim: str) -> None:
    assert judge(claim, [cited(document)]).reason == ""


@pytest.mark.parametrize(
    ("document", "claim"),
    [
        ("CPO市场规模为50亿美元。", "CPO市场规模为500亿美元。"),
        ("The module count was 2,161,000.", "The module count was 2,161."),
        ("The module count was 2,161,000.", "The module count was 161,000."),
        ("The engine draws 0.65 pJ/bit.", "The engine draws 0.56 pJ/bit."),
        ("A connector costs $1.20.", "A connector costs $1.02."),
        ("Broadcom's Bailly carries 51.2 Tb/s with 8 engines.", "Broadcom's Bailly carries 51.2 Tb/s with 9 engines."),
    ],
)
def test_one_wrong_number_among_right_ones_is_enough_to_refuse(document: str, claim: str) -> None:
    assert judge(claim, [cited(document)]).standing != "supported"
