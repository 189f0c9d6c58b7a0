import json
import re
import unicodedata
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot
from markdown_it import MarkdownIt

from agent.answer import Abstention, Answer, Calculation, Citation, Claim, Origin, Step, Usage
from agent.attribution import find_named_source
from agent.calculator import Bilingual, calculate, evaluate
from agent.rendering import render_json, render_markdown, render_result, render_step, render_text
from agent.terminal import plain_line

ENGLISH = Citation(
    passage_id="aaaaaaaaaa-2.1",
    document_id="aaaaaaaaaa",
    title="Optics in the rack",
    publisher="Example Labs",
    published="2025-10",
    authority="machine-written",
    path="en/optics.md",
    language="en",
    page=2,
    page_label="ii",
    section=("Power", "Ports"),
    header="",
    start=10,
    end=52,
    quote="A pluggable port draws 17 pJ/bit.",
)
CHINESE = replace(
    ENGLISH,
    passage_id="bbbbbbbbbb-1.4",
    document_id="bbbbbbbbbb",
    title="光互连报告",
    language="zh",
    page=1,
    page_label="1",
    section=(),
    authority="",
    path="zh/报告.pdf",
    header="部件 | 供应商",
    start=3,
    end=15,
    quote="衬底 | 依赖进口",
    gloss=(("衬底", "substrate"),),
)
CALCULATION = Calculation(
    "c1",
    replace(
        calculate("interface_power_w", {"energy_pj_per_bit": "17", "rate_gbps": "1600"}),
        warnings=(Bilingual("Mind the basis.", "注意口径。"),),
        assumptions=(Bilingual("Constant power.", "功耗恒定。"),),
    ),
    (Origin("energy_pj_per_bit", "quote", ENGLISH), Origin("rate_gbps", "question")),
)
ANSWER = Answer(
    question="How much power does a port draw?",
    language="en",
    claims=(
        Claim("A pluggable port draws 17 pJ/bit.", "quoted", (ENGLISH,)),
        Claim("Substrates are imported.", "quoted", (CHINESE, ENGLISH)),
        Claim("The interface draws 27.2 W.", "computed", (), (CALCULATION,)),
    ),
    unsupported=(Claim("It draws 99 W.", "unsupported", reason="the number “99 W” stands in no quote"),),
    abstention=None,
    seen={"zh": 3, "en": 4},
    cited={"zh": 1, "en": 2},
    index_fingerprint="0123456789abcdef0123",
    usage=Usage("offline", 3),
    steps=(Step("search", "searched “port power”", "7 passages"),),
)
ABSTAINED = replace(
    ANSWER,
    language="zh",
    question="价格是多少？",
    claims=(),
    unsupported=(),
    abstention=Abstention("未找到价格。", replace(ENGLISH, gloss=(("port", "端口"),))),
    cited={},
)


def with_words(words: str) -> Answer:
    """An answer in which everything that others wrote is ``words``."""
    citation = replace(
        ENGLISH, title=words, publisher=words, published=words, authority=words, path=words, page_label=words,
        section=(words,), header=words, quote=words, gloss=((words, words),),
    )  # fmt: skip
    claim = Claim(words, "quoted", (citation,))
    return replace(
        ANSWER,
        question=words,
        claims=(claim,),
        unsupported=(replace(claim, verdict="unsupported", reason=words),),
        usage=Usage(words),
        steps=(Step("search", words, words),),
    )


def test_text_is_readable():
    assert render_text(ANSWER) == snapshot("""\
How much power does a port draw?

- A pluggable port draws 17 pJ/bit. [1]
- Substrates are imported. [2][1]
- The interface draws 27.2 W. [c1]

Calculations
[c1] Interface power from energy per bit (interface_power_w)
     energy per bit e (energy_pj_per_bit) = 17 pJ/bit (from [1])
     net rate, one direction R (rate_gbps) = 1600 Gb/s (from the question)
     P = e × R ÷ 1000
     P = 17 pJ/bit × 1600 Gb/s ÷ 1000
     P = 27.2 W
     beware: Mind the basis.
     assumes: Constant power.

Evidence
[1] Optics in the rack (Example Labs, 2025-10; machine-written)
    Power > Ports · en/optics.md · page ii, characters 10-52
    “A pluggable port draws 17 pJ/bit.”
[2] 光互连报告 (Example Labs, 2025-10)
    zh/报告.pdf · page 1, characters 3-15
    “衬底 | 依赖进口”
    table head: 部件 | 供应商
    terms: 衬底 = substrate

Not supported by the evidence, left out of the answer: 1
- It draws 99 W.
  why: the number “99 W” stands in no quote

evidence: 4 en, 3 zh; cited: 2 en, 1 zh; model: offline; index: 0123456789ab
""")


