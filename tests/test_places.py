"""A copied claim has in each place the number that its quote has there; titles are those that are shown."""

from dataclasses import replace

import pytest

from agent.judging import judge
from agent.judging.coverage.titles import find_title_fault
from agent.judging.numbers.amounts import find_amount_fault
from agent.judging.numbers.places import find_place_fault
from tests.quoting import cited

CLUB = "The club has won six Division 1 titles, two cups and five shields since it was founded."
LIFTS = "The ward has three lifts for patients; the school has two lifts for teachers."
FLOORS = "图书馆共有四层，上三层中开有天窗，阳光可以照到下面。"
GRADES = "报告按港口、船厂和医院三个层次比较两国的能源。"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (CLUB.replace("Division 1", "Division 2"), CLUB),
        ("The ward has two lifts for patients.", LIFTS),
        (FLOORS.replace("上三层", "上二层"), FLOORS),
        (GRADES.replace("三个", "二个"), GRADES),
        (
            "The east asks for at least 12 votes and the west asks for all 11.",
            "The east asks for at least 11 votes and the west asks for all 12.",
        ),
    ],
)
def test_another_number_in_its_place_is_told(claim: str, quote: str) -> None:
    fault = find_place_fault(claim, [cited(quote)])
    assert fault and fault.contradicts
    assert judge(claim, [cited(quote)]).standing != "supported"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (CLUB, CLUB),
        (CLUB.replace("six", "6"), CLUB),
        ("The school has two lifts for teachers.", LIFTS),
        ("The lamp takes 5000 mW in the dark of the night.", "The lamp takes 5 W in the dark of the night."),
        ("The port earned US$5.35 billion in that year, as told.", "The port earned US$5.353 billion in that year."),
        (
            "The lamp is allowed 22 dB for type 8 and 9 W.",
            "The lamp is allowed 17 dB for type 12 and 7 W, 22 dB for type 8 and 9 W.",
        ),
        (
            "规定：8 号泵为 22 dB、功率低于 15 W。",
            "规定 12 号泵为 17 dB、功率低于 9 W，8 号泵为 22 dB、功率低于 15 W。",
        ),
    ],
)
def test_numbers_in_their_places_are_let_be(claim: str, quote: str) -> None:
    assert find_place_fault(claim, [cited(quote)]) is None


def test_what_one_quote_has_in_that_place_is_enough() -> None:
    claim = "The ward has two lifts for patients."
    assert find_place_fault(claim, [cited(LIFTS), cited("The ward has two lifts for patients today.")]) is None


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("他读完《海湾的冬天》后去了医院。", True),
        ("他讀完《海灣的冬天》後去了醫院。", True),
        ("他读完《海湾》后去了医院。", True),
        ("他读完《山谷的夏夜》后去了医院。", False),
        ("他读完海湾的冬天后去了医院。", True),
        (
            "He read 《山谷的夏夜》 and went to hospital.",
            True,
        ),  # a quote in another language renders titles its own way
    ],
)
def test_a_title_stands_in_what_is_shown(claim: str, stands: bool) -> None:
    quote = cited("他读完《海湾的冬天》后去了医院。")
    assert (find_title_fault(claim, [quote]) is None) is stands
    assert find_title_fault(claim, [replace(quote, title="山谷的夏夜：小说")]) is None


@pytest.mark.parametrize(
    ("claim", "quote", "stands"),
    [
        ("In June 1665 the town was renamed.", "In June 1665 the town was renamed for good.", True),
        ("In May 1665 the town was renamed.", "In June 1665 the town may be renamed.", False),
        ("On March 24 the ferry sank.", "The ferry sank on August 24.", False),
        ("On 24 August 2031 the ferry sank, in August 31.", "渡轮于2031年8月24日沉没。", True),
        ("The ferry sank in August 31 years ago.", "渡轮在八月沉没。", True),
        ("The ferry sank in November 31 years ago.", "渡轮在十一月沉没。", True),
        ("The ferry sank in January 31 years ago.", "渡轮在十一月沉没。", False),
        ("The ferry sank in June 31 years ago.", "The ferry sank on 2031-06-24.", True),
    ],
)
def test_a_month_stands_in_what_is_shown(claim: str, quote: str, stands: bool) -> None:
    assert ("the month" in find_amount_fault(claim, [quote])) is not stands
