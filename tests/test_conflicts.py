"""Sources that disagree: found, told apart by date, shown with both quotes; look-alikes left alone."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from agent.answer import Answer, Claim, Conflict, Usage
from agent.candidates import Candidate
from agent.citations import cite
from agent.conflicts import find_conflicts, find_other_sides
from agent.conflicts.judgements import read_opinions
from agent.conflicts.sources import days_apart, read_source
from agent.conflicts.statements import read_statements
from agent.conflicts.values import exclude
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.evidence import Evidence
from agent.rendering import render_json, render_markdown, render_text
from agent.settings import Settings
from agent.verification import verify
from corpus.document import Block, Document, Page, Passage
from corpus.ingestion import ingest
from corpus.quantities import find_quantities
from corpus.text import language_of
from evals.conflicts import PAIRS, PARTS, Outcome, _planted, measure, read_cases, summarise

OLD = "Ayar Labs' TeraPHY chiplet consumes 11 W."
NEW = "Ayar Labs' TeraPHY chiplet draws 7 W."


def place(text, published="2026-03-01", publisher="Desk", authority="secondary", header=""):
    name = f"d{abs(hash((text, published, publisher))) % 10**9}"
    page = Page(1, "1", text, (Block("row" if header else "paragraph", 0, len(text)),))
    language = language_of(text)
    document = Document(
        name, publisher, publisher, published, language, f"{name}.md", "", "text/markdown", (page,), "", authority
    )
    return Passage(f"{name}-1.1", name, 1, 0, len(text), text, language, (), header), document


def conflicts_of(cited, *others, language="en", look=None, seen=True):
    places = [cited, *others] if seen else [cited]
    passages = {passage.id: passage for passage, _ in places}
    documents = {document.id: document for _, document in (cited, *others)}
    quote = DraftQuote(passage_id=cited[0].id, quote=cited[0].text)
    citation = cite(quote, passages, documents, language)
    return find_conflicts([Claim(cited[0].text, "quoted", (citation,))], passages, documents, language, look)


def candidate(text, header=""):
    return Candidate("d-1.1", "T", "2026", language_of(text), (), header, 0, len(text), text)


def test_another_number_for_the_same_thing_is_found_with_both_quotes_and_what_each_says():
    (found,) = conflicts_of(place(NEW), place(OLD, publisher="Other"))
    assert found.kind == "contradictory"
    assert Counter(side.quote for side in found.sides) == {OLD: 1, NEW: 1}
    assert set(found.values) == {"11 W", "7 W"}


def test_what_a_newer_source_overtakes_is_stale_and_the_older_side_comes_first():
    (found,) = conflicts_of(place(NEW, "2025-09-01"), place(OLD, "2022-03-01"))
    assert (found.kind, found.values, found.dates) == ("stale", ("11 W", "7 W"), ("2022-03-01", "2025-09-01"))


def told(cited, *others):
    """The conflicts of an answer that cites each of some places; the rest has been seen."""
    places = [*cited, *others]
    passages = {passage.id: passage for passage, _ in places}
    documents = {document.id: document for _, document in places}
    claims = [
        Claim(one.text, "quoted", (cite(DraftQuote(passage_id=one.id, quote=one.text), passages, documents, "en"),))
        for one, _ in cited
    ]
    return find_conflicts(claims, passages, documents, "en"), claims


def test_a_conflict_is_told_once_with_all_who_say_the_same():
    cited = [place(NEW), place(OLD, publisher="Other"), place(NEW, publisher="Third"), place(OLD, publisher="Fourth")]
    (found,), claims = told(cited)
    assert Counter(found.values) == {"11 W": 1, "7 W": 1}
    assert sorted(len(voice) for voice in found.voices()) == [2, 2]
    assert {one.quote for voice in found.voices() for one in voice} == {OLD, NEW}
    assert found.cited(claims) == (True, True) and found.cited(claims[:1]) != (True, True)


def test_a_side_is_told_where_the_answer_rests_on_any_place_that_says_so():
    (found,), claims = told([place(NEW), place(OLD, publisher="Other"), place(NEW, publisher="Third")])
    seven = found.values.index("7 W")
    assert found.cited(claims[:1])[seven] and found.cited(claims[2:])[seven]


def test_other_values_or_another_thing_stay_a_conflict_of_their_own():
    others = [place(text, publisher="X") for text in ("TSMC's HBM4 yield is 40%.", "TSMC's HBM4 yield is 70%.")]
    found, _ = told([place(NEW), place(OLD, publisher="Other"), *others])
    assert len(found) == 2


def test_an_older_word_that_one_newer_source_repeats_is_not_stale():
    old, new = place(OLD, "2022-03-01"), place(NEW, "2025-09-01", publisher="Other")
    (found,), _ = told([old, new])
    assert found.kind == "stale"
    (found,), _ = told([old, new, place(OLD, "2025-10-01", publisher="Third")])
    assert found.kind == "contradictory"


def test_two_forecasters_contradict_each_other_whenever_they_wrote():
    one = place("Yole expects the silicon photonics market to reach US$8 billion in 2030.", "2023-01-01")
    other = place("LightCounting 预计 2030 年硅光市场规模为 120 亿美元。", "2026-01-01")
    (found,) = conflicts_of(one, other)
    assert found.kind == "contradictory"


def test_a_newer_source_of_less_authority_overtakes_nothing():
    one, other = place(OLD, "2022-03-01", authority="primary"), place(NEW, "2025-09-01", authority="machine-written")
    assert conflicts_of(one, other)[0].kind == "contradictory"


def test_the_other_side_is_looked_for_where_the_run_has_not_seen_it():
    one, other = place(NEW), place(OLD, publisher="Other")
    asked = []

    def look(query):
        asked.append(query)
        return [other[0]]

    assert not conflicts_of(one, other, seen=False)
    assert conflicts_of(one, other, seen=False, look=look)
    assert len(asked) == 1 and "TeraPHY" in asked[0] and "7" not in asked[0]


@pytest.mark.parametrize(
    "other",
    [
        "Ayar Labs' TeraPHY chiplet draws about 7.2 W.",
        "Ayar Labs' TeraPHY chiplet draws 6 to 8 W.",
        "Ayar Labs' TeraPHY chiplet draws more than 5 W.",
        "Ayar Labs' third-generation Passage chiplet draws 11 W.",
        "Lightmatter's TeraPHY chiplet draws 11 W.",
        "Ayar Labs' TeraPHY chiplet drew 11 W in 2022.",
        "The target for Ayar Labs' TeraPHY chiplet is 3 W.",
        "Ayar Labs' TeraPHY chiplet draws 11 W without the laser.",
        "Ayar Labs' TeraPHY chiplet draws 11 W at 85 °C.",
        "Ayar Labs' TeraPHY chiplet has an output power of 0.1 W.",
        "Ayar Labs' TeraPHY chiplet draws 7 W, and its board 30 W.",
    ],
)
def test_what_is_rounded_meant_otherwise_or_of_another_thing_is_no_conflict(other):
    assert not conflicts_of(place(NEW), place(other, publisher="Other"))


FAMILIES = [
    ("TSMC's 3 nm yield is 80%.", "TSMC's 2 nm yield is 60%."),
    ("SK hynix's operating profit in 2024 was 23 trillion won.", "SK hynix's net profit in 2024 was 19 trillion won."),
    ("Intel's data-center revenue in 2024 was US$12 billion.", "Intel's revenue in 2024 was US$53 billion."),
    ("Vestas's order backlog for turbines was €31 billion.", "Vestas's order backlog for service was €36 billion."),
    ("Germany's gross electricity use in 2023 was 517 TWh.", "Germany's net electricity use in 2023 was 458 TWh."),
    ("BYD sold 4.2 million vehicles in 2024.", "BYD sold 1.7 million battery-electric vehicles in 2024."),
    ("Vale sold 307 million tonnes of iron ore in 2024.", "Vale produced 328 million tonnes of iron ore in 2024."),
    ("Equinor plans to build 3 GW of offshore wind.", "Equinor operates 0.9 GW of offshore wind."),
    ("台積電2奈米良率約60%。", "台積電3奈米良率約80%。"),
    ("中国2024年光伏装机容量8.87亿千瓦。", "中国2024年新增光伏装机容量2.78亿千瓦。"),
    ("恒瑞医药2024年创新药销售收入138亿元。", "恒瑞医药2024年销售收入279亿元。"),
    ("トヨタの2024年度の営業利益は5.3兆円だった。", "トヨタの2024年度の純利益は4.9兆円だった。"),
    ("Samsung has not passed Nvidia's HBM3E qualification.", "Samsung has passed Nvidia's HBM3 qualification."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FAMILIES)
def test_another_thing_of_the_same_family_is_no_conflict(one, other):
    assert not conflicts_of(place(one), place(other, publisher="Other"))
    assert not conflicts_of(place(other), place(one, publisher="Other"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TSMC's 3 nm yield is 80%.", "TSMC's 3 nm yield is 60%."),
        ("Intel's data-center revenue in 2024 was US$12 billion.", "Intel's 2024 data-center revenue was US$15bn."),
        ("ASML's net sales in 2024 were €28 billion.", "ASML reported net sales of €24 billion for 2024."),
        ("BYD sold 1.7 million electric vehicles in 2024.", "In 2024 BYD sold 1.5 million electric vehicles."),
        ("该激光器85°C时输出功率为60 mW。", "该激光器在85°C下的输出功率为45 mW。"),
        ("五年期LPR利率为3.6%。", "五年期LPR利率为3.85%。"),
        ("Imports of copper fell in 2024.", "Copper imports rose in 2024."),
    ],
)  # fmt: skip
def test_the_same_member_of_a_family_is_a_conflict(one, other):
    assert conflicts_of(place(one), place(other, publisher="Other"))
    assert conflicts_of(place(other), place(one, publisher="Other"))


def test_a_number_before_a_noun_says_which_thing_another_number_is_said_of():
    (yields,) = read_statements(candidate("Samsung's 3 nm line reached a yield of 50%."))
    assert yields.quantity.text == "50%" and [unit for unit, _, _ in yields.conditions] == ["m"]
    assert [one.quantity.text for one in read_statements(candidate("该激光器85°C时输出功率为60 mW。"))] == ["60 mW"]


def test_the_qualifiers_of_a_number_are_none_that_belong_to_the_name_of_its_measure():
    told = {one.quantity.text: one.bases for one in read_statements(candidate("ASML's net income was €7 billion."))}
    assert told == {"€7 billion": frozenset()}
    (added,) = read_statements(candidate("India added 24 GW of solar capacity."))
    assert added.bases == {"added"}


def test_a_sentence_that_says_itself_that_sources_disagree_is_one():
    text = (
        "Sources put Sumitomo Electric's share of indium phosphide substrates at 30% or at 60%, and the two conflict."
    )
    (found,) = conflicts_of(place(text))
    assert found.values == ("30%", "60%") and found.sides[0] == found.sides[1]
    assert not conflicts_of(place(text.replace(", and the two conflict", "")))


def test_a_cell_is_held_against_a_sentence_under_its_head():
    (found,) = conflicts_of(
        place("ELSFP | 400", header="Part | Price in US$"), place("The price of an ELSFP module is US$650.")
    )
    assert set(found.values) == {"Price in US$: 400", "US$650"}


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("Hybrid bonding is mature.", "Hybrid bonding is still immature.", True),
        ("中国在硅光工艺上落后。", "China is ahead in silicon photonics.", True),
        ("2026 年 EML 激光器供不应求。", "EML lasers are in oversupply in 2026.", True),
        ("Hybrid bonding is mature.", "Hybrid bonding is not immature.", False),
        ("Hybrid bonding is mature.", "Hybrid bonding may be immature.", False),
        ("美国在硅光上领先。", "China lags in silicon photonics.", False),
        (
            "Prices of indium phosphide substrates rose in 2024.",
            "Indium phosphide substrate prices fell in 2025.",
            False,
        ),
    ],
)
def test_opposite_judgements_of_one_thing_and_time(one, other, opposed):
    assert bool(conflicts_of(place(one), place(other, publisher="Other"))) is opposed


def test_no_judgement_is_read_from_the_name_of_a_term():
    assert [one.cue.text for one in read_opinions(candidate("China lags in advanced packaging."))] == ["lags"]


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [("5.4 W", "5 W", False), ("5.4 W", "5.5 W", False), ("4 W", "5 W", True), ("9-10 W", "8 W", True),
     ("≤ 5 W", "4 W", False), ("≤ 5 W", "6 W", True), ("about 10 W", "10.8 W", False)],
)  # fmt: skip
def test_numbers_that_cannot_both_be_right(a, b, apart):
    assert exclude(find_quantities(a)[0], find_quantities(b)[0]) is apart


def test_a_source_is_read_from_its_note_its_columns_or_its_document():
    note = read_source(
        candidate("CIR expected in 2020 a market of US$2.3 billion (Optical News, 2021; confidence low).")
    )
    assert (note.issuers, note.published, note.noted, note.confidence) == (
        frozenset({"cir"}),
        "2020",
        "optical news",
        0,
    )
    row = read_source(candidate("CPO | 7 | Notes | 2024 | high", "Type | Power in W | Source | Year | Confidence"))
    assert (row.published, row.noted, row.confidence) == ("2024", "notes", 2)
    assert read_source(candidate("CPO draws 7 W.")).published == "2026"


def test_dates_known_no_better_than_to_their_year_are_not_apart_within_it():
    assert days_apart("2025", "2025-03-01") == 0 and days_apart("2025-03", "2025-05") == 61
    assert days_apart("", "2025") == 0 and days_apart("2025-13-45", "2025") == 0


def test_a_number_of_the_years_is_said_for_its_own_year_alone():
    text = "CIR 在 2020 年预测，CPO 市场 2026 年为 3.44 亿美元，2030 年为 23 亿美元。"
    assert [int(one.periods[0].low) for one in read_statements(candidate(text))] == [2026, 2030]


def test_the_analyst_tells_the_other_side_too():
    sides = [
        replace(candidate(text), passage_id=f"d-{n}", cosine=0.5) for n, text in enumerate((NEW, OLD, "CPO is new."))
    ]
    assert find_other_sides(sides[:1], sides) == [sides[1]]


# --- In answers -------------------------------------------------------------------------------------------------------


@pytest.fixture
def answer():
    one, other = place(NEW, "2025-09-01", "Optics <b>Today</b>\x1b[31m"), place(OLD, "2022-03-01", "Desk")
    evidence = Evidence()
    evidence.see([one[0], other[0]])
    draft = DraftAnswer(claims=[DraftClaim(text=NEW, quotes=[DraftQuote(passage_id=one[0].id, quote=NEW)])])
    documents = {document.id: document for _, document in (one, other)}
    return verify("TeraPHY?", draft, evidence, documents=documents, index_fingerprint="f", usage=Usage("offline"))


def test_verify_finds_what_says_otherwise(answer):
    assert [one.kind for one in answer.conflicts] == ["stale"]


def test_an_answer_that_rests_on_one_side_says_so_and_shows_both(answer):
    text = render_text(answer)
    assert "Sources that disagree" in text and "a newer source has overtaken an older one" in text
    assert "- 11 W (2022-03-01)" in text and "- 7 W (2025-09-01) [1]" in text and f"“{OLD}”" in text
    assert "this answer rests on 1 of 2 sides: 7 W" in text
    assert "secondary source" in text and "\x1b" not in text


def test_an_answer_that_tells_both_sides_does_not_say_that_it_rests_on_one(answer):
    both = replace(answer, claims=(replace(answer.claims[0], citations=answer.conflicts[0].sides),))
    assert "rests on" not in render_text(both) and not render_json(both)["conflicts"][0]["one_sided"]


def test_a_side_is_one_line_with_all_its_places(answer):
    both = answer.conflicts[0]
    other = replace(both.sides[0], document_id="e", title="Echo", quote="An echo of 11 W.")
    shown = replace(answer, conflicts=(replace(both, echoes=((other,), ())),))
    text = render_text(shown)
    assert text.count("- 11 W") == 1 and "“An echo of 11 W.”" in text and f"“{OLD}”" in text
    assert "An echo of 11 W." in render_markdown(shown)
    assert render_json(shown)["conflicts"][0]["sides"][0]["also"][0]["quote"] == "An echo of 11 W."


def test_markdown_and_json_show_conflicts_and_let_no_markup_through(answer):
    page = render_markdown(answer)
    assert "### Sources that disagree" in page and "<b>" not in page and "11 W" in page
    (data,) = json.loads(json.dumps(render_json(answer)))["conflicts"]
    assert (data["kind"], data["one_sided"]) == ("stale", True)
    assert [(one["value"], one["date"], one["cited"], one["authority"]) for one in data["sides"]] == [
        ("11 W", "2022-03-01", False, "secondary"), ("7 W", "2025-09-01", True, "secondary"),
    ]  # fmt: skip


def test_the_block_is_in_the_questions_language(answer):
    assert "较新的来源已取代较旧的来源" in render_text(replace(answer, language="zh"))
    assert "この回答は2件のうち1件だけに基づく" in render_text(replace(answer, language="ja"))


def test_a_conflict_without_dates_shows_those_of_its_documents(answer):
    old = Conflict("stale", "x", answer.conflicts[0].sides, ("11 W", "7 W"))
    assert isinstance(answer, Answer) and "11 W (2022-03-01)" in render_text(replace(answer, conflicts=(old,)))


# --- The measure ------------------------------------------------------------------------------------------------------


def test_the_gold_set_is_well_formed_and_has_both_sorts_of_pairs_in_each_part():
    ours = read_cases(PAIRS, ingest(Settings().documents))
    counts = Counter((one.part, one.kind == "none") for one in ours)
    assert len({one.id for one in ours}) == len(ours)
    assert all(counts[part, alike] >= 20 for part in PARTS for alike in (True, False))


def test_the_measure_counts_a_conflict_only_where_either_side_finds_it_and_a_look_alike_where_none_does():
    from evals.conflicts import Case

    side = {"language": "en", "published": "2026-01-01", "publisher": "A", "authority": "secondary"}
    places = tuple(_planted(side | {"quote": text}, f"x{n}") for n, text in enumerate((NEW, OLD)))
    pair = Case("a", "contradictory", "planted", "TeraPHY?", places)
    outcomes = measure([pair, replace(pair, kind="none")])
    assert [one.right for one in outcomes] == [True, False]
    assert not Outcome(pair, (outcomes[0].found[0], ())).right
    assert summarise(outcomes)["conflicts, planted"]["right"] == 1
