"""Open a chat model by name, the offline analyst among them. A door to LangChain."""

from typing import TYPE_CHECKING, Any

from agent.errors import AnsweringError
from agent.limits import Limits

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OFFLINE = "offline"
_LIMITS = Limits()
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}


def open_model(
    name: str = OFFLINE, *, base_url: str = "", seconds: float = _LIMITS.seconds, reply: int = _LIMITS.reply
) -> "BaseChatModel":
    """The chat model called ``name``.

    Args:
        name: "offline", or PROVIDER:MODEL as LangChain writes it ("openai:gpt-5", "ollama:qwen3:8b").
        base_url: Address of a server that speaks the provider's protocol, e.g. a local OpenAI-compatible one.
        seconds: The longest that one call may take. It is made once: who calls tries again.
        reply: Most tokens of one reply.

    Raises:
        AnsweringError: The name has no provider, or the provider's package or key is missing.
    """
    if name == OFFLINE:
        from agent.offline import OfflineAnalyst

        return OfflineAnalyst()
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise AnsweringError(
            f"unknown model {name!r}", where="--model", next_step="write offline, or PROVIDER:MODEL as in openai:gpt-5"
        )
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    if provider in ("openai", "anthropic"):
        options |= {"max_tokens": reply, "timeout": seconds}
    if base_url and provider == "openai":
        options |= _local_key()
    try:
        opened: BaseChatModel = init_chat_model(model, model_provider=provider, temperature=0, max_retries=0, **options)
        return opened
    except ImportError as error:
        extra = _EXTRAS.get(provider)
        install = f"pip install 'cpo-analyst[{extra}]'" if extra else f"pip install langchain-{provider}"
        raise AnsweringError(
            f"the package for {provider!r} models is not installed", where="--model", next_step=f"run {install}"
        ) from error
    except Exception as error:
        cause = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise AnsweringError(f"cannot open the model {name!r}: {cause}", where="--model") from error


def open_or_stand_in(
    name: str, *, base_url: str = "", seconds: float = _LIMITS.seconds, reply: int = _LIMITS.reply
) -> "BaseChatModel":
    """The same, for who has another model to fall back on: one that cannot be opened fails when it is asked.

    Raises:
        AnsweringError: The name has no provider.
    """
    try:
        return open_model(name, base_url=base_url, seconds=seconds, reply=reply)
    except AnsweringError as error:
        if ":" not in name.strip(":"):
            raise
        from agent.scripted import UnopenedModel

        return UnopenedModel(model_name=name, why=str(error))


def _local_key() -> dict[str, str]:
    """A placeholder key for servers that need none, where the user has set no real one."""
    import os

    return {} if os.environ.get("OPENAI_API_KEY") else {"api_key": "none"}
