"""What the tests of finding operands share: settle a question over passages, compute it, or say why not."""

from decimal import Decimal

from agent.calculator.expression import evaluate
from agent.operands import Plan, Unsettled, find_operands
from corpus.document import Passage


def settle(question: str, *passages: Passage) -> Plan:
    """The plan of a question, its operands standing where they say."""
    plan = find_operands(question, passages)
    assert isinstance(plan, Plan), plan
    by_id = {one.id: one for one in passages}
    for one in plan.operands:
        assert by_id[one.passage_id].text[one.start : one.end] == one.text
    return plan


def computed(plan: Plan) -> Decimal:
    """The value of a plan."""
    result = evaluate(plan.expression, {one.name: one.given for one in plan.operands}, unit=plan.unit)
    found = result.output().value
    assert isinstance(found, Decimal)
    return found


def value(question: str, *passages: Passage) -> Decimal:
    """The value of a question, rounded to two places."""
    return round(computed(settle(question, *passages)), 2)


def unsettled(question: str, *passages: Passage) -> Unsettled:
    """Why a question has no plan, told in both languages."""
    plan = find_operands(question, passages)
    assert isinstance(plan, Unsettled), plan
    assert plan.words.en and plan.words.zh
    return plan


def refusal(question: str, *passages: Passage) -> str:
    """The reason why a question has no plan."""
    return unsettled(question, *passages).reason
