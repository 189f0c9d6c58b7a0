"""Rebuild multilingual-e5-small from its 4-bit weights as a sentence-transformers model.

Imported only when a text is to be encoded, because torch and sentence-transformers take seconds to import.
"""

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from tokenizers import Encoding, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from torch import nn
from transformers import BertConfig, BertModel

from indexes.weights import Weights, unpack


def build_model(weights: Weights, prompts: dict[str, str]) -> SentenceTransformer:
    """A SentenceTransformer on the CPU: tokenise, encode, mean-pool, normalise to length one."""
    modules = [TextEncoder(weights), Pooling(weights.shape.hidden, "mean"), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu", prompts=prompts).eval()


class TextEncoder(InputModule):  # type: ignore[misc]
    """Texts → token vectors: the tokeniser and the transformer."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.characters = weights.characters
        self.scores = [score for _, score in weights.pieces]
        self.tokenizer = build_tokenizer(weights)
        self.bert = build_transformer(weights)
        self.max_seq_length = weights.shape.positions

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: object) -> dict[str, torch.Tensor]:
        """Token ids and attention mask, shape (texts, longest text)."""
        texts = [((prompt or "") + text).translate(self.characters) for text in inputs]
        encoded = self.tokenizer.encode_batch(texts)
        return {
            "input_ids": torch.tensor([item.ids for item in encoded]),
            "attention_mask": torch.tensor([item.attention_mask for item in encoded]),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Adds ``token_embeddings``, shape (texts, longest text, hidden)."""
        output = self.bert(input_ids=features["input_ids"], attention_mask=features["attention_mask"])
        features["token_embeddings"] = output.last_hidden_state
        return features

    def encode_tokens(self, text: str, layer: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The tokens of one text: where they stand, and what each layer of interest makes of them.

        Args:
            layer: A layer in the middle, which knows what a word means here but little of the text as a whole.

        Returns:
            Spans in the text, shape (tokens, 2); vectors, shape (3, tokens, hidden), of the words alone, of that layer
            and of the last; log-probabilities of the tokens in running text, shape (tokens,).
        """
        pieces = [character.translate(self.characters) for character in text]
        origin = [at for at, piece in enumerate(pieces) for _ in piece]
        encoded = self.tokenizer.encode_batch(["".join(pieces)])[0]
        ids = torch.tensor([encoded.ids])
        with torch.inference_mode():
            states = self.bert(input_ids=ids, output_hidden_states=True).hidden_states
            words = self.bert.embeddings.word_embeddings(ids)
        vectors = torch.stack([words, states[layer], states[-1]])[:, 0, 1:-1].numpy()
        spans = [(origin[start], origin[end - 1] + 1) if end else (0, 0) for start, end in encoded.offsets[1:-1]]
        rarity = np.array([-self.scores[id_] for id_ in encoded.ids[1:-1]], np.float32)
        return np.array(spans, np.int32).reshape(-1, 2), vectors, rarity

    def encode_in_context(
        self, texts: list[str], prompt: str
    ) -> list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
        """Of each text its tokens without the prompt: spans, vectors, rarity; and the mean of all, of length one."""
        written = [self._translate(prompt + text) for text in texts]
        encoded = self.tokenizer.encode_batch([each for each, _ in written])
        ids = torch.tensor([item.ids for item in encoded])
        mask = torch.tensor([item.attention_mask for item in encoded])
        with torch.inference_mode():
            hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.numpy()
        return [
            self._tokens_of(item, vectors, origins, len(prompt))
            for item, vectors, (_, origins) in zip(encoded, hidden, written, strict=True)
        ]

    def _translate(self, text: str) -> tuple[str, list[int]]:
        """The text with its characters normalised, and where each of them comes from."""
        parts = [self.characters.get(ord(character), character) for character in text]
        return "".join(parts), [at for at, part in enumerate(parts) for _ in part]

    def _tokens_of(
        self, item: Encoding, vectors: np.ndarray, origins: list[int], lead: int
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        length = sum(item.attention_mask)
        mean = vectors[:length].mean(axis=0)
        # The first token takes in the space that ends the prompt, so that it may begin before the text.
        spans = [
            (max(origins[a] - lead, 0), origins[b - 1] + 1 - lead) if b > a else (0, 0)
            for a, b in item.offsets[:length]
        ]
        kept = [at for at, (start, end) in enumerate(spans) if start < end]
        return (
            np.array([spans[at] for at in kept], np.int64).reshape(-1, 2),
            vectors[kept],
            np.array([-self.scores[item.ids[at]] for at in kept], np.float32),
            mean / max(float(np.linalg.norm(mean)), 1e-9),
        )

    def get_embedding_dimension(self) -> int:
        """Width of each token vector."""
        return int(self.bert.config.hidden_size)

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Refuse: the model lives in its weights file."""
        raise NotImplementedError(f"the built-in encoder is not saved to {output_path}")


class PackedEmbedding(nn.Module):  # type: ignore[misc]
    """Word vectors left in 4 bits in the file and decoded word by word: spares 384 MB and a second of loading."""

    def __init__(self, blocks: np.ndarray) -> None:
        super().__init__()
        self.blocks = blocks

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Ids of any shape → vectors, shape (*ids.shape, hidden)."""
        words, places = torch.unique(ids, return_inverse=True)
        return torch.from_numpy(unpack(self.blocks[words.numpy()]))[places]


def build_tokenizer(weights: Weights) -> Tokenizer:
    """The XLM-R unigram tokeniser, without its character normalisation (``str.translate`` does that faster)."""
    start, end, padding, unknown = weights.special
    tokenizer = Tokenizer(Unigram(list(weights.pieces), unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    names = {token: weights.pieces[token][0] for token in weights.special}
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{names[start]} $A {names[end]}", special_tokens=[(names[start], start), (names[end], end)]
    )
    tokenizer.enable_truncation(weights.shape.positions)
    tokenizer.enable_padding(pad_id=padding, pad_token=names[padding])
    return tokenizer


def build_transformer(weights: Weights) -> BertModel:
    """The BERT encoder with its weights in place."""
    shape = weights.shape
    config = BertConfig(
        vocab_size=1,
        pad_token_id=0,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
        hidden_act="gelu",
    )
    model = BertModel(config, add_pooling_layer=False)
    model.embeddings.word_embeddings = PackedEmbedding(weights.packed("emb.word", shape.hidden))
    model.load_state_dict(_state(weights))
    return model.eval()


_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Short names of a layer's tensors in the file → their names in BertModel."""


def _state(weights: Weights) -> dict[str, torch.Tensor]:
    hidden = weights.shape.hidden
    state = {
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos", hidden),
        "embeddings.token_type_embeddings.weight": weights.tensor("emb.type", hidden),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w", hidden)[0],
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b", hidden)[0],
    }
    for layer in range(weights.shape.layers):
        for short, name in _LAYER.items():
            columns = weights.shape.inner if short == "fo" else hidden
            matrix = weights.tensor(f"l{layer}.{short}.w", columns)
            bias = weights.tensor(f"l{layer}.{short}.b", 1)[:, 0]
            state[f"encoder.layer.{layer}.{name}.weight"] = matrix[0] if short.endswith("ln") else matrix
            state[f"encoder.layer.{layer}.{name}.bias"] = bias
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in state.items()}
