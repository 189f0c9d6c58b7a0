"""Nothing unproven leaves: each way a draft can lie ends as an unsupported claim with its reason."""

import pytest

from agent.answer import Answer, Calculation, Origin, Usage
from agent.calculator import calculate, formulas
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.evidence import Evidence
from agent.judging import judge
from agent.verification import verify
from corpus.document import Block, Document, Page, Passage

LINES = [
    "Kyocera, NGK and NTK supply ceramic packages for CPO in Japan.",
    "Broadcom's Bailly uses 5.4 W per 800G port, 65% less than a pluggable module.",
    "2025年CPO市场规模为50亿美元。",
]
TEXT = "\n".join(LINES)


def _passage(number: int) -> Passage:
    start = TEXT.index(LINES[number])
    end = start + len(LINES[number])
    language = "zh" if number == 2 else "en"
    return Passage(f"d-1.{number + 1}", "d", 1, start, end, TEXT[start:end], language, ("Suppliers",))


PASSAGES = [_passage(number) for number in range(len(LINES))]
PAGE = Page(1, "i", TEXT, tuple(Block("paragraph", p.start, p.end) for p in PASSAGES))
DOCUMENTS = {"d": Document("d", "Report", "Ourselves", "2025-10", "en", "r.md", "0" * 64, "text/markdown", (PAGE,))}


def _verify(*claims: DraftClaim, question: str = "Who supplies packages?", evidence: Evidence | None = None) -> Answer:
    if evidence is None:
        evidence = Evidence()
        evidence.see(PASSAGES)
    return verify(
        question,
        DraftAnswer(claims=list(claims)),
        evidence,
        documents=DOCUMENTS,
        index_fingerprint="f" * 64,
        usage=Usage("scripted"),
    )


def _claim(text: str, *quotes: tuple[int, str], calculations: tuple[str, ...] = ()) -> DraftClaim:
    return DraftClaim(
        text=text,
        quotes=[DraftQuote(passage_id=f"d-1.{number}", quote=words) for number, words in quotes],
        calculation_ids=list(calculations),
    )


def test_a_true_claim_carries_the_documents_own_words_and_their_place() -> None:
    answer = _verify(_claim("Bailly takes 5.4 W a port.", (2, "Broadcom’s Bailly  uses 5.4 W per 800G port")))
    (claim,) = answer.claims
    (citation,) = claim.citations
    assert claim.verdict == "quoted" and not answer.unsupported and answer.abstention is None
    assert citation.quote == "Broadcom's Bailly uses 5.4 W per 800G port"
    assert DOCUMENTS["d"].page(citation.page).text[citation.start : citation.end] == citation.quote
    assert (citation.page_label, citation.section, citation.published) == ("i", ("Suppliers",), "2025-10")
    assert answer.cited == {"en": 1} and answer.seen == {"en": 2, "zh": 1}


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (_claim("NGK supplies packages.", (1, "NGK supplies ceramic packages for CPO")), "word for word"),
        (_claim("NGK supplies packages.", (9, LINES[0])), "has not seen"),
        (_claim("NGK supplies packages."), "no quote and no calculation"),
        (_claim("Bailly uses 5.5 W per port.", (2, LINES[1])), "“5.5 W”"),
        (_claim("Bailly uses 5.4 kW per port.", (2, LINES[1])), "“5.4 kW”"),
        (_claim("Bailly saves 65 percentage points.", (2, LINES[1])), "65 percentage points"),
        (_claim("The market was US$50 billion in 2025.", (3, LINES[2])), "50 billion"),
        (_claim("The market was US$5 billion in 2026.", (3, LINES[2])), "2026"),
        (_claim("Ibiden supplies ceramic packages.", (1, LINES[0])), "Ibiden"),
        (_claim("Bailly in May 2025 takes 5.4 W.", (2, LINES[1])), "May 2025"),
        (_claim("Tomahawk 6 saves 65% against a module.", (2, LINES[1])), "“6”"),
        (_claim("Jericho saves 65% and Humboldt too.", (2, LINES[1])), "Jericho"),
        (_claim("Kyocera of China supplies packages.", (1, LINES[0])), "China"),
        (_claim("It needs 256 W.", calculations=("c9",)), "never done"),
        (_claim("", (1, LINES[0])), "says nothing"),
        (_claim("Kyocera supplies them.", (1, LINES[0]), (2, "Broadcom's Bailly uses 9.9 W")), "word for word"),
    ],
)
def test_each_lie_is_shown_as_unsupported_with_its_reason(claim: DraftClaim, why: str) -> None:
    answer = _verify(claim)
    assert answer.claims == () and answer.abstention is not None
    assert why in answer.unsupported[0].reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The CPO market was US$5 billion in 2025.", 3),
        ("The CPO market was $5,000 million in 2025.", 3),
        ("京瓷、NGK和NTK供应陶瓷封装。", 1),
        ("Bailly的功耗为每端口5.4瓦。", 2),
    ],
)
def test_numbers_and_names_are_equal_across_languages(text: str, number: int) -> None:
    assert _verify(_claim(text, (number, LINES[number - 1]))).unsupported == ()


