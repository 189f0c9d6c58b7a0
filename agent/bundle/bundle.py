"""The noun Bundle: an answer with all that proves it; how it is made, saved to one file and read back.

    manifest.json                  kind, format, of every other file its length and SHA-256, and the seal over all that
    answer.json                    the answer, its quotes and calculations, the documents, pages, settings, versions
    answer.md, answer.html         the same for people
    pages/<document>-<page>.txt    the normalised text of each page that a quote stands on

docs/bundle.md tells every field.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from agent.answer import Answer, Calculation, Citation
from agent.bundle.archive import pack, unpack
from agent.bundle.records import Hooks, Json, Misshapen, from_plain, to_plain
from agent.bundle.versions import program_versions
from agent.bundle.webpage import render_html
from agent.calculator import Result
from agent.confidence import MOST_PASSAGES
from agent.errors import BundleError, CalculationError
from agent.rendering import render_markdown
from agent.settings import Settings
from corpus.document import Document, Language, Mark, Page, Passage
from corpus.errors import AnalystError
from indexes.index import Index

KIND = "cpo-analyst answer bundle"
FORMAT = 1
"""To be raised when what a field means changes; a field that is added needs no new format."""

MANIFEST, ANSWER, MARKDOWN, HTML = "manifest.json", "answer.json", "answer.md", "answer.html"
_ID = r"[0-9A-Za-z_]{1,64}"
_NAMES = re.compile(rf"manifest\.json|answer\.(?:json|md|html)|pages/{_ID}-[1-9][0-9]{{0,6}}\.txt", re.ASCII)
_MOST_CLAIMS = 200
_MOST_PROOFS = 200
_LONGEST_QUESTION = 20_000
_LONGEST_CLAIM = 5_000
_LONGEST_PASSAGE = 5_000
_MOST_PASSAGES = 5_000
_MOST_QUOTES = 1_000
_MOST_CALCULATIONS = 500


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the answer quotes, without its pages; see corpus.document.Document."""

    id: str
    sha256: str
    path: str
    media_type: str
    language: Language
    title: str
    publisher: str
    published: str
    source: str
    authority: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredPage:
    """The text of a page, as it was when it was quoted, with its passages."""

    document_id: str
    number: int
    label: str
    text: str
    passages: tuple[Passage, ...]

    @property
    def file(self) -> str:
        """Its name in the bundle."""
        return f"pages/{self.document_id}-{self.number}.txt"


@dataclass(frozen=True)
class Bundle:
    """An answer with all that proves it.

    Attributes:
        earlier: The questions asked before in the same conversation, oldest first: their numbers are the user's too.
        settings: What was set, by name; of folders only their names, of addresses no account.
        versions: What the answer was made with, by name; see agent.bundle.versions.
        sources: The documents quoted.
        pages: The pages quoted, and those on which the headings above a quote stand.
        weighed: The passages that the answer's confidence was read from.
        seal: The SHA-256 of what the manifest says of all files; "" in a bundle just made.
        faults: What in the file is not as its manifest has it, or not as the answer has it; () in a bundle just made.
    """

    answer: Answer
    earlier: tuple[str, ...]
    settings: Mapping[str, str | int | float | bool | None]
    versions: Mapping[str, str]
    sources: tuple[Source, ...]
    pages: tuple[StoredPage, ...]
    weighed: tuple[Passage, ...] = ()
    faults: tuple[str, ...] = ()
    seal: str = field(default="", compare=False)

    @cached_property
    def quotes(self) -> tuple[Citation, ...]:
        """Every citation anywhere in the answer, each once, in the order in which they come."""
        return tuple(dict.fromkeys(_found(self.answer, Citation)))

    @cached_property
    def calculations(self) -> tuple[Calculation, ...]:
        """Every calculation anywhere in the answer, each once, in the order in which they come."""
        return tuple(dict.fromkeys(_found(self.answer, Calculation)))

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Document id → the document with those of its pages that are stored, which have no blocks."""
        stored: dict[str, list[Page]] = {}
        for page in self.pages:
            stored.setdefault(page.document_id, []).append(Page(page.number, page.label, page.text, ()))
        return {
            one.id: Document(
                one.id, one.title, one.publisher, one.published, one.language, one.path, one.sha256, one.media_type,
                tuple(stored.get(one.id, ())), one.source, one.authority, one.marks,
            )
            for one in self.sources
        }  # fmt: skip

    @cached_property
    def lines(self) -> Mapping[str, frozenset[str]]:
        """Document id → the lines of its stored pages."""
        return {
            one.id: frozenset(line for page in one.pages for line in page.text.split("\n"))
            for one in self.documents.values()
        }

    @cached_property
    def texts(self) -> Mapping[tuple[str, int], str]:
        """Document id and page number → the text of the stored page."""
        return {(page.document_id, page.number): page.text for page in self.pages}

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Passage id → passage, of the stored pages."""
        return {passage.id: passage for page in self.pages for passage in page.passages}

    @property
    def same_program(self) -> bool:
        """Whether this very program made it, so that each byte must come out again."""
        return self.versions.get("code") == program_versions()["code"]


