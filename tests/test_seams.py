"""A claim sewn together from two texts, or from one and none, is said by nobody."""

from dataclasses import replace

import pytest

from agent.judging.coverage.seams import find_seam_fault
from tests.quoting import cited

FERRY = "The ferry crosses the strait in forty minutes."
TRAIN = "The night train leaves the capital at nine and sleeps three hundred passengers."
WARD = "The children's ward treats broken bones."
TIDE = "潮汐电站建在海湾入口，涨潮时发电。"
PUMP = "热泵从地下水中取热，为学校供暖。"


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("The ferry crosses the strait of three hundred passengers.", [FERRY, TRAIN]),
        ("The night train leaves the capital in forty minutes.", [TRAIN, FERRY]),
        ("The children's ward treats the strait.", [WARD, FERRY]),
        ("潮汐电站建在海湾入口为学校供暖。", [TIDE, PUMP]),
        ("热泵从地下水中涨潮时发电。", [PUMP, TIDE]),
        ("The ferry crosses the strait in melting glacier water streams.", [FERRY]),
        ("潮汐电站建在海湾入口，由居民合作社出资运营。", [TIDE]),
        ("The night train leaves the capital with melting glaciers.", [TRAIN]),
        ("The children's ward treats broken pumps and turbines.", [WARD]),
        (
            "The ferry crosses the strait, and sleeps three hundred passengers.",
            [FERRY, "A train is fast; it has beds."],
        ),
        (
            "The children's ward is white; it was a steam ferry.",
            ["The children's ward is white.", "It was a steam ferry."],
        ),
        ("潮汐电站建在海湾入口，离家出走。", [TIDE]),
        ("光引擎从地下水中取热。", [PUMP]),
        ("An optical engine crosses the strait in forty minutes.", [FERRY]),
        ("The orchard grows apples and pears along the strait.", [FERRY]),
        ("The tidal plant, which treats broken bones.", ["The tidal plant stands in the bay.", WARD]),
    ],
)
def test_halves_of_two_statements_make_none(claim: str, quotes: list[str]) -> None:
    assert find_seam_fault(claim, [cited(quote) for quote in quotes])


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("The ferry crosses the strait, and the night train leaves the capital.", [FERRY, TRAIN]),
        ("The ferry needs forty minutes, the night train leaves at nine.", [FERRY, TRAIN]),
        ("There are a ferry and a night train.", [FERRY, TRAIN]),
        ("Broadcom, NVIDIA.", ["Broadcom makes switches.", "NVIDIA makes processors."]),
        (
            "Huawei sells the switch that NVIDIA uses.",
            ["Huawei sells the switch.", "Huawei has a client: NVIDIA uses it."],
        ),
        ("The ward is white; it was once a ferry.", ["The ward is white.", "The ward was once a ferry."]),
        ("潮汐电站建在海湾入口，发电。", [TIDE]),
        ("The company's ferry crosses the strait in forty minutes.", [FERRY]),
        ("潮汐电站涨潮时发电，热泵为学校供暖。", [TIDE, PUMP]),
        ("潮汐电站和热泵。", [TIDE, PUMP]),
        ("It takes the ferry forty minutes to cross.", [FERRY]),
        ("学校的暖气来自热泵。", [PUMP]),
        ("According to the annual review of ports, the ferry crosses the strait in forty minutes.", [FERRY]),
        ("In other words, the ferry crosses the strait in forty minutes.", [FERRY]),
        ("根据这份年度报告，热泵从地下水中取热，为学校供暖。", [PUMP]),
        ("值得注意的是，潮汐电站建在海湾入口。", [TIDE]),
        ("The heat of the school comes from a pump in the ground.", [PUMP]),
    ],
)
def test_what_is_listed_or_told_in_other_words_is_no_seam(claim: str, quotes: list[str]) -> None:
    assert find_seam_fault(claim, [cited(quote) for quote in quotes]) is None


def test_a_title_and_words_in_quotation_marks_are_proved_already() -> None:
    citation = replace(cited(TIDE), title="海湾能源：2031 年的一份概览")
    claim = f"On tides: “海湾能源：2031 年的一份概览” (in Chinese) says: “{TIDE}”"
    assert find_seam_fault(claim, [citation]) is None
    assert find_seam_fault(f"关于潮汐：《海湾能源：2031 年的一份概览》写道：“{TIDE}”", [citation]) is None
