"""A claim on a row of a table speaks of that row, and gives each cell for its own column."""

import pytest

from agent.judging.numbers.cells import find_cell_fault
from tests.quoting import cited

HEAD = "阶段 | 时间 | 目标"
ROW = "近期 | 2031-2032 年 | 医院先换热泵；船厂试用岸电"
PUMPS = "设备 | 来源 | 评价"
WARDS = "Ward | Head nurse | Equipment"
WARD = "Surgery | Ms Okafor | ventilators and a scanner"


@pytest.mark.parametrize(
    ("claim", "header", "row"),
    [
        ("近期的时间为2035 年以后。", HEAD, ROW),
        ("远期的目标为医院先换热泵；船厂试用岸电。", HEAD, ROW),
        ("近期的目标是铺设管网。", HEAD, ROW),
        ("表中，近期的时间为医院先换热泵；船厂试用岸电。", HEAD, ROW),
        ("For surgery, the equipment is a laboratory.", WARDS, WARD),
        ("The maternity ward has ventilators and a scanner.", WARDS, WARD),
        ("In surgery the head nurse is ventilators and a scanner.", WARDS, WARD),
        ("激光器企业有中际旭创和新易盛。", "环节 | 企业", "光模块 | 中际旭创、新易盛"),
        ("表中，近期的目标是居民购买电池，医院出租屋顶并自建风机。", HEAD, ROW),
        ("热泵的评价是几乎没有缺点。", PUMPS, "热泵 | 国产 | 整体评价较好"),
        ("表中，热泵的评价是国产设备多、零件便宜。", PUMPS, "热泵 | 国产设备多、零件便宜 | 评价较好"),
        ("码头的情况是：机房测试全部自动化。", "部位 | 情况 | 备注", "锅炉与测试 | 机房测试全部自动化 | 无"),
    ],
)
def test_another_row_or_column_is_told(claim: str, header: str, row: str) -> None:
    fault = find_cell_fault(claim, cited(row, header))
    assert fault and fault.reason


@pytest.mark.parametrize(
    ("claim", "header", "row"),
    [
        ("近期的时间为2031 至 2032 年。", HEAD, ROW),
        ("近期的目标为医院先换热泵；船厂试用岸电。", HEAD, ROW),
        ("近期内，医院会先换热泵。", HEAD, ROW),
        ("2031-2032 年，近期目标是医院先换热泵。", HEAD, ROW),
        ("For surgery, the equipment is a scanner and ventilators.", WARDS, WARD),
        ("Ms Okafor is the head nurse of surgery.", WARDS, WARD),
        ("热泵的评价是整体评价较好。", PUMPS, "热泵 | 国产 | 整体评价较好"),
        ("近期的目标是医院先换热泵，居民则可以自行选择时间。", HEAD, ROW),
        ("手术室的设备是两台呼吸机和一台扫描仪。", WARDS, WARD),
        ("InnoLight (中际旭创) and Eoptolink (新易盛).", "环节 | 企业", "光模块 | 中际旭创、新易盛"),
    ],
)
def test_a_row_told_is_let_be(claim: str, header: str, row: str) -> None:
    assert find_cell_fault(claim, cited(row, header)) is None
