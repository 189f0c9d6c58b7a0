import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexes.vectors import VectorIndex


@given(st.integers(1, 60), st.integers(1, 24), st.integers(0, 2**32 - 1))
def test_scores_are_the_inner_products_of_numpy(count, dimension, seed):
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((count, dimension)).astype(np.float32)
    query = random.standard_normal(dimension).astype(np.float32)
    index = VectorIndex.build(vectors)
    assert index.size == count
    np.testing.assert_allclose(index.scores(query), vectors @ query, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(index.all(), vectors)


def test_equal_vectors_score_alike():
    vectors = np.ones((5, 3), np.float32)
    assert len(set(VectorIndex.build(vectors).scores(np.ones(3, np.float32)).tolist())) == 1