def _found(value: Any, kind: type) -> Iterator[Any]:
    """Everything of a type inside nouns and tuples of them, what is innermost first."""
    if isinstance(value, tuple):
        yield from chain.from_iterable(_found(one, kind) for one in value)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Result):
        for field in fields(value):
            yield from _found(getattr(value, field.name), kind)
        if isinstance(value, kind):
            yield value


# --- Making -----------------------------------------------------------------------------------------------------------


def make_bundle(answer: Answer, *, index: Index, settings: Settings, earlier: Sequence[str] = ()) -> Bundle:
    """The bundle of an answer just made.

    Args:
        index: The index that was asked.
        settings: What was set when it was asked.
        earlier: The questions asked before in the same conversation, oldest first.
    """
    cited = list(dict.fromkeys(_found(answer, Citation)))
    places = {(one.document_id, number) for one in cited for number in _page_numbers(one, index)}
    documents = [index.documents[id_] for id_ in sorted({id_ for id_, _ in places})]
    return Bundle(
        answer=_timeless(answer),
        earlier=tuple(earlier),
        settings={field.name: _told(getattr(settings, field.name)) for field in fields(settings)},
        versions={
            **program_versions(),
            "encoder": index.embedder.name,
            "encoder fingerprint": index.embedder.fingerprint,
        },
        sources=tuple(map(_source, documents)),
        pages=tuple(_stored(id_, number, index) for id_, number in sorted(places)),
        weighed=tuple(map(index.passage, answer.weighed)),
    )


def _timeless(answer: Answer) -> Answer:
    """The answer without the time it took, where it took no tokens: asked again it gives the same file."""
    usage = answer.usage
    taken = usage.seconds if usage.input_tokens + usage.output_tokens else 0.0
    return replace(answer, usage=replace(usage, seconds=taken))


def _page_numbers(citation: Citation, index: Index) -> Iterator[int]:
    """The page of a quote, and the nearest before it on which each heading above it and its table's head stand."""
    yield citation.page
    pages = [page for page in index.documents[citation.document_id].pages if page.number <= citation.page]
    for words in filter(None, (*citation.section, citation.header)):
        yield from [page.number for page in reversed(pages) if words in page.text.split("\n")][:1]


def _stored(document_id: str, number: int, index: Index) -> StoredPage:
    page = index.documents[document_id].page(number)
    return StoredPage(document_id, number, page.label, page.text, tuple(index.page_passages(document_id, number)))


def _source(document: Document) -> Source:
    return Source(**{field.name: getattr(document, field.name) for field in fields(Source)})


