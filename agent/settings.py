"""Everything that can be set, in one frozen object; the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from agent.errors import AnsweringError

MAX_QUESTION = 4000
MAX_STEPS = 12
_HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults, each overridden by an environment variable ``CPO_<NAME>``, then by a command-line option.

    Attributes:
        model: "offline" (the offline analyst) or PROVIDER:NAME, as "openai:gpt-5", "ollama:qwen3".
        base_url: Address of an OpenAI-compatible server; "" for the provider's own.
        embedder: "built-in", or a sentence-transformers model by name or path.
        index: Folder of the index to ask.
        documents: Folder of the shipped documents.
        max_steps: Most model calls one question may take.
        max_question: Most characters a question may have.
    """

    model: str = "offline"
    base_url: str = ""
    embedder: str = "built-in"
    index: Path = _HOME / "indexes" / "built" / "shipped"
    documents: Path = _HOME / "corpus" / "documents"
    max_steps: int = MAX_STEPS
    max_question: int = MAX_QUESTION


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (``os.environ`` unless given)."""
    environment = os.environ if environment is None else environment
    given: dict[str, str | int | Path] = {}
    for field in fields(Settings):
        variable = f"CPO_{field.name.upper()}"
        if variable not in environment:
            continue
        value = environment[variable]
        if field.type is int:
            if not value.isdigit() or int(value) == 0:
                raise AnsweringError(f"is {value!r}, not a whole number above 0", where=variable)
            given[field.name] = int(value)
        else:
            given[field.name] = Path(value) if field.type is Path else value
    return Settings(**given)  # type: ignore[arg-type]
