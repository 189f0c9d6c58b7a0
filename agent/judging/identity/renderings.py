"""Whether a name in Latin letters may be what a text in Chinese or Japanese calls by a name of its own.

A name is rendered by its sound (Maersk 马士基, Ubisoft ユービーアイ), or an abbreviation stands for a name that sounds
otherwise (CATL 宁德时代). Sounds are compared by their consonants, loosely. An abbreviation may only stand for what is
named there and rendered by nothing else; and a name that the dictionary knows in Chinese stands for nothing else.

    >>> sounds_like("Maersk", "马士基"), sounds_like("Hapag", "马士基")
    (True, False)
"""

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

from agent.judging.identity.groups import read_sentences
from corpus.lexicon import Mention, load_lexicon
from corpus.text import HAN
from indexes.dictionary import load_dictionary

_ALIKE = 0.55
_SPELT, _SPELT_ALIKE = 4, 0.75
_LONGEST = 7
_SHORT = re.compile(r"[A-Z][A-Z&]{1,4}")
_HAN = re.compile(f"[{HAN}]+")
_KATAKANA = re.compile("[ァ-ヺー・]{2,}")
_LATIN = (
    ("sch", "S"), ("tsch", "S"), ("sh", "S"), ("ch", "J"), ("zh", "S"), ("ph", "F"), ("th", "T"), ("ck", "K"),
    ("x", "KS"), ("ng", "N"), ("qu", "K"), ("ce", "S"), ("ci", "S"), ("cy", "S"), ("ge", "J"), ("gi", "J"),
    ("b", "P"), ("p", "P"), ("f", "F"), ("v", "F"), ("d", "T"), ("t", "T"), ("k", "K"), ("g", "K"), ("c", "K"),
    ("q", "K"), ("s", "S"), ("z", "S"), ("j", "J"), ("l", "L"), ("r", "L"), ("m", "M"), ("n", "N"), ("h", "H"),
    ("w", "W"),
)  # fmt: skip
_PINYIN = (
    ("zh", "S"), ("ch", "S"), ("sh", "S"), ("b", "P"), ("p", "P"), ("f", "F"), ("d", "T"), ("t", "T"), ("k", "K"),
    ("g", "K"), ("j", "J"), ("q", "J"), ("x", "J"), ("z", "S"), ("c", "S"), ("s", "S"), ("l", "L"), ("r", "L"),
    ("m", "M"), ("n", "N"), ("h", "H"), ("w", "W"),
)  # fmt: skip
_KANA = {
    sound: frozenset(kana)
    for sound, kana in {
        "K": "カキクケコガギグゲゴ", "S": "サシスセソザズゼゾツ", "J": "ジヂチ", "T": "タテトダデドッ",
        "N": "ナニヌネノン", "H": "ハヘホ", "F": "フヒヴ", "P": "バビブベボパピプペポ", "M": "マミムメモ",
        "L": "ラリルレロ", "W": "ワ",
    }.items()
}  # fmt: skip
# What is weak or left out in another language, and what is heard for what.
_WEAK = frozenset("HWLNTS")
_NEAR = frozenset(map(frozenset, ("JK", "JS", "WF", "HF", "HK", "LN", "FP", "JT")))


def stands_for(name: str, claim: str, told: Sequence[str]) -> bool:
    """Whether a Latin name of a claim may be a name of what is shown, in Chinese or Japanese.

    An abbreviation may be where it opens a sentence of the claim, as the other name opens one of what is shown.
    """
    simple = [load_dictionary().simplify(words) for words in told]
    names = [one for words in simple for one in _names(words)]
    heads = load_dictionary().heads_named(name)
    if load_dictionary().is_only_a_name(name) and (not _SHORT.fullmatch(name) or _are_firms(heads)):
        names = [one for one in names if _KATAKANA.fullmatch(one)]
        return any(head in words for head in heads for words in simple) or any(sounds_like(name, one) for one in names)
    before = re.search(rf"([A-Z][A-Za-z]+)\s{re.escape(name)}(?![A-Za-z])", claim)
    if any(sounds_like(name, one) or (before and _stands(before[1] + one, simple)) for one in names):
        return True  # "SK Hynix", SK海力士
    opens = re.search(rf"(?:^|[.。!?;；]\s*)(?:the )?{re.escape(name)}(?![A-Za-z])", claim, re.IGNORECASE)
    return bool(_SHORT.fullmatch(name) and opens and any(_opening_names(words) for words in simple))