def test_text_speaks_the_questions_language():
    assert render_text(ABSTAINED) == snapshot("""\
价格是多少？

无法回答：未找到价格。

最接近的证据（并未回答该问题）
    Optics in the rack (Example Labs, 2025-10; 机器撰写)
    Power > Ports · en/optics.md · 第 ii 页，字符 10-52
    “A pluggable port draws 17 pJ/bit.”
    术语：port = 端口

证据：4 en, 3 zh；引用：无；模型：offline；索引：0123456789ab
""")


def test_markdown_is_readable():
    assert render_markdown(ANSWER) == snapshot("""\
## How much power does a port draw?

- A pluggable port draws 17 pJ/bit. \\[1\\]

- Substrates are imported. \\[2\\]\\[1\\]

- The interface draws 27.2 W. \\[c1\\]

### Calculations

- \\[c1\\] Interface power from energy per bit (interface\\_power\\_w)
  - energy per bit e (energy\\_pj\\_per\\_bit) = 17 pJ/bit (from \\[1\\])
  - net rate, one direction R (rate\\_gbps) = 1600 Gb/s (from the question)
  - P = e × R ÷ 1000
  - P = 17 pJ/bit × 1600 Gb/s ÷ 1000
  - P = 27.2 W
  - beware: Mind the basis.
  - assumes: Constant power.

### Evidence

1. Optics in the rack (Example Labs, 2025-10; machine-written)  \n\
    Power \\> Ports · en/optics.md · page ii, characters 10-52

    > A pluggable port draws 17 pJ/bit.

2. 光互连报告 (Example Labs, 2025-10)  \n\
    zh/报告.pdf · page 1, characters 3-15

    > 衬底 \\| 依赖进口

    table head: 部件 \\| 供应商

    terms: 衬底 = substrate

### Not supported by the evidence, left out of the answer: 1

- It draws 99 W.
  - why: the number “99 W” stands in no quote

*evidence: 4 en, 3 zh; cited: 2 en, 1 zh; model: offline; index: 0123456789ab*
""")


def test_json_points_at_each_quote_by_number():
    data = render_json(ANSWER)
    assert [claim["citations"] for claim in data["claims"]] == [[1], [2, 1], []]
    assert [each["number"] for each in data["evidence"]] == [1, 2]
    assert data["calculations"][0]["origins"] == [
        {"operand": "energy_pj_per_bit", "kind": "quote", "source": "", "citation": 1},
        {"operand": "rate_gbps", "kind": "question", "source": "", "citation": None},
    ]
    assert list(data["seen"]) == ["en", "zh"]
    assert json.loads(json.dumps(data)) == data


def test_json_keeps_the_quotes_of_unsupported_claims_apart():
    other = replace(ENGLISH, start=100, end=120, quote="Something else.")
    data = render_json(replace(ANSWER, unsupported=(Claim("It draws 99 W.", "unsupported", (other,), reason="no"),)))
    assert data["unsupported"][0]["citations"] == [3]
    assert data["evidence"][2]["quote"] == "Something else."


def test_an_operands_quote_is_listed_though_no_claim_cites_it():
    text = render_text(replace(ANSWER, claims=ANSWER.claims[2:]))
    assert "(energy_pj_per_bit) = 17 pJ/bit (from [1])" in text
    assert "[1] Optics in the rack" in text


def test_defaults_are_told_from_what_was_given():
    result = calculate("switch_optics_power_w", {"capacity_tbps": "51.2", "energy_pj_per_bit": "5"})
    assert "(utilisation) = 1 (the formula's default)" in render_result(result)
    assert "(capacity_tbps) = 51.2 Tb/s\n" in render_result(result)


