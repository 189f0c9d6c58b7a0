"""Where each language lies in an encoder's space, and how to take that away.

Multilingual encoders put texts of one language together: a Chinese question lies nearer to any Chinese passage than to
the English passage that answers it. Subtracting from every vector the mean of its language removes most of this
(docs/log.md has the measurements). Questions and passages have means of their own, for encoders tell the two apart.

A mean over few passages would also remove what they are about, and over a single one everything. So each mean begins
as that of the neutral sentences below, and the index's own passages move it as they become many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.document import LANGUAGES, Language
from indexes.index import Embedder, Vectors

PRIOR = 20
"""How many passages the neutral sentences count for."""
STRENGTH = 0.9
"""How much of the mean is taken away."""


@dataclass(frozen=True)
class Means:
    """The mean vector of each language, as question and as passage; "und" has the mean over the languages."""

    queries: Mapping[Language, Vectors]
    passages: Mapping[Language, Vectors]

    def centre_query(self, vector: Vectors, language: Language) -> Vectors:
        """A question's vector without its language, of length one, shape (dimension,)."""
        centred: Vectors = _centre(vector[np.newaxis], self.queries[language])[0]
        return centred

    def centre_passages(self, vectors: Vectors, language: Language) -> Vectors:
        """Passages' vectors without their language, of length one, shape (passages, dimension)."""
        return _centre(vectors, self.passages[language])


def estimate_means(embedder: Embedder, pools: Mapping[Language, Vectors]) -> Means:
    """The means of an index: of its passages as far as there are many, and of the neutral questions.

    Args:
        embedder: Encodes the neutral sentences.
        pools: The vectors of the passages in each language.
    """
    queries: dict[Language, Vectors] = {}
    passages: dict[Language, Vectors] = {}
    for language in LANGUAGES:
        neutral = embedder.encode_passages(STATEMENTS[language]).mean(axis=0)
        passages[language] = _shrink(pools.get(language), neutral)
        queries[language] = embedder.encode_queries(QUESTIONS[language]).mean(axis=0)
    for means in (queries, passages):
        means["und"] = np.mean([means[language] for language in LANGUAGES], axis=0, dtype=np.float32)
    return Means(queries, passages)


def _shrink(vectors: Vectors | None, neutral: Vectors) -> Vectors:
    if vectors is None:
        return neutral
    mean: Vectors = (vectors.sum(axis=0) + PRIOR * neutral) / (len(vectors) + PRIOR)
    return mean.astype(np.float32)


def _centre(vectors: Vectors, mean: Vectors) -> Vectors:
    centred = vectors - STRENGTH * mean
    lengths = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    unit: Vectors = (centred / lengths).astype(np.float32)
    return unit


STATEMENTS: Mapping[Language, Sequence[str]] = {
    "en": (
        "The committee met on Tuesday and agreed on a plan for the coming year.",
        "Sales rose by twelve percent compared with the same quarter of the previous year.",
        "The river flows through three provinces before it reaches the sea.",
        "Researchers tested the new material at high temperature and found no cracks.",
        "The museum opened its doors to the public in 1987.",
        "She studied law, worked as a journalist, and later wrote several novels.",
        "Most of the energy is lost as heat, which has to be carried away.",
        "The company was founded by two brothers and now employs four thousand people.",
        "In the second half the home team scored twice and won the match.",
        "The device consists of a sensor, a processor and a small battery.",
        "Heavy rain is expected along the coast until the weekend.",
        "The treaty was signed by both governments after long negotiations.",
        "Patients who took the medicine recovered three days earlier on average.",
        "The old bridge was replaced because it could no longer bear the traffic.",
        "Suppliers in the region depend on a handful of large customers.",
        "The table lists the population and the area of each district.",
    ),
    "zh": (
        "委员会于星期二开会，就来年的计划达成一致。",
        "与去年同季度相比，销售额增长了百分之十二。",
        "这条河流经三个省份，最后注入大海。",
        "研究人员在高温下测试了这种新材料，没有发现裂纹。",
        "该博物馆于1987年向公众开放。",
        "她学过法律，当过记者，后来写了几部小说。",
        "大部分能量以热的形式散失，必须把热量带走。",
        "这家公司由兄弟二人创立，现有员工四千人。",
        "下半场主队攻入两球，赢得了比赛。",
        "该装置由一个传感器、一个处理器和一块小电池组成。",
        "沿海地区的大雨预计将持续到周末。",
        "经过长时间谈判，两国政府签署了该条约。",
        "服用该药的患者平均提前三天康复。",
        "旧桥因无法承受车流而被更换。",
        "该地区的供应商依赖少数几家大客户。",
        "下表列出了各区的人口和面积。",
    ),
    "ja": (
        "委員会は火曜日に開かれ、来年の計画について合意した。",
        "売上高は前年同期と比べて十二パーセント増加した。",
        "この川は三つの県を流れて海に注ぐ。",
        "研究者は新しい材料を高温で試験し、ひび割れは見つからなかった。",
        "この博物館は1987年に一般公開された。",
        "彼女は法律を学び、記者として働き、後に数冊の小説を書いた。",
        "エネルギーの大部分は熱として失われるため、放熱が必要である。",
        "同社は二人の兄弟によって設立され、現在は四千人を雇用している。",
        "後半にホームチームが二点を取り、試合に勝った。",
        "この装置はセンサー、プロセッサー、小型電池からなる。",
        "沿岸部では週末まで大雨が続く見込みである。",
        "長い交渉の末、両国政府は条約に署名した。",
        "この薬を服用した患者は平均して三日早く回復した。",
        "古い橋は交通量に耐えられなくなったため架け替えられた。",
        "この地域の供給業者は少数の大口顧客に依存している。",
        "次の表は各地区の人口と面積を示している。",
    ),
}
"""Neutral passages: the same sentences in each language, so that only the language differs."""

QUESTIONS: Mapping[Language, Sequence[str]] = {
    "en": (
        "When did the committee meet?",
        "How much did sales grow compared with last year?",
        "Which provinces does the river flow through?",
        "What did the researchers find in the material?",
        "Why was the old bridge replaced?",
        "Who founded the company?",
        "How many people does the company employ?",
        "What does the device consist of?",
        "How long will the rain last?",
        "What is the difference between the two methods?",
        "Where was the treaty signed?",
        "What are the main risks for the suppliers?",
    ),
    "zh": (
        "委员会是什么时候开会的？",
        "销售额比去年增长了多少？",
        "这条河流经哪些省份？",
        "研究人员在材料中发现了什么？",
        "旧桥为什么被更换？",
        "这家公司是谁创立的？",
        "这家公司有多少名员工？",
        "该装置由什么组成？",
        "大雨会持续多久？",
        "这两种方法有什么区别？",
        "条约是在哪里签署的？",
        "供应商面临的主要风险是什么？",
    ),
    "ja": (
        "委員会はいつ開かれましたか？",
        "売上高は昨年と比べてどれだけ増えましたか？",
        "この川はどの県を流れていますか？",
        "研究者は材料に何を見つけましたか？",
        "古い橋はなぜ架け替えられたのですか？",
        "この会社を設立したのは誰ですか？",
        "この会社の従業員は何人ですか？",
        "この装置は何で構成されていますか？",
        "雨はいつまで続きますか？",
        "二つの方法の違いは何ですか？",
        "条約はどこで署名されましたか？",
        "供給業者にとっての主なリスクは何ですか？",
    ),
}
"""Neutral questions, likewise."""
