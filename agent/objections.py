"""Look through a draft before it counts, and say once what is wrong with it, for the model to mend.

A claim that was refused comes back with the reason and the words of the passages it names; one in another language
than the question's, and a draft that says nothing, are told so. The model may send one new draft. Nothing is mended
here, and whatever it sends next goes through the same gate.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.answer import Answer, Claim
from agent.draft import DraftAnswer, DraftQuote
from agent.quotes import Mismatch, Span, find_quote
from corpus.document import Language, Passage
from corpus.text import language_of, normalise

_MOST_REFUSED = 8
_MOST_PASSAGES = 5
_QUOTED = re.compile(r"“[^”]{0,4000}”|「[^」]{0,4000}」|\"[^\"]{0,4000}\"|《[^》]{0,400}》|[(（][^)）]{0,400}[)）]")
_FEWEST_WORDS = 3
_FEWEST_CHARACTERS = 6

NAMES: Mapping[Language, str] = {"en": "English", "zh": "Chinese", "ja": "Japanese", "und": "the question's language"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that would not stand, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Objection:
    """What is wrong with a draft.

    Attributes:
        refused: Claims that would not stand.
        sent: How many claims the draft has.
        language: The language to write in, where claims are in another; else "".
        passages: Passages seen that the refused claims name, or else the first ones seen.
        misplaced: Quotes of refused claims that stand in another passage than they name: (words, id of that passage).
    """

    refused: tuple[Refusal, ...]
    sent: int
    language: str
    passages: tuple[Passage, ...]
    misplaced: tuple[tuple[str, str], ...] = ()

    @property
    def summary(self) -> str:
        """For the user, in a few words."""
        said = [f"refused: {len(self.refused)} of {self.sent} claims"] if self.refused else []
        said += [f"not in {self.language}"] if self.language else []
        return "; ".join(said) or "it says nothing"


def object_to(
    draft: DraftAnswer, answer: Answer, passages: Mapping[str, Passage], *, empty: bool = False
) -> Objection | None:
    """What to tell the model about a draft that ``answer`` was made from; None where there is nothing to object to.

    Args:
        passages: Passage id → passage, of those the run has seen.
        empty: The model said nothing at all, which is no way to decline.
    """
    refused = [Refusal(claim.text, claim.reason) for claim in answer.unsupported][:_MOST_REFUSED]
    foreign = is_foreign(draft, answer.language)
    if not (refused or foreign or empty):
        return None
    texts = {one.text for one in refused}
    quotes = [quote for claim in draft.claims if normalise(claim.text).strip() in texts for quote in claim.quotes]
    named = [quote.passage_id.strip() for quote in quotes]
    wanted = [id_ for id_ in dict.fromkeys(named) if id_ in passages] or list(passages)
    shown = tuple(passages[id_] for id_ in wanted[:_MOST_PASSAGES]) if refused or empty else ()
    language = NAMES[answer.language] if foreign else ""
    return Objection(tuple(refused), len(draft.claims), language, shown, tuple(_misplaced(quotes, passages)))


def _misplaced(quotes: Sequence[DraftQuote], passages: Mapping[str, Passage]) -> Iterator[tuple[str, str]]:
    """Quotes that stand in another passage than they name, and in which: for the model to say so, not for us."""
    for quote in quotes[:_MOST_REFUSED]:
        own = passages.get(quote.passage_id.strip())
        if own is None or isinstance(find_quote(own.text, quote.quote), Mismatch):
            others = (id_ for id_, one in passages.items() if isinstance(find_quote(one.text, quote.quote), Span))
            if place := next(others, None):
                yield quote.quote, place


def is_foreign(draft: DraftAnswer, language: Language) -> bool:
    """Whether a draft speaks another language than the question does."""
    return in_other_language(" ".join([*(claim.text for claim in draft.claims), draft.missing]), language)


def in_other_language(text: str, language: Language) -> bool:
    """Whether a text is plainly in another language; words it quotes, titles and brackets do not count.

    Chinese and Japanese write names and units in Latin letters, so that only a text without any Han or kana counts as
    foreign there; a name or a number alone is in no language.
    """
    own = _QUOTED.sub(" ", text)
    words = re.findall(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])", own)
    wide = re.findall(r"[\u3041-\u30ff\u4e00-\u9fff]", own)
    if language == "en":
        return len(wide) >= _FEWEST_CHARACTERS and language_of(own, hint="en") != "en"
    if language in ("zh", "ja") and not wide:
        return len(words) >= _FEWEST_WORDS
    if language in ("zh", "ja") and len(wide) >= _FEWEST_CHARACTERS:
        kana = bool(re.search(r"[\u3041-\u3096]", own))
        return kana if language == "zh" else not kana and len(wide) >= 3 * _FEWEST_CHARACTERS
    return False


def choose(drafts: Sequence[DraftAnswer], check: Callable[[DraftAnswer], Answer]) -> DraftAnswer:
    """The draft of which most stands, in the question's language before any other; the last of equals."""

    def weigh(draft: DraftAnswer) -> tuple[int, int]:
        answer = check(draft)
        return sum(not _foreign(claim, answer.language) for claim in answer.claims), len(answer.claims)

    weights = [weigh(draft) for draft in drafts]
    best = max(range(len(drafts)), key=lambda n: (weights[n], n))
    return drafts[best]


def _foreign(claim: Claim, language: Language) -> bool:
    return in_other_language(claim.text, language)
