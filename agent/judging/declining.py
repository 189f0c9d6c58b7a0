"""Whether words that say what was not found assert nothing of their own."""

from functools import cache

from agent.judging.identity.names import find_unknown_name
from agent.judging.numbers.ledger import find_number_fault
from corpus.lexicon import load_lexicon
from indexes.tokens import terms

# Words of declining, in which "the price of X was not found" may be said; each is cut into search terms.
_DECLINING = """
No indexed document answers this question: nothing comparable found on it. No passage brings together these, none of
the documents, passages, reports, sources or texts given, provided, retrieved, available or seen contain, mention,
include, state, say, give or provide any information, data, evidence, details, figures or answers about it. It was not
found, is missing, unknown, unclear, not stated, mentioned, specified, available. I cannot, could not find; unable to.
已收录的文档没有回答这个问题：未找到关于它们的内容。没有段落同时谈到；未找到可比内容；资料、文件、报告、段落中没有提到、提及、
提供、给出、说明相关信息、数据、证据、答案；无法回答；不清楚；未知；缺失；缺少；找不到；不足。
収録文書に答えはありません。関する記述が見つかりません。ともに述べた箇所がありません。比較できる記述は見つかりません。
"""


def speaks_only_of(text: str, question: str) -> bool:
    """Whether a text that says what was not found asserts nothing of its own.

    Its numbers, names and words must be the question's, but for the words of declining.
    """
    if find_number_fault(text, [question]) or find_unknown_name(text, [question]):
        return False
    asked = {mention.term.id for mention in load_lexicon().find(question)}
    rest = list(text)
    for mention in load_lexicon().find(text):
        if mention.term.id in asked:
            rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return set(terms("".join(rest))) <= {*terms(question), *_declining()}


@cache
def _declining() -> frozenset[str]:
    return frozenset(terms(_DECLINING))
