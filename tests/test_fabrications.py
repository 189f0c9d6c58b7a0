"""Two hundred fabricated quotes from the shipped documents are refused, and two hundred true ones are accepted."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import corpus
from agent.answer import Usage
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.evidence import Evidence
from agent.verification import verify
from corpus.document import Corpus, Passage
from corpus.ingestion import ingest
from corpus.lexicon import load_lexicon
from corpus.quantities import find_quantities
from corpus.text import split_sentences

HOW_MANY = 200
_UNITS = {
    "pJ/bit": "fJ/bit",
    "W": "kW",
    "Tb/s": "Gb/s",
    "Gb/s": "Tb/s",
    "亿": "万",
    "万": "亿",
    "%": "pp",
    "dB": "dBm",
    "billion": "million",
    "million": "billion",
    "nm": "µm",
    "mm": "cm",
    "GHz": "MHz",
}


@cache
def _shipped() -> Corpus:
    return ingest(Path(corpus.__file__).parent / "documents")


def _sentences() -> list[tuple[Passage, str]]:
    found = []
    for passage in _shipped().passages:
        for start, end in split_sentences(passage.text):
            if end - start >= 12:
                found.append((passage, passage.text[start:end]))
    random.Random(1).shuffle(found)
    return found


def _accepted(passage: Passage, quote: str, claim: str = "") -> bool:
    evidence = Evidence()
    evidence.see(_shipped().passages)
    claim = DraftClaim(text=claim or quote, quotes=[DraftQuote(passage_id=passage.id, quote=quote)])
    answer = verify(
        "q",
        DraftAnswer(claims=[claim]),
        evidence,
        documents=_shipped().by_id,
        index_fingerprint="f",
        usage=Usage("none"),
    )
    return bool(answer.claims)


def _changes(sentence: str, chance: random.Random) -> Iterator[str]:
    """The sentence with one digit, unit, name or word changed: each change that its content allows."""
    digits = [at for at, character in enumerate(sentence) if character in "0123456789"]
    if digits:
        at = chance.choice(digits)
        yield sentence[:at] + str((int(sentence[at]) + chance.randint(1, 9)) % 10) + sentence[at + 1 :]
    for quantity in find_quantities(sentence):
        for unit, other in _UNITS.items():
            if quantity.kind == "measure" and quantity.text.endswith(unit):
                yield sentence[: quantity.end - len(unit)] + other + sentence[quantity.end :]
                break
    companies = [term for term in load_lexicon().terms if term.kind == "company"]
    for mention in load_lexicon().find(sentence, ("company",))[:1]:
        other = chance.choice([term for term in companies if term.id != mention.term.id])
        yield sentence[: mention.start] + other.name("en") + sentence[mention.end :]
    words = sentence.split(" ")
    if len(words) > 3:
        at = chance.randrange(len(words))
        yield " ".join([*words[:at], "rarely", *words[at + 1 :]])
        yield " ".join([*words[:at], *words[at + 1 :]]) if 0 < at < len(words) - 1 else sentence + " too"
    else:
        at = chance.randrange(1, len(sentence) - 1)
        yield sentence[:at] + "不" + sentence[at:]


def test_fabricated_quotes_are_all_refused() -> None:
    chance = random.Random(2)
    lies = [(p, lie) for p, sentence in _sentences() for lie in _changes(sentence, chance) if lie not in p.text]
    chance.shuffle(lies)
    assert len(lies) >= HOW_MANY
    assert [lie for passage, lie in lies[:HOW_MANY] if _accepted(passage, lie)] == []
    true = {passage.id: sentence for passage, sentence in _sentences()}  # a true claim does not save a false quote
    assert [lie for passage, lie in lies[:HOW_MANY] if _accepted(passage, lie, true[passage.id])] == []


def test_true_quotes_are_all_accepted() -> None:
    truths = _sentences()[:HOW_MANY]
    assert len(truths) == HOW_MANY
    assert [quote for passage, quote in truths if not _accepted(passage, quote)] == []


def test_a_true_quote_of_another_passage_is_refused() -> None:
    (first, _), (_, quote) = next(
        (one, other) for one in _sentences() for other in _sentences()[:50] if other[1] not in one[0].text
    )
    assert not _accepted(first, quote)
