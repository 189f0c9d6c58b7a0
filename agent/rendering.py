"""Show an Answer as plain text, Markdown or JSON.

Whatever a document, a model or a user wrote is data here: control characters, terminal escapes and direction marks
never reach the terminal, and markup never reaches a Markdown page. Nothing is wrapped: terminals do that.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from agent.answer import Abstention, Answer, Calculation, Citation, Claim, Conflict, Need, Origin, Step, Usage
from agent.attribution import find_named_source
from agent.calc_rendering import name_input
from agent.calculator import Result, lookup
from agent.calculator.result import say_line
from agent.objections import in_other_language
from agent.reasons import tell_mark, tell_reason
from agent.terminal import plain, plain_line
from corpus.document import LANGUAGES, Language, Mark
from corpus.instructions import defuse

_FINGERPRINT = 12
_LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh", "ja": "ja"}

_WORDS: dict[str, dict[Language, str]] = {
    "evidence": {"en": "Evidence", "zh": "证据", "ja": "根拠"},
    "calculations": {"en": "Calculations", "zh": "计算", "ja": "計算"},
    "checks": {
        "en": "Worked out again from the quote's own numbers, with another result",
        "zh": "按原文数字复算，结果不同",
        "ja": "引用の数値から再計算すると結果が異なるもの",
    },
    "conflicts": {"en": "Sources that disagree", "zh": "互相不一致的资料", "ja": "食い違う資料"},
    "contradictory": {
        "en": "{about}: sources contradict each other",
        "zh": "{about}：来源互相矛盾",
        "ja": "{about}：資料が互いに矛盾している",
    },
    "stale": {
        "en": "{about}: a newer source has overtaken an older one",
        "zh": "{about}：较新的来源已取代较旧的来源",
        "ja": "{about}：新しい資料が古い資料に取って代わっている",
    },
    "one_side": {
        "en": "this answer rests on {cited} of {count} sides: {values}",
        "zh": "本回答只依据 {count} 方中的 {cited} 方：{values}",
        "ja": "この回答は{count}件のうち{cited}件だけに基づく：{values}",
    },
    "unsupported": {
        "en": "Not supported by the evidence, left out of the answer: {count}",
        "zh": "证据不足、未纳入回答的陈述：{count} 条",
        "ja": "根拠がなく回答から除いた記述：{count} 件",
    },
    "reason": {"en": "why: {reason}", "zh": "原因：{reason}", "ja": "理由：{reason}"},
    "abstained": {"en": "No answer: {missing}", "zh": "无法回答：{missing}", "ja": "回答できません：{missing}"},
    "missing": {
        "en": "the indexed documents do not answer this question.",
        "zh": "已收录的文档没有回答这个问题。",
        "ja": "収録文書にこの質問への答えはありません。",
    },
    "needed": {
        "en": "To work it out, add to the question: {names}",
        "zh": "要计算这个结果，请在问题中给出：{names}",
        "ja": "計算に必要な値（質問に加えてください）：{names}",
    },
    "unsettled": {
        "en": "If “{formula}” is meant, say which number is what: {names}",
        "zh": "若要计算“{formula}”，请说明各数的含义：{names}",
        "ja": "{formula}を求める場合は、各数値が何かを示してください：{names}",
    },
    "nearest": {
        "en": "Nearest evidence (it does not answer the question)",
        "zh": "最接近的证据（并未回答该问题）",
        "ja": "最も近い根拠（質問への答えではありません）",
    },
    "place": {
        "en": "page {page}, characters {start}-{end}",
        "zh": "第 {page} 页，字符 {start}-{end}",
        "ja": "{page} ページ、文字 {start}-{end}",
    },
    "header": {"en": "table head: {header}", "zh": "表头：{header}", "ja": "表の見出し：{header}"},
    "gloss": {"en": "terms: {pairs}", "zh": "术语：{pairs}", "ja": "用語：{pairs}"},
    "primary": {"en": "primary source", "zh": "一手资料", "ja": "一次資料"},
    "secondary": {"en": "secondary source", "zh": "二手资料", "ja": "二次資料"},
    "machine-written": {"en": "machine-written", "zh": "机器撰写", "ja": "機械生成"},
    "question": {"en": "from the question", "zh": "来自问题", "ja": "質問から"},
    "quote": {"en": "from {marker}", "zh": "来自{marker}", "ja": "{marker}から"},
    "calculation": {"en": "from {source}", "zh": "来自 {source}", "ja": "{source}から"},
    "assumption": {"en": "reference figure @{source}", "zh": "参考数值 @{source}", "ja": "参考値 @{source}"},
    "unproven": {"en": "of unknown origin", "zh": "来源不明", "ja": "出所不明"},
    "default": {"en": "the formula's default", "zh": "公式默认值", "ja": "式の既定値"},
    "language": {"en": "en", "zh": "zh", "ja": "ja"},
    "mark hidden": {
        "en": "the document hides text (page {page}; {told})",
        "zh": "该文档含隐藏文字（第 {page} 页；{told}）",
        "ja": "この文書には隠された文字があります（{page} ページ；{told}）",
    },
    "mark layer": {
        "en": "the quote is from a scan as a program read it (page {page})",
        "zh": "引文取自扫描件的识别文字（第 {page} 页）",
        "ja": "引用はスキャンの文字認識によるものです（{page} ページ）",
    },
    "mark disguised": {
        "en": "the document holds characters that are not what they show (page {page}; {told})",
        "zh": "该文档含有伪装的字符（第 {page} 页；{told}）",
        "ja": "この文書には見た目と異なる文字があります（{page} ページ；{told}）",
    },
    "mark instruction": {
        "en": "the document instructs whoever reads it (page {page}; {told})",
        "zh": "该文档含有对读者下达的指令（第 {page} 页；{told}）",
        "ja": "この文書には読み手への指示が含まれます（{page} ページ；{told}）",
    },
    "warning": {"en": "beware: {text}", "zh": "注意：{text}", "ja": "注意：{text}"},
    "assumes": {"en": "assumes: {text}", "zh": "前提：{text}", "ja": "前提：{text}"},
    "summary": {
        "en": "evidence: {seen}; cited: {cited}; model: {model}; index: {index}",
        "zh": "证据：{seen}；引用：{cited}；模型：{model}；索引：{index}",
        "ja": "根拠：{seen}；引用：{cited}；モデル：{model}；索引：{index}",
    },
    "took": {
        "en": "{model} ({tokens} tokens, {cost}, {seconds} s)",
        "zh": "{model}（{tokens} token，{cost}，{seconds} 秒）",
        "ja": "{model}（{tokens} トークン、{cost}、{seconds} 秒）",
    },
    "unpriced": {"en": "cost unknown", "zh": "费用未知", "ja": "費用不明"},
    "foreign": {
        "en": "(not in the question's language)",
        "zh": "（未用提问的语言）",
        "ja": "（質問と異なる言語）",
    },
    "doubted": {
        "en": "Unsure (confidence {value}). ",
        "zh": "不确定（可信度 {value}）。",
        "ja": "不確か（確信度 {value}）。",
    },
    "retold": {"en": "retold by {publisher}", "zh": "由 {publisher} 转述", "ja": "{publisher} による紹介"},
    "confidence": {"en": "confidence {value}", "zh": "可信度 {value}", "ja": "確信度 {value}"},
    "none": {"en": "none", "zh": "无", "ja": "なし"},
}

_BOLD, _DIM, _YELLOW = "1", "2", "33"


class _Numbers:
    """Citations numbered from 1 in the order first cited; the same words of the same page have one number."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._numbers: dict[tuple[str, int, int, int], int] = {}
        self.citations: list[Citation] = []
        for claim in claims:
            for citation in claim.rests_on:
                if _place(citation) not in self._numbers:
                    self.citations.append(citation)
                    self._numbers[_place(citation)] = len(self.citations)

    def of(self, citation: Citation) -> int:
        return self._numbers[_place(citation)]

    def marker(self, citation: Citation) -> str:
        """ "[1]"; "" for a citation that has no number."""
        number = self._numbers.get(_place(citation))
        return f"[{number}]" if number else ""

    def markers(self, claim: Claim) -> str:
        numbers = dict.fromkeys(self.of(citation) for citation in claim.citations)
        return "".join(f"[{mark}]" for mark in (*numbers, *(calculation.id for calculation in claim.calculations)))