def test_a_chinese_reader_reads_units_answers_and_names_in_chinese():
    payback = calculate("simple_payback_years", {"extra_capex": "9万美元", "annual_saving": "3万美元/年"})
    budget = calculate("link_budget", {"p_laser_dbm": "8 dBm", "losses_db": "3 dB", "sensitivity_dbm": "-6 dBm"})
    mtbf = calculate("mtbf_h_from_fit", {"fit": "1010 FIT"})
    numbered = tuple(Calculation(f"c{n}", one, ()) for n, one in enumerate((payback, budget, mtbf), 1))
    texts = []
    for language in ("zh", "en"):
        claim = Claim("…", "computed", (), numbered)
        texts.append(render_text(replace(ANSWER, language=language, claims=(claim,))))
    chinese, english = texts
    assert "年节省额 s (annual_saving) = 30000 美元/年" in chinese
    assert "T = 90,000 美元 ÷ 30000 美元/年" in chinese and "T = 3 年" in chinese
    assert "12 dB" not in chinese and "11 dB ≥ 0 dB：是" in chinese
    assert "990099 小时" in chinese
    assert not re.search(r" years|USD| h$|: yes", chinese, re.MULTILINE)
    assert "(annual_saving) = 30000 USD/year" in english and "T = 3 years" in english
    assert payback.steps[-1] == "T = 3 years"  # what is saved is the same for every reader


def test_arithmetic_is_told_in_chinese():
    result = evaluate("a - b", {"a": "9 USD", "b": "3 USD"})
    claim = Claim("…", "computed", (), (Calculation("c1", result, ()),))
    text = render_text(replace(ANSWER, language="zh", claims=(claim,)))
    assert "算式 = a - b" in text and "结果 = 9 美元 − 3 美元" in text and "结果 = 6 美元" in text


def test_step_on_one_line():
    assert render_step(Step("search", "searched\n“x”", "\x1b[2Jnothing")) == "searched “x”: [2Jnothing"


def test_colour_only_where_asked_for():
    assert "\x1b" in render_text(ANSWER, color=True)
    assert "\x1b" not in render_text(ANSWER)


@given(st.text(st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Lu", "Lo")), max_size=40))
def test_no_control_reaches_the_terminal(words: str):
    text = render_text(with_words(words))
    assert {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} <= {"\n"}
    assert "\n" not in plain_line(words)


@given(st.text(st.sampled_from("[]()<>*_`#|~!&$\\:/@.w-+=12345) \nhtps"), max_size=30))
def test_no_markup_reaches_markdown(words: str):
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(render_markdown(with_words(words)))
    allowed = {"h2", "h3", "ul", "ol", "li", "p", "blockquote", "em", "br"}
    tags = {piece.split(">")[0].strip("/ ").split(" ")[0] for piece in html.split("<")[1:]}
    assert tags <= allowed
    heading = re.search("<h2>(.*)</h2>", html)
    assert (unescape(heading.group(1)) if heading else "") == plain_line(words)


def _cited(**others: str) -> str:
    one = replace(ENGLISH, authority="secondary", **others)
    return render_text(replace(ANSWER, language="en", claims=(Claim("It draws 9 W.", "quoted", (one,)),)))


def test_a_figure_is_its_own_sources_and_only_retold_by_the_publisher() -> None:
    told = _cited(quote="A port draws 9 W (TechSpot, 2025; confidence medium).")
    assert "(TechSpot, 2025; retold by Example Labs, 2025-10; secondary source)" in told
    row = _cited(quote="CPO | 7 | ECOC notes | 2026", header="Module | Power in W | Source | Year")
    assert "(ECOC notes, 2026; retold by Example Labs" in row
    zh = replace(ENGLISH, quote="CPO 端口功耗为 9 W（集邦咨询，2025 年；可信度中）。", language="zh")
    assert "（集邦咨询" not in render_text(replace(ANSWER, claims=(Claim("9 W", "quoted", (zh,)),))).split("“")[0]
    assert find_named_source(zh) == "集邦咨询, 2025"


def test_a_bracket_that_names_no_source_makes_nobody_one() -> None:
    for quote in (
        "Sales rose (up 5%, 2025).", "The plant opened (Japan, 2025).", "It draws 9 W.", "It fell (in 2025) by 3%.",
        "It draws 9 W (Example Labs, 2025).",
    ):  # fmt: skip
        assert "retold" not in _cited(quote=quote)
