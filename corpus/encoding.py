"""Decode a text file whose encoding nobody wrote down."""

import codecs
import re

from corpus.errors import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset\s*=\s*[\"']?|\?xml[^>]{0,100}encoding\s*=\s*[\"'])([\w-]{3,20})", re.IGNORECASE
)
# Double-byte encodings put their everyday characters in one zone of lead bytes and the rare ones in another. Text read
# in the wrong encoding is spread over both, so the share in the everyday zone tells a right reading from a wrong one.
_EVERYDAY: dict[str, tuple[tuple[int, int], ...]] = {
    "gb18030": ((0xA1, 0xA3), (0xB0, 0xD7)),
    "big5": ((0xA1, 0xA3), (0xA4, 0xC6)),
    "shift_jis": ((0x81, 0x83), (0x88, 0x97)),
    "euc_jp": ((0xA1, 0xA1), (0xA3, 0xA5), (0xB0, 0xCF)),
}
_KANA = "のにはをたがでとしてれさあいもなかるらこうすりまきっよくつんそせけめみえおちどだわろ、。ーン"
_COMMON = {
    "gb18030": "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下",
    "big5": "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下",
    "shift_jis": _KANA,
    "euc_jp": _KANA,
}
_WESTERN = frozenset("‘’“”–—…•·€£¥©®™°±²³µ½¼¾×§\xa0éèêëáàâäãåçíìîïñóòôöõøúùûüßæœÉÈÁÀÂÄÅÇÍÑÓÖØÚÜ")
_LEAST_EVERYDAY = 0.85
_LEAST_COMMON = 0.06
_ENOUGH = 40
_MOST_FOREIGN = 0.15
_SAMPLE = 200_000


def decode(raw: bytes) -> str:
    """The text of a file.

    A byte-order mark decides, then UTF-8 (other encodings hardly ever pass for it), then what an HTML page declares,
    then the double-byte encoding in which the characters are everyday ones, then Western text with a few accents.

    Raises:
        ReadingError: The bytes are no text, or in no encoding they can be shown to be in.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, name)
    if b"\0" in raw[:_SAMPLE]:
        raise ReadingError("it is a binary file, not text", next_step="give a text, Markdown, HTML, PDF or DOCX file")
    if _is_valid(raw, "utf-8"):
        return raw.decode("utf-8")
    declared = _DECLARED.search(raw[:4096])
    if declared:
        return _strictly(raw, declared.group(1).decode("ascii"))
    scores = {name: _everyday_share(raw[:_SAMPLE], name) for name in _EVERYDAY}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _LEAST_EVERYDAY:
        return _strictly(raw, best)
    if _is_western(raw):
        return _strictly(raw, "cp1252")
    raise ReadingError("its text encoding could not be told", next_step="save it as UTF-8")


def _strictly(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except LookupError as error:
        raise ReadingError(f"it declares an encoding nobody knows ({name})", next_step="save it as UTF-8") from error
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"it is not valid {name} from byte {error.start} on", next_step="save it as UTF-8"
        ) from error


def _is_valid(raw: bytes, name: str) -> bool:
    try:
        raw.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _everyday_share(sample: bytes, name: str) -> float:
    """Share of the non-ASCII characters that are everyday ones in that encoding; 0 where it cannot be the right one."""
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(sample)
    except UnicodeDecodeError:
        return 0.0
    foreign = [character for character in text if not character.isascii()]
    common = sum(character in _COMMON[name] for character in foreign)
    if not foreign or (len(foreign) >= _ENOUGH and common < _LEAST_COMMON * len(foreign)):
        return 0.0
    leads = (character.encode(name)[:2] for character in foreign)
    zones = _EVERYDAY[name]
    return sum(len(lead) == 2 and any(low <= lead[0] <= high for low, high in zones) for lead in leads) / len(foreign)


def _is_western(raw: bytes) -> bool:
    """Whether the file reads as ASCII with some curly quotes and accents, each accent beside a plain letter."""
    if not _is_valid(raw, "cp1252"):
        return False
    text = raw.decode("cp1252")
    foreign = [character for character in text if not character.isascii()]
    return len(foreign) <= _MOST_FOREIGN * len(text) and all(character in _WESTERN for character in foreign)