def respell(text: str, other: str) -> str:
    """A Chinese or Japanese text with the Latin names of another in the place of the names that sound like them."""
    latin = dict.fromkeys(one[0] for one in _LATIN_NAME.finditer(other) if len(one[0]) >= _SPELT)
    for name in latin:
        simple = load_dictionary().simplify(text)
        heads = load_dictionary().heads_named(name)
        windows = [
            one for one in (*heads, *_names(simple)) if one in simple and (one in heads or sounds_like(name, one))
        ]
        if windows:
            best = max(windows, key=len)
            at = simple.find(best)
            text = f"{text[:at]} {name} {text[at + len(best) :]}"
    return text


_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?![A-Za-z])")


def _are_firms(heads: Collection[str]) -> bool:
    """Whether Chinese words name firms; an abbreviation of an office may be a firm's too."""
    return any(_FIRM.search(load_dictionary().entries[head]) for head in heads)


_FIRM = re.compile(r"compan|corporation|\bCo\.|bank|brand|maker|manufactur|conglomerate|airline", re.IGNORECASE)


def _stands(words: str, told: Sequence[str]) -> bool:
    return any(words in one.replace(" ", "") for one in told)


def _opening_names(text: str) -> bool:
    """Whether a sentence of a text begins with a name."""
    firsts = [text[one.words[0].start : one.words[0].end] for one in read_sentences(text) if one.words]
    return any(first in one or one.startswith(first) for first in firsts for one in _names(text))


def spell_out(text: str) -> str:
    """The text with countries written out that one character tells beside a word of direction: 对美 → 对美国."""
    return _TOWARDS.sub(lambda found: found[0] + _COUNTRIES[found[0][-1]], text)


_COUNTRIES = {
    "美": "国",
    "英": "国",
    "德": "国",
    "法": "国",
    "韩": "国",
    "韓": "國",
    "日": "本",
    "印": "度",
    "俄": "罗斯",
}
_TOWARDS = re.compile(
    rf"[对對赴访訪驻駐](?:[{''.join(_COUNTRIES)}](?=[出投贸貿进進关關加征徵的之，。、]|直接|间接|間接|$))", re.MULTILINE
)


def is_part_of_name(claim: str, mention: Mention, told: Sequence[str]) -> bool:
    """Whether a country is but part of a name that texts in Latin letters write without it: 德国商业银行, Commerzbank.

    A name that the dictionary has must be what is shown.
    """
    found = _HOUSE.match(claim, mention.end)
    if mention.term.kind != "country" or not found or any(re.search(f"[{HAN}]", words) for words in told):
        return False
    renderings = load_dictionary().entries.get(load_dictionary().simplify(claim[mention.start : found.end()]), "")
    said = "\n".join(told).casefold()
    return not renderings or any(
        one.strip().casefold() in said for one in re.split(r"[/;(]", renderings) if one.strip()
    )


_HOUSE = re.compile(
    "(?:国家|國家|商业|商業|联邦|聯邦|中央|皇家|工业|工業)*(?:银行|銀行|石油|电信|電信|航空|铁路|鐵路|钢铁|鋼鐵|电力|電力|邮政|能源)"
)


