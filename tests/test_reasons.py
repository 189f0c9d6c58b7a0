"""Reasons are told in the reader's language, every one of them."""

import ast
import re
from pathlib import Path

import pytest

import agent.judging
import corpus
from agent.reasons import is_known, tell_mark, tell_reason
from corpus.hiding import _WAYS
from corpus.instructions import _RULES

ROOM = Path(agent.judging.__file__).parent


@pytest.mark.parametrize(
    ("reason", "zh", "ja"),
    [
        ("it is a question", "这是问句", "疑問文である"),
        (
            "the number “9 W” stands in no quote and in no calculation; the quote says “7 W”",
            "数字“9 W”不在任何引文或计算中；引文写的是“7 W”",
            "数値「9 W」は引用にも計算にもない。引用では「7 W」",
        ),
        (
            "the quote gives “5 W” beside “800G”, and “9 W” beside “1.6T”",
            "引文中与“800G”并列的是“5 W”，与“1.6T”并列的是“9 W”",
            "引用では「800G」と並ぶのは「5 W」、「1.6T」と並ぶのは「9 W」",
        ),
        (
            "another place says otherwise: the quote gives “5 W”, the sentence “9 W”",
            "另一处的说法不同：引文写的是“5 W”，该句写的是“9 W”",
            "別の箇所では異なる：引用では「5 W」、この文では「9 W」",
        ),
    ],
)
def test_a_reason_is_told_in_chinese_and_japanese(reason: str, zh: str, ja: str) -> None:
    assert (tell_reason(reason, "zh"), tell_reason(reason, "ja"), tell_reason(reason, "en")) == (zh, ja, reason)


def test_a_reason_of_no_known_form_stays_english() -> None:
    assert tell_reason("the moon is full", "zh") == "the moon is full"


def _words_of_marks() -> list[str]:
    """Every way of hiding, and everything that words may ask for, as the readers of documents name them."""
    found = [one.reason for one in _RULES] + [how for how, _ in _WAYS]
    for path in sorted(Path(corpus.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Aside" and len(node.args) > 2:
                found += _sentences(node.args[2])
            if isinstance(node, ast.FunctionDef) and node.name in ("how_hidden", "_how", "_invisible", "hides"):
                values = [one.value for one in ast.walk(node) if isinstance(one, ast.Return | ast.Yield) and one.value]
                found += [
                    text
                    for value in values
                    for text in _sentences(value.elts[-1] if isinstance(value, ast.Tuple) else value)
                ]
    return sorted({one.replace("“x”", "x") for one in found if one.strip("“x”")})


def test_every_mark_can_be_told_in_every_language() -> None:
    words = _words_of_marks()
    assert len(words) > 35 and "white on white" in words and "in type of x points" in words
    assert [one for one in words if not is_known(one)] == []


def test_a_mark_is_told_in_chinese_and_japanese() -> None:
    reason = "text white on white; overrides the reader's instructions; letters spaced out or written as digits"
    assert tell_mark(reason, "zh") == "白底白字的文字；要求读者不理会原有指令；字母被拆开或用数字代替"
    assert tell_mark("text transparent by the style sheet", "ja") == "スタイルシートで透明な文字"
    assert tell_mark(reason, "en") == tell_mark(reason, "und") == reason


def _templates() -> list[str]:
    """Every sentence that a rule of the judge gives for a fault, with a word for each gap."""
    found = []
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault" and node.args:
                found += _sentences(node.args[0])
    return found


def _sentences(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _sentences(node.body) + _sentences(node.orelse)
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "“x”" for part in node.values)]
    return []


def test_every_fault_of_the_judge_can_be_told_in_every_language() -> None:
    sentences = [one for one in _templates() if not re.match(r"“x”[:;]", one)]  # begins with another sentence
    assert len(sentences) > 25
    assert [one for one in sentences if not is_known(one)] == []
