"""Show an Audit as text for a terminal, as one self-contained HTML page, or as JSON.

The audited text, the documents and the sources they name are data here: no control character, terminal escape or
direction mark reaches the terminal, and no markup reaches the page, which loads nothing and runs nothing.
"""

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from agent.answer import Calculation, Citation
from agent.auditing import Audit, Finding, FindingVerdict
from agent.reasons import tell_reason
from agent.terminal import plain, plain_line
from corpus.document import Language
from corpus.text import language_of

_FINGERPRINT = 12
_LONGEST_SHOWN = 400

_MARKS: dict[FindingVerdict, tuple[str, str]] = {
    "supported": ("✓", "32"),
    "computed": ("=", "36"),
    "contradicted": ("✗", "31"),
    "unsupported": ("?", "33"),
    "not-checkable": ("·", "2"),
}
"""Verdict → its sign and its ANSI colour."""

_NAMES: dict[FindingVerdict, dict[Language, str]] = {
    "supported": {"en": "supported", "zh": "有据", "ja": "根拠あり"},
    "computed": {"en": "computed", "zh": "可算出", "ja": "算出可"},
    "contradicted": {"en": "contradicted", "zh": "相矛盾", "ja": "矛盾"},
    "unsupported": {"en": "unsupported", "zh": "无据", "ja": "根拠なし"},
    "not-checkable": {"en": "nothing to check", "zh": "无可核对", "ja": "検証対象外"},
}
_WORDS: dict[str, dict[Language, str]] = {
    "nearest": {"en": "nearest", "zh": "最接近", "ja": "最も近い"},
    "otherwise": {"en": "but", "zh": "但另有", "ja": "ただし"},
    "read_as": {"en": "read as", "zh": "理解为", "ja": "解釈"},
    "place": {"en": "page {page}, characters {start}-{end}", "zh": "第 {page} 页，字符 {start}-{end}",
              "ja": "{page} ページ、文字 {start}-{end}"},
    "unread": {"en": "not looked at: {count} more (see --limit)", "zh": "未检查：另有 {count} 句（见 --limit）",
               "ja": "未確認：ほか {count} 文（--limit を参照）"},
    "summary": {"en": "{count} sentences: {parts}; index: {index}", "zh": "共 {count} 句：{parts}；索引：{index}",
                "ja": "{count} 文：{parts}；索引：{index}"},
    "audit": {"en": "Audit of {title}", "zh": "核查：{title}", "ja": "検証：{title}"},
}  # fmt: skip


def render_audit_json(audit: Audit) -> dict[str, Any]:
    """The audit as plain data; offsets are into the text as read, page by page."""
    return {
        "file": audit.file,
        "title": audit.title,
        "clean": audit.clean,
        "summary": {**audit.counts, "unread": audit.unread},
        "sentences": [_finding_data(finding) for finding in audit.findings],
        "index": audit.index_fingerprint,
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "sentence": finding.sentence,
        "page": finding.page,
        "start": finding.start,
        "end": finding.end,
        "verdict": finding.verdict,
        "reasons": list(finding.reasons),
        "citations": [_citation_data(each) for each in finding.citations],
        "calculations": [_calculation_data(each) for each in finding.calculations],
        "nearest": finding.nearest and _citation_data(finding.nearest),
        "conflicting": [_citation_data(each) for each in finding.conflicting],
        "read_as": finding.read_as,
    }


def _citation_data(citation: Citation) -> dict[str, Any]:
    return {"document": citation.document_id} | asdict(citation)


def _calculation_data(calculation: Calculation) -> dict[str, Any]:
    origins = [
        {"operand": each.operand, "kind": each.kind, "citation": each.citation and _citation_data(each.citation)}
        for each in calculation.origins
    ]
    shown = calculation.result.shown()
    return {"id": calculation.id, "shown": shown, "origins": origins, **calculation.result.to_json()}


# --- Text -------------------------------------------------------------------------------------------------------------


def render_audit_text(audit: Audit, color: bool = False) -> str:
    """The audit for a terminal, its labels in the text's language; ANSI colours only where asked for."""
    language = _language(audit)
    blocks = ["\n".join(_text_finding(finding, language, color)) for finding in audit.findings]
    blocks.append(_summary(audit, language))
    if audit.unread:
        blocks.append(_say("unread", language, count=f"{audit.unread:,}"))
    return "\n".join(blocks) + "\n"


def _text_finding(finding: Finding, language: Language, color: bool) -> Iterator[str]:
    sign, code = _MARKS[finding.verdict]
    first = f"{sign} {_name(finding.verdict, language)}: {_short(finding.sentence)}"
    yield f"\x1b[{code}m{first}\x1b[0m" if color else first
    if finding.verdict != "not-checkable":
        yield from (f"    {line}" for line in _lines(finding, language))


