"""The same call, in the many ways in which models write it; a slip is told in one line of ours."""

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calling import CallError, call_tool, describe_model, describe_tool, find_calls, read_arguments
from agent.draft import DraftAnswer, read_draft
from agent.errors import AnsweringError


def multiply(
    formula_id: str,
    inputs: dict[str, str],
    decimals: int | None = None,
    names: list[str] | None = None,
    sources: dict[str, str] | None = None,
) -> str:
    """Multiply what
    is given.

    Args:
        formula_id: Which one.
        inputs: Name to value,
            with unit.
    """
    return json.dumps({"formula_id": formula_id, "inputs": inputs, "decimals": decimals, "names": names})


def calculator(question: str = "") -> str:
    """Work a question out."""
    return json.dumps({"question": question})


TOOLS = {"multiply": multiply, "calculator": calculator}
TOLD = [describe_tool(multiply), describe_tool(calculator)]
GOOD = {"a": "1 W", "b": "2 h"}


def test_a_tool_is_described_by_its_signature_and_docstring_and_nothing_else() -> None:
    text = {"type": "object", "additionalProperties": {"type": "string"}, "description": "Name to value, with unit."}
    assert describe_tool(multiply) == {
        "name": "multiply",
        "description": "Multiply what is given.",
        "parameters": {
            "type": "object",
            "properties": {
                "formula_id": {"type": "string", "description": "Which one."},
                "inputs": text,
                "decimals": {"type": "integer"},
                "names": {"type": "array", "items": {"type": "string"}},
                "sources": {"type": "object", "additionalProperties": {"type": "string"}},
            },
            "required": ["formula_id", "inputs"],
        },
    }


def test_the_schema_of_a_draft_has_no_reference_and_no_alternative() -> None:
    told = json.dumps(describe_model("DraftAnswer", DraftAnswer.model_json_schema()))
    assert not any(word in told for word in ("$ref", "$defs", "anyOf", "title", "default"))
    assert all(name in told for name in DraftAnswer.model_fields)


@pytest.mark.parametrize(
    "inputs",
    [
        GOOD,
        json.dumps(GOOD),
        "a=1 W; b=2 h",
        "a: 1 W, b: 2 h",
        ["a=1 W", "b: 2 h"],
        [["a", "1 W"], ["b", "2 h"]],
        [{"a": "1 W"}, {"b": "2 h"}],
    ],
)
def test_a_mapping_is_read_however_it_is_written(inputs: Any) -> None:
    content = call_tool(TOOLS, "multiply", {"formula": "x", "inputs": inputs, "decimals": "2", "names": "p, q"})
    assert content == {"formula_id": "x", "inputs": GOOD, "decimals": 2, "names": ["p", "q"]}


def test_inputs_at_the_top_level_are_taken_and_what_is_no_argument_is_named() -> None:
    assert call_tool(TOOLS, "multiply", {"formula_id": "x", **GOOD})["inputs"] == GOOD
    assert call_tool(TOOLS, "multiply", {"formula_id": "x", "inputs": GOOD, "unit": "W"})["ignored"] == ["unit"]


def test_a_word_where_an_optional_mapping_may_stand_is_ignored_and_named() -> None:
    arguments = {"formula_id": "x", "inputs": GOOD, "sources": "the question"}
    assert call_tool(TOOLS, "multiply", arguments)["ignored"] == ["sources"]


def test_the_tools_own_arguments_inside_its_mapping_are_taken_out() -> None:
    within = {"a": "1 W", "formula_id": "y", "decimals": 2, "sources": None, "inputs": {"b": "2 h"}}
    assert call_tool(TOOLS, "multiply", {"formula_id": "x", "inputs": within}) == {
        "formula_id": "x", "inputs": GOOD, "decimals": 2, "names": None,
    }  # fmt: skip
    assert call_tool(TOOLS, "multiply", {"formula_id": "x", "inputs": {"inputs": "a=1 W; b=2 h"}})["inputs"] == GOOD