def _place(citation: Citation) -> tuple[str, int, int, int]:
    return citation.document_id, citation.page, citation.start, citation.end


def _doubted(answer: Answer, say: "_Say") -> str:
    return say("doubted", value=f"{answer.confidence or 0:.2f}") + answer.doubt


def _calculations(claims: Sequence[Claim]) -> list[Calculation]:
    """Each calculation once, in the order named."""
    return list({calculation.id: calculation for claim in claims for calculation in claim.calculations}.values())


def render_text(answer: Answer, color: bool = False) -> str:
    """The answer for a terminal, in the question's language; ANSI colours only where asked for."""
    paint = _paint if color else _leave
    say = _speaker(answer.language)
    numbers = _Numbers(answer.claims)
    blocks = [[paint(plain_line(answer.question), _BOLD)]]
    if answer.doubt:
        blocks.append([paint(plain_line(_doubted(answer, say)), _YELLOW)])
    blocks.append(_text_claims(answer, numbers, say))
    if answer.missing:
        blocks.append([paint(plain_line(answer.missing), _YELLOW)])
    calculations = _calculations(answer.claims)
    if calculations:
        shown = (line for each in calculations for line in _text_calculation(each, numbers, say, answer.language))
        blocks.append([paint(say("calculations"), _BOLD), *shown])
    if numbers.citations:
        shown = (
            line
            for number, citation in enumerate(numbers.citations, 1)
            for line in _text_citation(citation, f"[{number}] ", say, paint)
        )
        blocks.append([paint(say("evidence"), _BOLD), *shown])
    if answer.checks:
        shown = (line for each in answer.checks for line in _text_calculation(each, numbers, say, answer.language))
        blocks.append([paint(say("checks"), _YELLOW), *shown])
    if answer.conflicts:
        shown = (line for each in answer.conflicts for line in _text_conflict(each, answer, numbers, say, paint))
        blocks.append([paint(say("conflicts"), _YELLOW), *shown])
    if answer.abstention and answer.abstention.nearest:
        blocks.append([paint(say("nearest"), _BOLD), *_text_citation(answer.abstention.nearest, "    ", say, paint)])
    if answer.unsupported:
        heading = say("unsupported", count=str(len(answer.unsupported)))
        blocks.append([paint(heading, _YELLOW), *_text_unsupported(answer, say)])
    blocks.append([paint(_summary(answer, say), _DIM)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def render_markdown(answer: Answer) -> str:
    """The answer as a Markdown page, with everything the documents say escaped."""
    say = _speaker(answer.language)
    numbers = _Numbers(answer.claims)
    blocks = [f"## {_escape(answer.question)}"]
    if answer.doubt:
        blocks.append(f"**{_escape(_doubted(answer, say))}**")
    if answer.abstention:
        blocks.append(f"**{_escape(say('abstained', missing=answer.abstention.missing or say('missing')))}**")
        blocks += map(_escape, _asked_back(answer.abstention, say, answer.language))
    blocks += [f"- {_escape(_marked(claim, answer, say))} {_escape(numbers.markers(claim))}" for claim in answer.claims]
    if answer.missing:
        blocks.append(f"**{_escape(answer.missing)}**")
    for heading, calculations in (("calculations", _calculations(answer.claims)), ("checks", answer.checks)):
        if calculations:
            blocks.append(f"### {say(heading)}")
        for calculation in calculations:
            first, *rest = _text_calculation(calculation, numbers, say, answer.language)
            blocks.append(f"- {_escape(first)}" + "".join(f"\n  - {_escape(line.strip())}" for line in rest))
    if numbers.citations:
        blocks.append(f"### {say('evidence')}")
        blocks += [f"{number}. {_markdown_citation(each, say)}" for number, each in enumerate(numbers.citations, 1)]
    if answer.conflicts:
        blocks.append(f"### {say('conflicts')}")
        blocks += [_markdown_conflict(each, answer, numbers, say) for each in answer.conflicts]
    if answer.abstention and answer.abstention.nearest:
        blocks.append(f"### {say('nearest')}\n\n- {_markdown_citation(answer.abstention.nearest, say)}")
    if answer.unsupported:
        blocks.append(f"### {say('unsupported', count=str(len(answer.unsupported)))}")
        blocks += [
            f"- {_escape(claim.text)}\n  - {_escape(say('reason', reason=tell_reason(claim.reason, answer.language)))}"
            for claim in answer.unsupported
        ]
    blocks.append(f"*{_escape(_summary(answer, say))}*")
    return "\n\n".join(blocks) + "\n"


def render_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain data: claims point at ``evidence`` by number and at ``calculations`` by id."""
    claims = (*answer.claims, *answer.unsupported)
    numbers = _Numbers(claims)
    abstention = answer.abstention
    return {
        "question": answer.question,
        "language": answer.language,
        "answered": bool(answer.claims),
        "claims": [_claim_data(claim, numbers) | _language_data(claim, answer) for claim in answer.claims],
        "unsupported": [_claim_data(claim, numbers) | {"reason": claim.reason} for claim in answer.unsupported],
        "missing": answer.missing,
        "doubt": answer.doubt,
        "confidence": None if answer.confidence is None else round(answer.confidence, 3),
        "abstention": abstention
        and {
            "missing": abstention.missing,
            "needed": [asdict(one) for one in abstention.needed],
            "unsettled": [asdict(one) for one in abstention.unsettled],
            "nearest": abstention.nearest and _citation_data(abstention.nearest),
        },
        "evidence": [{"number": number, **_citation_data(each)} for number, each in enumerate(numbers.citations, 1)],
        "calculations": [_calculation_data(each, numbers) for each in _calculations(claims)],
        "checks": [_calculation_data(each, numbers) for each in answer.checks],
        "conflicts": [_conflict_data(each, answer) for each in answer.conflicts],
        "seen": _ordered(answer.seen),
        "cited": _ordered(answer.cited),
        "index_fingerprint": answer.index_fingerprint,
        "usage": asdict(answer.usage) | {"cost": None if answer.usage.cost is None else str(answer.usage.cost)},
        "steps": [asdict(step) for step in answer.steps],
    }


def render_result(result: Result, language: Language = "en") -> str:
    """A calculation on its own, for a terminal."""
    return "\n".join(_result_lines(result, {}, _speaker(language), language)) + "\n"


def render_step(step: Step) -> str:
    """One line on what the run did."""
    return plain_line(f"{step.title}: {step.detail}" if step.detail else step.title)


def render_mark(mark: Mark, language: Language = "en") -> str:
    """How something is hidden or what it asks for, with its first words: "white on white: “Ignore all …”"."""
    colon, left, right = {"zh": ("：", "“", "”"), "ja": ("：", "「", "」")}.get(language, (": ", "“", "”"))
    return plain_line(f"{tell_mark(mark.reason, language)}{colon}{left}{defuse(plain(mark.sample))}{right}")


def render_count(number: int, noun: str) -> str:
    """A number of things: "1 page", "1,200 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def render_mix(counts: Mapping[Language, int]) -> str:
    """How many of each language: "3 en, 1 zh"."""
    return ", ".join(f"{count} {language}" for language, count in _ordered(counts).items())


# --- Text -------------------------------------------------------------------------------------------------------------


def _text_claims(answer: Answer, numbers: _Numbers, say: "_Say") -> list[str]:
    if answer.abstention:
        lines = [say("abstained", missing=plain_line(answer.abstention.missing) or say("missing"))]
        return lines + list(_asked_back(answer.abstention, say, answer.language))
    bullet = "- " if len(answer.claims) > 1 else ""
    return [f"{bullet}{plain_line(_marked(claim, answer, say))} {numbers.markers(claim)}" for claim in answer.claims]


def _marked(claim: Claim, answer: Answer, say: "_Say") -> str:
    """A claim, with a mark where it is in another language than the question."""
    return f"{claim.text} {say('foreign')}" if in_other_language(claim.text, answer.language) else claim.text


def _asked_back(abstention: Abstention, say: "_Say", language: Language) -> Iterator[str]:
    """What the user may add to the question, or say more clearly, so that it can be worked out."""
    if abstention.needed:
        yield say("needed", names=_named(abstention.needed, language))
    if abstention.unsettled:
        formula = lookup(abstention.unsettled[0].formula_id)
        yield say("unsettled", formula=formula.name.say(language), names=_named(abstention.unsettled, language))


def _named(needs: Sequence[Need], language: Language) -> str:
    """Inputs by name, symbol and unit."""
    told = ((one.meaning.say(language), one.symbol if len(one.symbol) > 1 else "", one.unit) for one in needs)
    names = (f"{name} ({', '.join(filter(None, notes))})" if any(notes) else name for name, *notes in told)
    return plain_line("; ".join(names))


def _text_unsupported(answer: Answer, say: "_Say") -> Iterator[str]:
    for claim in answer.unsupported:
        yield f"- {plain_line(claim.text)}"
        yield f"  {say('reason', reason=plain_line(tell_reason(claim.reason, answer.language)))}"


def _text_citation(citation: Citation, lead: str, say: "_Say", paint: "_Paint") -> Iterator[str]:
    indent = " " * len(lead)
    yield f"{lead}{_source(citation, say)}"
    yield f"{indent}{paint(_where(citation, say), _DIM)}"
    yield from (f"{indent}{line}" for line in f"“{plain(citation.quote)}”".split("\n"))
    yield from (f"{indent}{line}" for line in _notes(citation, say))


def _source(citation: Citation, say: "_Say") -> str:
    """Title (whose figure it is, where the quote names another; publisher, date; how far to trust it)."""
    published = ", ".join(part for part in (citation.publisher, citation.published) if part)
    named = find_named_source(citation)
    if named and citation.publisher:
        published = say("retold", publisher=published)
    authority = say(citation.authority) if citation.authority in _WORDS else citation.authority
    origin = "; ".join(part for part in (named, published, authority) if part)
    return plain_line(f"{citation.title} ({origin})" if origin else citation.title)


def _where(citation: Citation, say: "_Say") -> str:
    place = say("place", page=citation.page_label, start=str(citation.start), end=str(citation.end))
    return plain_line(" · ".join(part for part in (" > ".join(citation.section), citation.path, place) if part))


def _notes(citation: Citation, say: "_Say") -> Iterator[str]:
    """The table head, and the quote's terms in the reader's language."""
    if citation.header:
        yield say("header", header=plain_line(citation.header))
    if citation.gloss:
        yield say("gloss", pairs=plain_line("; ".join(f"{name} = {meaning}" for name, meaning in citation.gloss)))
    for mark in citation.marks:
        told = render_mark(mark, _LANGUAGES[say("language")])
        yield say("warning", text=say(f"mark {mark.kind}", page=str(mark.page), told=told))


# --- Conflicts --------------------------------------------------------------------------------------------------------


def _text_conflict(
    conflict: Conflict, answer: Answer, numbers: _Numbers, say: "_Say", paint: "_Paint"
) -> Iterator[str]:
    """What it is about and what each side says, with its quote unless that is numbered; on which the answer rests."""
    first, *rest = _conflict_lines(conflict, answer, numbers, say)
    yield first
    for line, voice in zip(rest, [*_voices(conflict), ()], strict=False):
        yield f"- {line}" if voice else line
        for quote in voice:
            if not numbers.marker(quote):
                yield from _text_citation(quote, "    ", say, paint)


def _markdown_conflict(conflict: Conflict, answer: Answer, numbers: _Numbers, say: "_Say") -> str:
    first, *rest = _conflict_lines(conflict, answer, numbers, say)
    parts = [f"{_escape(first)}"]
    for line, voice in zip(rest, [*_voices(conflict), ()], strict=False):
        shown = (quote for quote in voice if not numbers.marker(quote))
        quoted = "".join(f"  \n    {_markdown_citation(quote, say)}" for quote in shown)
        parts.append(f"- {_escape(line)}{quoted}" if voice else _escape(line))
    return "\n\n".join(parts)


def _conflict_lines(conflict: Conflict, answer: Answer, numbers: _Numbers, say: "_Say") -> list[str]:
    """What it is about; for each place what it says, when, and the number of its quote; which sides are cited."""
    lines = [plain_line(say(conflict.kind, about=conflict.about))]
    cited = conflict.cited(answer.claims)
    for voice in _voices(conflict):
        told = [
            f"{value} ({date})" if date else value
            for side, value, date in zip(conflict.sides, conflict.values, _dates(conflict), strict=True)
            if side == voice[0]
        ]
        lines.append(plain_line(f"{' / '.join(told)} {''.join(map(numbers.marker, voice))}".strip()))
    if any(cited) and not all(cited):
        values = "; ".join(value for value, mine in zip(conflict.values, cited, strict=True) if mine)
        lines.append(plain_line(say("one_side", cited=str(sum(cited)), count=str(len(cited)), values=values)))
    return lines


def _voices(conflict: Conflict) -> list[tuple[Citation, ...]]:
    """The places of each side, each once; one place that tells two sides is one."""
    return [tuple(dict.fromkeys(voice)) for voice in {voice[0]: voice for voice in conflict.voices()}.values()]


def _dates(conflict: Conflict) -> Sequence[str]:
    return conflict.dates or [side.published for side in conflict.sides]


def _conflict_data(conflict: Conflict, answer: Answer) -> dict[str, Any]:
    cited = conflict.cited(answer.claims)
    return {
        "kind": conflict.kind,
        "about": conflict.about,
        "one_sided": any(cited) and not all(cited),
        "sides": [
            {
                "value": value,
                "date": date,
                "cited": mine,
                **_citation_data(side),
                "also": list(map(_citation_data, also)),
            }
            for (side, *also), value, date, mine in zip(
                conflict.voices(), conflict.values, _dates(conflict), cited, strict=True
            )
        ],
    }


def _text_calculation(calculation: Calculation, numbers: _Numbers, say: "_Say", language: Language) -> Iterator[str]:
    origins = {origin.operand: _origin(origin, numbers, say) for origin in calculation.origins}
    first, *rest = _result_lines(calculation.result, origins, say, language)
    lead = f"[{calculation.id}] "
    yield lead + first
    yield from (" " * len(lead) + line for line in rest)


def _result_lines(result: Result, origins: Mapping[str, str], say: "_Say", language: Language) -> Iterator[str]:
    """Name, inputs with their origins, the steps down to the result, then what to beware of."""
    yield plain_line(f"{result.name.say(language)} ({result.formula_id})")
    for one in result.inputs:
        if one.value is None:
            continue
        notes = [one.basis, origins.get(one.name, "") if one.given else say("default")]
        shown = f"{name_input(result, one.name, language)} = {say_line(one.shown, language)}"
        yield plain_line(shown + "".join(f" ({note})" for note in notes if note))
    yield from (plain_line(say_line(step, language)) for step in result.steps)
    yield from (say("warning", text=plain_line(words.say(language))) for words in result.warnings)
    yield from (say("assumes", text=plain_line(words.say(language))) for words in result.assumptions)


def _origin(origin: Origin, numbers: _Numbers, say: "_Say") -> str:
    return say(origin.kind, marker=f"[{numbers.of(origin.citation)}]" if origin.citation else "", source=origin.source)


def _summary(answer: Answer, say: "_Say") -> str:
    told = f"{answer.confidence:.2f}" if answer.confidence is not None else ""
    sure = say("confidence", value=told) + ("; " if answer.language == "en" else "；") if told else ""
    return plain_line(
        sure
        + say(
            "summary",
            seen=render_mix(answer.seen) or say("none"),
            cited=render_mix(answer.cited) or say("none"),
            model=_model(answer.usage, say),
            index=answer.index_fingerprint[:_FINGERPRINT],
        )
    )


def _model(usage: Usage, say: "_Say") -> str:
    """The model; what it took, where it took any tokens."""
    tokens = usage.input_tokens + usage.output_tokens
    if not tokens:
        return usage.model
    cost = say("unpriced") if usage.cost is None else f"${usage.cost.normalize():f}"
    return say("took", model=usage.model, tokens=f"{tokens:,}", cost=cost, seconds=f"{usage.seconds:.1f}")


def _ordered(counts: Mapping[Language, int]) -> dict[str, int]:
    return {language: counts[language] for language in (*LANGUAGES, "und") if counts.get(language)}


# --- JSON -------------------------------------------------------------------------------------------------------------


def _claim_data(claim: Claim, numbers: _Numbers) -> dict[str, Any]:
    return {
        "text": claim.text,
        "verdict": claim.verdict,
        "citations": list(dict.fromkeys(numbers.of(citation) for citation in claim.citations)),
        "calculations": [calculation.id for calculation in claim.calculations],
    }


def _language_data(claim: Claim, answer: Answer) -> dict[str, bool]:
    return {"foreign": True} if in_other_language(claim.text, answer.language) else {}


def _citation_data(citation: Citation) -> dict[str, Any]:
    return asdict(citation) | {
        "named_source": find_named_source(citation),
        "section": list(citation.section),
        "gloss": [{"quoted": name, "meaning": meaning} for name, meaning in citation.gloss],
        "marks": [asdict(mark) for mark in citation.marks],
    }


def _calculation_data(calculation: Calculation, numbers: _Numbers) -> dict[str, Any]:
    origins = [
        {
            "operand": each.operand,
            "kind": each.kind,
            "source": each.source,
            "citation": numbers.of(each.citation) if each.citation else None,
        }
        for each in calculation.origins
    ]
    return {"id": calculation.id, "proven": calculation.proven, "origins": origins, **calculation.result.to_json()}


# --- What is said, and what is kept from saying -----------------------------------------------------------------------

_Say = Callable[..., str]
_Paint = Callable[[str, str], str]

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$!]|:(?=//)|(?<=\bwww)\.|@|^[-+=:]")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")


def _escape(text: str) -> str:
    """One line of Markdown that shows the text as it stands."""
    return _LIST_NUMBER.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", plain_line(text)))


def _markdown_citation(citation: Citation, say: _Say) -> str:
    quote = "  \n".join(f"    > {_escape(line)}" for line in plain(citation.quote).split("\n"))
    notes = "".join(f"\n\n    {_escape(note)}" for note in _notes(citation, say))
    return f"{_escape(_source(citation, say))}  \n    {_escape(_where(citation, say))}\n\n{quote}{notes}"


def _speaker(language: Language) -> _Say:
    def say(key: str, /, **values: str) -> str:
        phrases = _WORDS[key]
        return phrases.get(language, phrases["en"]).format(**values)

    return say


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _leave(text: str, _code: str) -> str:
    return text
