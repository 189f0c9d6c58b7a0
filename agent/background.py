"""Do something in the background and follow it step by step, for as long as there is time."""

import queue
import threading
from collections.abc import Callable, Generator
from contextvars import copy_context
from dataclasses import dataclass
from typing import Generic, TypeVar

from agent.answer import Step

T = TypeVar("T")
Tell = Callable[[Step], None]
"""Takes in a Step as it happens."""


class OutOfTime(Exception):  # noqa: N818  # it is what happened
    """What is done in the background is not done in time."""


class _Abandoned(BaseException):
    """Nobody follows any more: raised where the work tells its next step, to end it."""


@dataclass(frozen=True, slots=True)
class _End(Generic[T]):
    result: list[T]
    error: BaseException | None = None


def follow(work: Callable[[Tell], T], left: Callable[[], float]) -> Generator[Step, None, T]:
    """The steps of ``work`` as it tells them; what it returns is the generator's return value.

    A model that never replies is left behind: its thread ends by itself, or with the program.

    Args:
        left: How many seconds are left.

    Raises:
        OutOfTime: No seconds are left.
        Exception: Whatever the work raises.
    """
    told: queue.SimpleQueue[Step | _End[T]] = queue.SimpleQueue()
    abandoned = threading.Event()

    def tell(step: Step) -> None:
        if abandoned.is_set():
            raise _Abandoned
        told.put(step)

    def run() -> None:
        try:
            told.put(_End([work(tell)]))
        except BaseException as error:  # noqa: BLE001  # raised again where it can be caught
            told.put(_End([], error))

    threading.Thread(target=copy_context().run, args=(run,), daemon=True, name="talk").start()
    try:
        while True:
            try:
                event = told.get(timeout=max(left(), 0))
            except queue.Empty:
                raise OutOfTime from None
            if isinstance(event, Step):
                yield event
            elif event.error is not None:
                raise event.error
            else:
                return event.result[0]
    finally:
        abandoned.set()