def _told(value: object) -> str | int | float | bool | None:
    """A setting as it may be handed on: no folder of the user's, no account or key in an address."""
    if isinstance(value, Path):
        return value.name
    if isinstance(value, str) and "://" in value:
        try:
            parts = urlsplit(value)
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
    if isinstance(value, str) and ("/" in value or "\\" in value):
        return Path(value.replace("\\", "/")).name if Path(value).is_absolute() else value
    return value if isinstance(value, str | int | float | bool | None) else str(value)


# --- Saving -----------------------------------------------------------------------------------------------------------


def check_target(path: Path) -> None:
    """Make sure, before a question is asked, that its bundle can be saved.

    Raises:
        BundleError: The name ends in something else than .zip, or the folder is not there.
    """
    if path.suffix.lower() != ".zip":
        raise BundleError("a bundle is a .zip file", where=str(path), next_step="name one that ends in .zip")
    if path.is_dir() or not path.parent.is_dir():
        what = "this is a folder" if path.is_dir() else "there is no such folder"
        raise BundleError(what, where=str(path), next_step="name a .zip file in a folder that exists")


def save_bundle(bundle: Bundle, path: Path) -> str:
    """Write a bundle to a file, in place of one that was there; half a file is never left.

    Returns:
        Its seal: one SHA-256 over all that it holds, in hexadecimal.

    Raises:
        BundleError: It cannot be written.
    """
    check_target(path)
    members = _members(bundle)
    content = pack(members)
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise BundleError(
            f"it cannot be written ({error.strerror})", where=str(path), next_step="free some space or choose a folder"
        ) from error
    seal: str = json.loads(members[MANIFEST])["seal"]
    return seal


def pack_bundle(bundle: Bundle) -> bytes:
    """A bundle as the bytes of its file: the same bytes for the same answer."""
    return pack(_members(bundle))


def _members(bundle: Bundle) -> dict[str, bytes]:
    members = {
        ANSWER: _json(_answer_data(bundle)),
        MARKDOWN: render_markdown(bundle.answer).encode(),
        HTML: render_html(bundle.answer).encode(),
        **{page.file: page.text.encode() for page in bundle.pages},
    }
    files = {name: {"size": len(content), "sha256": _sha256(content)} for name, content in sorted(members.items())}
    manifest = {"kind": KIND, "format": FORMAT, "files": files}
    return members | {MANIFEST: _json(manifest | {"seal": _seal(manifest)})}