def test_a_value_with_its_unit_apart_stays_together() -> None:
    inputs = [{"name": "a", "value": 1, "unit": "W"}]
    assert call_tool(TOOLS, "multiply", {"formula_id": "x", "inputs": inputs})["inputs"] == {
        "a": {"value": 1, "unit": "W"}
    }


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("multiply", {"inputs": GOOD}, "multiply: formula_id: it is missing (Which one)"),
        ("multiply", {"formula_id": "x", "inputs": ["1 W", "2 h"]}, '"1 W" has no name'),
        ("multiply", {"formula_id": "x", "inputs": 7}, "an object of names and values"),
        ("multiply", {"formula_id": "x", "inputs": GOOD, "decimals": "two"}, "'two' is no whole number"),
        ("multiply", {"formula_id": {"a": 1}, "inputs": GOOD}, "it must be text"),
        ("divide", {"a": 1}, "'divide': there is no such tool; the tools are multiply, calculator"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(name: str, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(CallError) as error:
        call_tool(TOOLS, name, arguments)
    assert words in str(error.value) and "\n" not in str(error.value)


def test_arguments_nested_without_end_are_refused() -> None:
    deep: Any = "1 W"
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(CallError, match="nested too deeply"):
        call_tool(TOOLS, "multiply", {"formula_id": "x", "inputs": {"a": deep}})


def test_a_formula_called_as_a_tool_is_told_the_call_to_make() -> None:
    inputs = {"power_w": "14 W", "rate_gbps": "800 Gb/s"}
    with pytest.raises(CallError) as error:
        call_tool(TOOLS | {"calculate": multiply}, "Energy_Per_Bit_pJ", inputs)
    assert json.dumps({"formula_id": "energy_per_bit_pj", "inputs": inputs}) in str(error.value)


def test_a_question_sent_to_a_tool_that_is_made_up_is_worked_out() -> None:
    assert call_tool(TOOLS, "power_saver", {"question": "how much?"}) == {"question": "how much?"}


CALL = ("multiply", {"formula_id": "x", "inputs": {"a": "1 {W}"}})


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "multiply", "arguments": {"formula_id": "x", "inputs": {"a": "1 {W}"}}}',
        'So:\n```json\n{"name": "multiply", "parameters": {"formula_id": "x", "inputs": {"a": "1 {W}"}}}\n```\nOk.',
        '<tool_call>\n{"name": "multiply", "arguments": {"formula_id": "x", "inputs": {"a": "1 {W}"}}}\n</tool_call>',
        json.dumps({"function": {"name": "multiply", "arguments": json.dumps(CALL[1])}}),
        '{"tool": "multiply", "formula_id": "x", "inputs": {"a": "1 {W}"}}',
        '{"formula_id": "x", "inputs": {"a": "1 {W}"}}',
        '{"name": "multiply", "arguments": {"formula_id": "x", "inputs": {"a": "1 {W}"}',
    ],
)
def test_a_call_written_as_text_is_found(text: str) -> None:
    assert find_calls(text, TOLD) == [CALL]


@pytest.mark.parametrize(
    "text", ["The optics draw 256 W.", "{a, b}", '{"name": "Broadcom"}', '{"size": 3}', "{" * 500, ""]
)
def test_prose_and_data_are_no_calls(text: str) -> None:
    assert find_calls(text, TOLD) == []


def test_unfinished_arguments_are_read_as_far_as_they_go() -> None:
    assert read_arguments('{"a": {"b": 1') == {"a": {"b": 1}}
    assert read_arguments('{"a": ') == {}


_json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_key = st.sampled_from(["formula_id", "inputs", "decimals", "names", "question", "x"])


@given(st.sampled_from(["multiply", "calculator", "sum"]), st.dictionaries(_key, _json_like, max_size=4))
def test_whatever_is_sent_is_read_or_refused_in_our_words(name: str, arguments: dict[str, Any]) -> None:
    try:
        content = call_tool(TOOLS, name, arguments)
    except CallError as error:
        assert "\n" not in error.what
    else:
        assert isinstance(content, dict)


@given(st.text(alphabet='{}[]",:ab\\ 1\n`', max_size=60))
def test_any_text_is_searched_for_calls(text: str) -> None:
    assert isinstance(find_calls(text, TOLD), list)


@pytest.mark.parametrize(
    ("sent", "claims"),
    [
        ({"claims": "256 W"}, [("256 W", [])]),
        ({"claims": ["256 W", None]}, [("256 W", [])]),
        ({"claims": {"text": "256 W", "quotes": None, "calculation_ids": "c1"}}, [("256 W", ["c1"])]),
        ({"claims": '[{"text": "256 W", "calculation_ids": ["c1"]}]', "missing": None}, [("256 W", ["c1"])]),
        ({"claims": None, "nearest": None, "needed": "a.b"}, []),
    ],
)
def test_a_draft_is_read_however_it_is_written(sent: dict[str, Any], claims: list[tuple[str, list[str]]]) -> None:
    assert [(claim.text, claim.calculation_ids) for claim in read_draft(sent).claims] == claims


def test_a_draft_that_cannot_be_read_names_the_place_and_the_shape() -> None:
    with pytest.raises(AnsweringError) as error:
        read_draft({"claims": [{"text": "256 W", "quotes": ["256 W"]}]})
    assert str(error.value).startswith("DraftAnswer.claims[0].quotes[0]: ") and "passage_id" in str(error.value)
    assert "pydantic" not in str(error.value)


@given(st.dictionaries(st.sampled_from(["claims", "missing", "needed", "nearest"]), _json_like, max_size=4))
def test_any_draft_is_read_or_refused(sent: dict[str, Any]) -> None:
    try:
        assert isinstance(read_draft(sent), DraftAnswer)
    except AnsweringError as error:
        assert error.where.startswith("DraftAnswer")


@pytest.mark.parametrize(
    "sent",
    [
        {"inputs": [" " * 20_000 + "="]},
        {"inputs": [" " * 20_000]},
        {"inputs": "a" + " " * 19_000 + "a"},
        {"inputs": "a=1" + " ," * 9_000},
        {"formula_id": "x", "inputs": ["a" * 20_000]},
    ],
)
def test_what_a_model_sends_without_end_is_read_or_refused_at_once(sent: dict[str, Any]) -> None:
    begun = time.process_time()
    with suppress(CallError):
        call_tool(TOOLS, "multiply", {"formula_id": "x"} | sent)
    assert time.process_time() - begun < 0.5


def test_text_without_end_is_searched_for_calls_at_once() -> None:
    begun = time.process_time()
    assert find_calls("{" * 50 + '"' + '\\"' * 9900, []) == []
    assert time.process_time() - begun < 2