def _lines(finding: Finding, language: Language) -> Iterator[str]:
    """What is said below a sentence: how it was read, the reasons, the calculations, the quotes."""
    if finding.read_as:
        yield f"{_say('read_as', language)}: {_short(finding.read_as)}"
    yield from (plain_line(tell_reason(reason, language)) for reason in finding.reasons)
    for calculation in finding.calculations:
        yield plain_line("; ".join([*calculation.result.steps[-1:], calculation.result.shown()]))
    for citation in finding.citations:
        yield f"“{_short(citation.quote)}” {_source(citation, language)}"
    if finding.nearest:
        yield f"{_say('nearest', language)}: “{_short(finding.nearest.quote)}” {_source(finding.nearest, language)}"
    for citation in finding.conflicting:
        yield f"{_say('otherwise', language)}: “{_short(citation.quote)}” {_source(citation, language)}"


def _source(citation: Citation, language: Language) -> str:
    place = _say("place", language, page=citation.page_label, start=str(citation.start), end=str(citation.end))
    origin = ", ".join(part for part in (citation.publisher, citation.published) if part)
    title = f"{citation.title} ({origin})" if origin else citation.title
    return plain_line(" · ".join(part for part in (title, citation.path, place) if part))


def _summary(audit: Audit, language: Language) -> str:
    parts = ", ".join(f"{count} {_name(verdict, language)}" for verdict, count in audit.counts.items() if count)
    index = audit.index_fingerprint[:_FINGERPRINT]
    return _say("summary", language, count=f"{len(audit.findings):,}", parts=parts, index=index)


def _language(audit: Audit) -> Language:
    """The language of most of its sentences."""
    found = Counter(language_of(finding.sentence[:_LONGEST_SHOWN], hint="en") for finding in audit.findings)
    return found.most_common(1)[0][0] if found else "en"


def _name(verdict: FindingVerdict, language: Language) -> str:
    return _NAMES[verdict].get(language, _NAMES[verdict]["en"])


def _say(key: str, language: Language, **values: str) -> str:
    phrases = _WORDS[key]
    return phrases.get(language, phrases["en"]).format(**values)


def _short(text: str) -> str:
    text = plain_line(text)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


# --- HTML -------------------------------------------------------------------------------------------------------------

_STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
details, .idle { border-left: .35rem solid; border-radius: .2rem; margin: .35rem 0; padding: .25rem .7rem;
  overflow-wrap: anywhere }
summary { cursor: pointer }
.supported { border-color: #2e9e4f; background: #2e9e4f18 }
.computed { border-color: #1597a8; background: #1597a818 }
.contradicted { border-color: #d23c3c; background: #d23c3c22 }
.unsupported { border-color: #d19a1c; background: #d19a1c22 }
.idle { border-color: #8886; opacity: .75 }
.verdict { font-size: .8em; font-weight: 600; margin-right: .5em }
blockquote { margin: .4rem 0 .4rem .5rem; padding-left: .6rem; border-left: 2px solid #8888 }
cite { display: block; font-size: .85em; font-style: normal; opacity: .8 }
p { margin: .3rem 0 }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render_audit_html(audit: Audit) -> str:
    """The audit as one HTML page, which needs no other file; each sentence coloured, its proof folded below it."""
    language = _language(audit)
    title = _tell(_say("audit", language, title=_short(audit.title or audit.file)))
    body = "\n".join(_html_finding(finding, language) for finding in audit.findings)
    unread = f"<p>{_tell(_say('unread', language, count=f'{audit.unread:,}'))}</p>\n" if audit.unread else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language if language != "und" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{_tell(_summary(audit, language))}</p>\n"
        f"{unread}{body}\n</body>\n</html>\n"
    )


def _html_finding(finding: Finding, language: Language) -> str:
    label = f'<span class="verdict">{_MARKS[finding.verdict][0]} {_tell(_name(finding.verdict, language))}</span>'
    sentence = _tell(finding.sentence)
    if finding.verdict == "not-checkable":
        reasons = "; ".join(tell_reason(reason, language) for reason in finding.reasons)
        return f'<div class="idle" title="{_tell(reasons)}">{label}{sentence}</div>'
    unfolded = " open" if finding.verdict in ("contradicted", "unsupported") else ""
    parts = [f"<p>{_tell(line)}</p>" for line in _notes(finding, language)]
    parts += [_html_quote(each, language, "") for each in finding.citations]
    parts += [_html_quote(finding.nearest, language, _say("nearest", language))] if finding.nearest else []
    parts += [_html_quote(each, language, _say("otherwise", language)) for each in finding.conflicting]
    return (
        f'<details class="{finding.verdict}"{unfolded}><summary>{label}{sentence}</summary>{"".join(parts)}</details>'
    )


def _notes(finding: Finding, language: Language) -> Sequence[str]:
    read_as = [f"{_say('read_as', language)}: {finding.read_as}"] if finding.read_as else []
    steps = [" → ".join([*each.result.steps, each.result.shown()]) for each in finding.calculations]
    return [*read_as, *(tell_reason(reason, language) for reason in finding.reasons), *steps]


def _html_quote(citation: Citation, language: Language, lead: str) -> str:
    lead = f"{_tell(lead)}: " if lead else ""
    return f"<blockquote>{lead}“{_tell(citation.quote)}”<cite>{_tell(_source(citation, language))}</cite></blockquote>"


def _tell(text: str) -> str:
    """Text as the words of a page or of an attribute, whatever it holds."""
    return html.escape(plain(text), quote=True)
