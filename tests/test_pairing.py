"""A number set beside another one than in the quote is told; numbers in another order are let be."""

import pytest

from agent.answer import Citation
from agent.judging import judge
from agent.judging.numbers.pairing import find_pairing_fault
from corpus.text import language_of

CLUSTER = "CPO saves 23% of network power in a three-layer cluster and 48% in a two-layer cluster."
METERS = "Meta's saving was put at 65%, while 5.4 W against 15 W is 64%."


def _cite(quote: str) -> Citation:
    return Citation(
        passage_id="p", document_id="d", title="", publisher="", published="", authority="", path="", page=1,
        language=language_of(quote), page_label="1", section=(), header="", start=0, end=len(quote), quote=quote,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("CPO saves 48% of network power in a three-layer cluster.", CLUSTER),
        ("In a two-layer cluster CPO saves 23% of network power.", CLUSTER),
        ("在三层集群里，CPO可节省48%的网络功耗。", CLUSTER),
        ("PELS 的 12 通道为 22 dBm。", "PELS 规定 12 通道为 17.5 dBm，8 通道为 22 dBm。"),
    ],
)
def test_a_number_beside_another_one_is_told(claim: str, quote: str) -> None:
    fault = find_pairing_fault(claim, [_cite(quote)])
    assert fault and fault.contradicts and fault.reason
    assert judge(claim, [_cite(quote)]).standing == "contradicted"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (CLUSTER, CLUSTER),
        ("在两层集群里，CPO可节省48%的网络功耗，三层则为23%。", CLUSTER),
        ("In a two-layer cluster CPO saves 48% of network power.", CLUSTER),
        ("Against a module of 15 W it saves 64%, not 65%.", METERS),
        ("The port draws 9 W.", "The port draws 9 W and the module 30 W."),
        ("A module of 800G draws 15 W.", "At 800G a module draws 15 W, and at 1.6T one draws 30 W."),
    ],
)
def test_numbers_that_stand_together_are_let_be(claim: str, quote: str) -> None:
    assert find_pairing_fault(claim, [_cite(quote)]) is None
