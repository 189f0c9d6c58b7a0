"""Words that do not tell what a statement is about, and the known names and terms of a text."""

from collections.abc import Sequence
from functools import cache, lru_cache

from corpus.lexicon import Mention, load_lexicon
from indexes.tokens import terms

OPENERS = frozenset(
    """a an the in at on by for from of to with as if when while after before since some one two three each every all
    both many most its their this that these those it they we according sources about around up only another other no
    than less between under over out today overall total global worldwide annual average""".split()
)
"""Words in capitals because they open a sentence; no names."""
_LIGHT = """said say says reach reached expected expects expect forecast estimate estimated report reported according
    about total overall be become per each every year years given gives put stand stands come amount number figure level
    around compared new latest current currently already still only just now today single one general typical typically
    remain remains remained unit units piece pieces technology technologies newer older text texts source blog article
    use need deliver contain make made come came take took get got show offer provide feature post book record generate
    earn earned achieve hit boast employ have having out
    公司 年 达到 达 约 预计 预测 估计 数字 左右 目前 已 已经 为 其中 合计 共 每 一台 全球 一个 时 后 前 中 上 下
    称 报告 统计 认为 显示 达到了 很 技术 仍 仍然
    实现 录得 拥有 具有 需要 使用 采用 仅 仅为 末 底 以 人 名 只 家 颗 およそ 約 予測 見込み 推定 同社"""
"""Words that do not tell what a statement is about."""
MEASURES = ("performance", "supply chain/market")
"""Sorts of terms that name what is measured, not the thing."""


@cache
def light_words() -> frozenset[str]:
    """Search terms that do not tell what a statement is about."""
    return frozenset(terms(_LIGHT)) | frozenset(_LIGHT.split())


@lru_cache(maxsize=2048)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """The known names and terms of a text."""
    return tuple(load_lexicon().find(text))


def is_within(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span touches one of others."""
    return any(start < span[1] and span[0] < end for start, end in spans)