def sounds_like(name: str, other: str) -> bool:
    """Whether the consonants of a Latin name are about those of one in Han characters or katakana."""
    mine = _consonants(name.lower(), _LATIN)
    heard = _heard(other)
    alike = bool(mine and heard) and any(_likeness(mine, one) >= _ALIKE for one in heard)
    return alike or any(_begins(name.lower(), one) for one in _spelt(other))


def _begins(name: str, spelt: str) -> bool:
    """Whether a name begins as a shorter rendering is spelt: Ubisoft, 育碧 (yubi)."""
    if len(spelt) < _SPELT:
        return False
    return SequenceMatcher(None, name[: len(spelt)], spelt, autojunk=False).ratio() >= _SPELT_ALIKE


@lru_cache(maxsize=20_000)
def _spelt(name: str) -> tuple[str, ...]:
    readings = [load_dictionary().sounds(one)[:2] for one in name]
    return tuple("".join(each) for each in product(*readings))[:16] if all(readings) else ()


@lru_cache(maxsize=256)
def _names(text: str) -> tuple[str, ...]:
    """What may be a name: katakana, and words of Han characters that the dictionary does not render."""
    found = [one[0] for one in _KATAKANA.finditer(text)]
    known = [(one.start, one.end) for one in load_lexicon().find(text)]
    for sentence in read_sentences(text):
        run: list[tuple[int, int]] = []
        for word in sentence.words:
            written = text[word.start : word.end]
            if word.little or word.sort or not _may_be_named(written) or any(a <= word.start < b for a, b in known):
                found += _windows(text, run)
                run = []
            else:
                run.append((word.start, word.end))
        found += _windows(text, run)
    return tuple(found)


def _may_be_named(word: str) -> bool:
    known = load_dictionary().translate(word)
    return bool(_HAN.fullmatch(word)) and (len(word) == 1 or not known)


def _windows(text: str, run: Sequence[tuple[int, int]]) -> Iterator[str]:
    for at, (start, _) in enumerate(run):
        for _, end in run[at:]:
            if 2 <= end - start <= _LONGEST:
                yield text[start:end]


@lru_cache(maxsize=20_000)
def _heard(name: str) -> tuple[str, ...]:
    if _KATAKANA.fullmatch(name):
        sounds = (next((sound for sound, kana in _KANA.items() if one in kana), "") for one in name)
        return (re.sub(r"(.)\1+", r"\1", "".join(sounds)),)
    heard = [""]
    for character in name:
        readings = {_syllable(one) for one in load_dictionary().sounds(character)} or {""}
        heard = [one + reading for one in heard for reading in sorted(readings)][:16]
    return tuple(heard)


def _syllable(pinyin: str) -> str:
    opening = next((sound for letters, sound in _PINYIN if pinyin.startswith(letters)), "")
    return opening + ("N" if re.search(r"(?<=[aeiouv])ng?$", pinyin) else "L" if pinyin == "er" else "")


def _consonants(word: str, table: Sequence[tuple[str, str]]) -> str:
    found, at = "", 0
    while at < len(word):
        letters, sound = next(((one, sound) for one, sound in table if word.startswith(one, at)), (word[at], ""))
        found, at = found + sound, at + len(letters)
    return re.sub(r"(.)\1+", r"\1", found)


def _likeness(mine: str, other: str) -> float:
    """How much of two rows of consonants is alike, from 0 to 1, by the cheapest way to turn the one into the other."""
    row = [0.0]
    for sound in other:
        row.append(row[-1] + _cost(sound))
    whole = row[-1]
    for one in mine:
        following = [row[0] + _cost(one)]
        for at, sound in enumerate(other):
            turn = 0.0 if one == sound else 0.4 if frozenset((one, sound)) in _NEAR else 1.2
            following.append(min(row[at] + turn, row[at + 1] + _cost(one), following[-1] + _cost(sound)))
        row = following
    return 1 - row[-1] / max(whole, sum(map(_cost, mine)))


def _cost(sound: str) -> float:
    return 0.5 if sound in _WEAK else 1.0