def _seal(manifest: Mapping[str, Json]) -> str:
    """One hash over all: whoever noted it can tell any later change, also one whose other hashes agree."""
    sealed = {name: value for name, value in manifest.items() if name != "seal"}
    return _sha256(json.dumps(sealed, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode())


def _answer_data(bundle: Bundle) -> Json:
    """``answer.json``: quotes and calculations in lists of their own, to which the answer points by number and id."""
    numbers = {citation: number for number, citation in enumerate(bundle.quotes, 1)}
    quoting: Hooks = {Citation: numbers.__getitem__, Result: Result.to_json}
    pointing: Hooks = {**quoting, Calculation: lambda one: one.id}
    sources = {one.id: one for one in bundle.sources}
    pages = {(one.document_id, one.number): one for one in bundle.pages}
    return {
        "format": FORMAT,
        "versions": dict(bundle.versions),
        "settings": dict(bundle.settings),
        "earlier": list(bundle.earlier),
        "answer": to_plain(bundle.answer, pointing),
        "quotes": [
            {
                "number": number,
                **to_plain(one),
                "quote_sha256": _sha256(one.quote.encode()),
                "page_sha256": _sha256(pages[one.document_id, one.page].text.encode()),
                "document_sha256": sources[one.document_id].sha256,
            }
            for one, number in numbers.items()
        ],
        "calculations": [to_plain(one, quoting) for one in bundle.calculations],
        "documents": [to_plain(one) for one in bundle.sources],
        "pages": [_page_data(one) for one in bundle.pages],
        "weighed": [to_plain(one) for one in bundle.weighed],
    }


def _page_data(page: StoredPage) -> Json:
    kept = ("id", "start", "end", "language", "section", "header")
    return {
        "file": page.file,
        "document_id": page.document_id,
        "number": page.number,
        "label": page.label,
        "sha256": _sha256(page.text.encode()),
        "passages": [{name: to_plain(getattr(one, name)) for name in kept} for one in page.passages],
    }


def _json(data: Json) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- Reading ----------------------------------------------------------------------------------------------------------


def read_bundle(path: Path) -> Bundle:
    """The bundle in a file; what in it does not agree with itself is among its ``faults``.

    Raises:
        BundleError: There is no such file, it is no bundle, or one of a later format.
    """
    where = str(path)
    members = unpack(path, _NAMES)
    if MANIFEST not in members or ANSWER not in members:
        raise BundleError("it is no answer bundle", where=where, next_step="name a file that cpo ask --bundle wrote")
    manifest = _load(members[MANIFEST], f"{where}: {MANIFEST}")
    _check_format(manifest, where)
    try:
        bundle = _read_answer(_load(members[ANSWER], f"{where}: {ANSWER}"), members)
    except (Misshapen, UnicodeDecodeError) as error:
        raise BundleError(
            f"{ANSWER} has not the shape of an answer ({error})", where=where,
            next_step="do not trust it; ask for the bundle as --bundle wrote it",
        ) from error  # fmt: skip
    faults = (*_manifest_faults(manifest, members), *bundle.faults, *_shown_faults(bundle, members))
    return replace(bundle, faults=faults, seal=_seal(manifest))


def _load(content: bytes, where: str) -> Json:
    """JSON that says one thing by one name, without numbers that are none."""

    def refuse(what: str) -> NoReturn:
        raise BundleError(what, where=where, next_step="do not trust it; ask for the bundle as --bundle wrote it")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
        return refuse(f"it holds {twice[0][:40]!r} twice in one object") if twice else dict(pairs)

    try:
        return json.loads(content.decode(), object_pairs_hook=once, parse_constant=lambda name: refuse(f"holds {name}"))
    except RecursionError:
        refuse("it is nested too deeply")
    except ValueError:  # also a whole number of thousands of digits
        refuse("it is no JSON that can be read")


def _check_format(manifest: Json, where: str) -> None:
    kind, number = (manifest.get("kind"), manifest.get("format")) if isinstance(manifest, dict) else (None, None)
    if kind != KIND or type(number) is not int or not isinstance(manifest.get("files"), dict):
        raise BundleError("it is no answer bundle", where=where, next_step="name a file that cpo ask --bundle wrote")
    if not 1 <= number <= FORMAT:
        raise BundleError(
            f"it is of format {str(number)[:20]}, and this program knows formats up to {FORMAT}", where=where,
            next_step="update cpo-analyst",
        )  # fmt: skip


def _manifest_faults(manifest: Json, members: Mapping[str, bytes]) -> Iterator[str]:
    files = manifest["files"]
    for name in sorted(set(files) - set(members)):
        yield f"{name[:80]} is in the manifest and not in the bundle"
    for name in sorted(set(members) - set(files) - {MANIFEST}):
        yield f"{name} is in the bundle and not in the manifest"
    for name in sorted(set(members) & set(files)):
        if files[name] != {"size": len(members[name]), "sha256": _sha256(members[name])}:
            yield f"{name} is not the file that the manifest tells of"
    if "seal" not in manifest:
        yield "the manifest has no seal"
    elif manifest["seal"] != _seal(manifest):
        yield "the manifest has another seal than its own rows give"


def _shown_faults(bundle: Bundle, members: Mapping[str, bytes]) -> Iterator[str]:
    """The pages for people must say what the answer says; another version of the program may say it in other words."""
    if not bundle.same_program:
        return
    for name, render in ((MARKDOWN, render_markdown), (HTML, render_html)):
        try:
            same = members.get(name) == render(bundle.answer).encode("utf-8", "replace")
        except (AnalystError, LookupError, TypeError, ValueError):  # no answer of ours: an unknown formula, or input
            same = False
        if not same:
            yield f"{name} does not say what {ANSWER} says"


def _read_answer(data: Json, members: Mapping[str, bytes]) -> Bundle:
    """``answer.json`` as a Bundle.

    Raises:
        Misshapen: It is none.
    """
    wanted = ("format", "versions", "settings", "earlier", "answer", "quotes", "calculations", "documents", "pages")
    if not isinstance(data, dict) or not set(wanted) <= set(data) <= {*wanted, "weighed"}:
        raise Misshapen("it should hold " + ", ".join(wanted))
    faults: list[str] = []
    quotes = _read_quotes(data["quotes"], faults)
    calculations = _read_calculations(data["calculations"], quotes)
    hooks: Hooks = {
        Citation: lambda number: quotes[_key(number, int)],
        Calculation: lambda id_: calculations[_key(id_, str)],
    }
    answer = from_plain(Answer, data["answer"], hooks, "answer")
    _check_size(answer)
    settings = from_plain(Mapping[str, str | int | float | bool | None], data["settings"], where="settings")
    pages = tuple(_read_page(row, members, faults) for row in _rows(data["pages"], "pages"))
    if sum(len(page.passages) for page in pages) > _MOST_PASSAGES:
        raise Misshapen(f"more than {_MOST_PASSAGES:,} passages")
    bundle = Bundle(
        answer=answer,
        earlier=from_plain(tuple[str, ...], data["earlier"], where="earlier"),
        settings=settings,
        versions=from_plain(Mapping[str, str], data["versions"], where="versions"),
        sources=from_plain(tuple[Source, ...], data["documents"], where="documents"),
        pages=pages,
        weighed=_read_weighed(data.get("weighed", []), answer),
    )
    faults += _inner_faults(bundle, data, quotes.values(), calculations.values(), members)
    return replace(bundle, faults=tuple(faults))


def _check_size(answer: Answer) -> None:
    """Refuse what no model may draft and no answer has: judging it would take for ever."""
    claims = (*answer.claims, *answer.unsupported)
    if len(answer.question) > _LONGEST_QUESTION:
        raise Misshapen(f"a question of more than {_LONGEST_QUESTION:,} characters")
    if len(claims) > _MOST_CLAIMS:
        raise Misshapen(f"more than {_MOST_CLAIMS} claims")
    for claim in claims:
        if max(len(claim.citations), len(claim.calculations)) > _MOST_PROOFS or len(claim.text) > _LONGEST_CLAIM:
            raise Misshapen(f"a claim of more than {_LONGEST_CLAIM:,} characters or {_MOST_PROOFS} quotes")


def _read_weighed(data: Json, answer: Answer) -> tuple[Passage, ...]:
    """The passages weighed: those that the answer names, in its order."""
    weighed: tuple[Passage, ...] = from_plain(
        tuple[Passage, ...], _rows(data, "weighed", MOST_PASSAGES), where="weighed"
    )
    if any(len(one.text) > _LONGEST_PASSAGE for one in weighed):
        raise Misshapen(f"weighed: a passage of more than {_LONGEST_PASSAGE:,} characters")
    if tuple(one.id for one in weighed) != answer.weighed:
        raise Misshapen("weighed: other passages than the answer names")
    return weighed


def _key(value: Json, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(type(value).__name__)
    return value


def _rows(data: Json, where: str, most: int = _MOST_QUOTES) -> list[dict[str, Any]]:
    if not isinstance(data, list) or len(data) > most or not all(isinstance(row, dict) for row in data):
        raise Misshapen(f"{where}: no list of at most {most:,} objects")
    return data


_HASHES = ("quote_sha256", "page_sha256", "document_sha256")


def _read_quotes(data: Json, faults: list[str]) -> dict[int, Citation]:
    quotes = {}
    for number, row in enumerate(_rows(data, "quotes"), 1):
        kept = {name: one for name, one in row.items() if name not in (*_HASHES, "number")}
        quotes[number] = from_plain(Citation, kept, where=f"quotes[{number - 1}]")
        if row.get("number") != number:
            raise Misshapen(f"quotes[{number - 1}]: out of order")
        if row.get("quote_sha256") != _sha256(quotes[number].quote.encode("utf-8", "replace")):
            faults.append(f"quote {number} has another SHA-256 than it is said to have")
    return quotes


def _read_calculations(data: Json, quotes: Mapping[int, Citation]) -> dict[str, Calculation]:
    hooks: Hooks = {Citation: lambda number: quotes[_key(number, int)], Result: _read_result}
    found: dict[str, Calculation] = {}
    for n, row in enumerate(_rows(data, "calculations", _MOST_CALCULATIONS)):
        one = from_plain(Calculation, row, hooks, f"calculations[{n}]")
        if one.id in found:
            raise Misshapen(f"calculations[{n}]: {one.id[:20]!r} a second time")
        found[one.id] = one
    return found


def _read_result(data: Json) -> Result:
    try:
        return Result.from_json(data)
    except CalculationError as error:
        raise ValueError(error.what) from error


def _read_page(row: Mapping[str, Json], members: Mapping[str, bytes], faults: list[str]) -> StoredPage:
    kept = {name: row.get(name) for name in ("document_id", "number", "label")}
    page: StoredPage = from_plain(StoredPage, kept | {"text": "", "passages": []}, where="pages")
    if page.file not in members or row.get("file") != page.file:
        raise Misshapen(f"pages: {page.file[:80]} is not there")
    content = members[page.file]
    if row.get("sha256") != _sha256(content):
        faults.append(f"{page.file} has another SHA-256 than {ANSWER} says")
    text = content.decode()
    passages = [
        {**one, "document_id": page.document_id, "page": page.number, "text": ""}
        for one in _rows(row.get("passages"), "passages", _MOST_PASSAGES)
    ]
    read = from_plain(tuple[Passage, ...], passages, where=f"{page.file}: passages")
    if not all(0 <= one.start < one.end <= min(len(text), one.start + _LONGEST_PASSAGE) for one in read):
        raise Misshapen(f"{page.file}: a passage beyond its end, or of more than {_LONGEST_PASSAGE:,} characters")
    return replace(page, text=text, passages=tuple(replace(one, text=text[one.start : one.end]) for one in read))


def _inner_faults(
    bundle: Bundle,
    data: Mapping[str, Json],
    quotes: Iterable[Citation],
    calculations: Iterable[Calculation],
    members: Mapping[str, bytes],
) -> Iterator[str]:
    """What the parts of ``answer.json`` say of each other and is not so."""
    pages = {(one.document_id, one.number): _sha256(one.text.encode()) for one in bundle.pages}
    sources = {one.id: one.sha256 for one in bundle.sources}
    if len(pages) < len(bundle.pages) or len(sources) < len(bundle.sources):
        yield "a page or a document is told of twice"
    for row, one in zip(data["quotes"], quotes, strict=True):
        if row.get("page_sha256") != pages.get((one.document_id, one.page)):
            yield f"quote {row['number']} is of another page than the one in the bundle"
        if row.get("document_sha256") != sources.get(one.document_id):
            yield f"quote {row['number']} is of another document than the one told of"
    for name in sorted(name for name in members if name.startswith("pages/")):
        if name not in {page.file for page in bundle.pages}:
            yield f"{name} is of no page that {ANSWER} tells of"
    if set(quotes) != set(bundle.quotes) or set(calculations) != set(bundle.calculations):
        yield f"{ANSWER} holds a quote or a calculation that no part of the answer rests on"