@pytest.mark.parametrize(
    ("quote", "true", "false"),
    [
        ("Tomahawk 5 saves 65% of it.", "Tomahawk 5 saves 65%.", "Tomahawk 6 saves 65%."),
        ("Export began on 11 May 2025.", "It began in May 2025.", "It began on 1 May 2025."),
        ("Export began on 11 May 2025.", "It began in 2025.", "It began in June 2025."),
        ("The Gen 12 engine is out.", "The Gen 12 engine is out.", "The Gen 1 engine is out."),
        ("The Q34500 switch is out.", "The Q34500 switch is out.", "The Q3450 switch is out."),
        ("HBM3 needs 5.4 W here.", "HBM3 needs 5.4 W.", "HBM 4 needs 5.4 W."),
        ("磷化铟份额从三成升到一半。", "磷化铟份额曾为30%。", "磷化铟份额曾为40%。"),
        ("该方案节省30个百分点。", "It saves 30 percentage points.", "It saves 30 %."),
    ],
)
def test_numbers_and_model_names_are_not_found_inside_others(quote: str, true: str, false: str) -> None:
    page = Page(1, "1", quote, (Block("paragraph", 0, len(quote)),))
    document = Document("e", "Report", "", "", "en", "r.md", "0" * 64, "text/markdown", (page,))
    evidence = Evidence()
    evidence.see([Passage("e-1.1", "e", 1, 0, len(quote), quote, "en")])
    proof = [DraftQuote(passage_id="e-1.1", quote=quote)]
    draft = DraftAnswer(claims=[DraftClaim(text=text, quotes=proof) for text in (true, false)])
    usage = Usage("scripted")
    answer = verify("Q?", draft, evidence, documents={"e": document}, index_fingerprint="f", usage=usage)
    assert [claim.text for claim in answer.claims] == [true]
    assert [claim.text for claim in answer.unsupported] == [false]


def test_a_calculation_may_name_what_the_question_asks_about_and_nothing_else() -> None:
    evidence = _computed(capacity_tbps="question", energy_pj_per_bit="question")
    claims = [_claim(f"The optics of {name} take 256 W.", calculations=("c1",)) for name in ("NVIDIA", "Broadcom")]
    answer = _verify(*claims, question="51.2 Tb/s at 5 pJ/bit for NVIDIA?", evidence=evidence)
    assert [claim.text for claim in answer.claims] == ["The optics of NVIDIA take 256 W."]


def test_a_number_from_the_question_proves_nothing() -> None:
    answer = _verify(_claim("NGK holds 40 % of it.", (1, LINES[0])), question="Does NGK hold 40 % of the market?")
    assert "40 %" in answer.unsupported[0].reason


def _computed(**origins: str) -> Evidence:
    evidence = Evidence()
    evidence.see(PASSAGES)
    result = calculate("switch_optics_power_w", {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"})
    evidence.record(result, [Origin(name, kind) for name, kind in origins.items()])  # type: ignore[arg-type]
    return evidence


def test_a_calculation_proves_its_own_numbers_and_no_others() -> None:
    evidence = _computed(capacity_tbps="question", energy_pj_per_bit="question")
    good = _claim("At 51.2 Tb/s and 5 pJ/bit the optics take 256 W.", calculations=("c1",))
    wrong = _claim("The optics take 265 W.", calculations=("c1",))
    scaled = _claim("The optics take 256 kW.", calculations=("c1",))
    answer = _verify(good, wrong, scaled, evidence=evidence)
    assert [claim.verdict for claim in answer.claims] == ["computed"]
    assert [claim.reason.split("”")[0].split("“")[1] for claim in answer.unsupported] == ["265 W", "256 kW"]


def test_a_calculation_on_an_invented_operand_is_unsupported() -> None:
    evidence = _computed(capacity_tbps="question", energy_pj_per_bit="unproven")
    answer = _verify(_claim("The optics take 256 W.", calculations=("c1",)), evidence=evidence)
    assert "energy_pj_per_bit" in answer.unsupported[0].reason


@pytest.mark.parametrize(
    ("missing", "kept"),
    [
        ("No information on the price of Bailly was found.", True),
        ("未找到关于Bailly价格的内容。", True),
        ("Broadcom stopped selling Bailly after a fraud.", False),
        ("The price of Bailly is secret and rising.", False),
        ("Not found, but it is about US$300.", False),
    ],
)
def test_what_is_missing_may_not_assert_anything(missing: str, kept: bool) -> None:
    draft = DraftAnswer(missing=missing)
    answer = verify(
        "What is the price of Bailly?", draft, Evidence(), documents={}, index_fingerprint="f", usage=Usage("scripted")
    )
    assert answer.abstention is not None
    assert answer.abstention.missing == (missing if kept else "")


def test_declining_keeps_what_is_missing_and_the_nearest_words() -> None:
    evidence = Evidence()
    evidence.see(PASSAGES)
    draft = DraftAnswer(missing="No price found.", nearest=DraftQuote(passage_id="d-1.1", quote=LINES[0]))
    answer = verify("Price?", draft, evidence, documents=DOCUMENTS, index_fingerprint="f", usage=Usage("scripted"))
    assert answer.abstention is not None and answer.abstention.missing == "No price found."
    assert answer.abstention.nearest is not None and answer.abstention.nearest.quote == LINES[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_formula_says_of_its_own_example_is_never_refused(language: str) -> None:
    for formula in formulas():
        result = calculate(formula.id, formula.example)
        calculation = Calculation("c1", result, ())
        assert judge(result.summary(language), (), (calculation,), question="?").standing == "supported", formula.id
