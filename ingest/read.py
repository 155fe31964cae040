"""A path becomes documents and failures: the one place that knows every format."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.digest import sha256_of
from ingest.formats import html, html_encoding, jsonl, markdown
from ingest.isolated.pdf import read_pdf
from ingest.isolated.sandbox import Limits
from ingest.metadata import kinds, manifest
from ingest.prose import language, text
from ingest.prose.clean import tidy
from ingest.records import Block, Document, Failure, Metadata, Page, Reason
from ingest.structure.title_block import set_apart

SUFFIXES = (".pdf", ".html", ".htm", ".md", ".markdown", ".txt", ".jsonl")


# Blocks of each page, and characters of all of these, by which the language is guessed.
_SAMPLE_BLOCKS = 20
_SAMPLE_CHARACTERS = 20_000

_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_UNKNOWN_LETTERS = "its letters cannot be told: it is not in UTF-8"
_UNLINK = "remove the link, or put the file in its place"
_PRINT = "open it in a browser, print it to a PDF and add that"
_MAY_READ = "give this user the right to read it, then add it again"


def find(paths: Sequence[Path]) -> Iterator[Path | Failure]:
    """The files to read: each path that is a file, and what lies in each that is a folder.

    Folders are walked in name order, to any depth. Hidden files, files of other kinds and links
    that leave the folder are passed over there; a file of another kind that is named directly is
    yielded, so that reading it says what is wrong. What is wrong in a `documents.csv` is yielded in
    place of the files that it is said of. A pipe, a socket, a device and a link that leads nowhere
    are failures.
    """
    told: set[Failure] = set()
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif path.exists():
            fault = manifest.not_plain(path) or manifest.fault_of(path)
            if fault not in told:
                yield fault or path
            if fault:
                told.add(fault)
        elif path.is_symlink():
            yield Failure(path, Reason.MISSING, "a link that leads nowhere", mend=_UNLINK)
        else:
            yield Failure(path, Reason.MISSING, "no such file or folder")


def _walk(folder: Path) -> Iterator[Path | Failure]:
    """The files in a folder, as `find` has them."""
    root = os.path.realpath(folder)  # not `resolve`, which raises for a link to itself
    refused: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from manifest.load(Path(parent)).failures
        for name in sorted(files):
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_symlink():
                if not Path(os.path.realpath(path)).is_relative_to(root):
                    continue
                if not path.exists():
                    yield Failure(path, Reason.MISSING, "a link that leads nowhere", mend=_UNLINK)
                    continue
            if fault := manifest.not_plain(path):
                yield fault
            elif not manifest.fault_of(path):
                yield path
    for error in refused:
        yield Failure(
            Path(error.filename), Reason.UNREADABLE, "the folder cannot be opened", mend=_MAY_READ
        )


def of_other_kinds(folder: Path) -> Iterator[Path]:
    """The files in a folder that `find` passes over for their kind, in name order.

    Left out are hidden files, those by which an office program marks a file as open ("~$"), and
    `documents.csv`.
    """
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        stating = manifest.path_in(Path(parent))
        for name in sorted(files):
            path = Path(parent, name)
            known = path.suffix.lower() in SUFFIXES or path == stating
            if not known and not name.startswith((".", "~")):
                yield path


def fingerprint(path: Path, limits: Limits) -> str | Failure:
    """The sha256 of a file, 64 hex digits, without reading it into memory."""
    try:
        size = path.stat().st_size
        if size == 0:
            return Failure(path, Reason.NOTHING_TO_READ, "the file is empty (0 bytes)")
        if size > limits.file_bytes:
            return Failure(path, Reason.TOO_LARGE, f"{size:,} bytes, over {limits.file_bytes:,}")
        return sha256_of(path)
    except OSError as error:
        return _unreadable(path, error)


def read(path: Path, file_sha256: str, limits: Limits) -> Iterator[Document | Failure]:
    """What a file holds: one document, or one for each line of JSONL; failures for what is wrong.

    `file_sha256` is the file's `fingerprint`. Never raises for what the file holds or for what
    the system refuses.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(SUFFIXES)
        yield Failure(path, Reason.UNSUPPORTED, f"no reader for this kind of file; known: {known}")
        return
    try:
        stated = manifest.stated_of(path)
        for part in reader(path, file_sha256, limits):
            if isinstance(part, Document):
                yield replace(part, metadata=part.metadata.replaced_by(stated))
            else:
                yield part
    except OSError as error:
        yield _unreadable(path, error)
    except html.TooDeepError:
        what = "its elements are nested too deep to be read"
        yield Failure(path, Reason.DAMAGED, what, mend=_PRINT)
    except html.MadeByScriptsError:
        what = "the file holds next to no words: scripts make the page's text"
        yield Failure(path, Reason.NOTHING_TO_READ, what, mend=_PRINT)
    except Exception as error:  # one file's, whatever it is: the others are still to be read
        why = " ".join(f"{type(error).__name__}: {error}".split())
        yield Failure(path, Reason.DAMAGED, f"it cannot be read: {why}", mend="save it again")


def _unreadable(path: Path, error: OSError) -> Failure:
    """The failure of a file that the system refuses to open."""
    if isinstance(error, FileNotFoundError):  # gone since it was found
        return Failure(path, Reason.MISSING, "no such file or folder")
    why = error.strerror or type(error).__name__
    return Failure(path, Reason.UNREADABLE, f"cannot be opened: {why}", mend=_MAY_READ)


def _read_pdf(path: Path, sha256: str, limits: Limits) -> Iterator[Document | Failure]:
    reading = read_pdf(path, limits)
    if isinstance(reading, Failure):
        yield reading
    else:
        yield _document(path, sha256, reading.metadata, reading.pages)


_Reader = Callable[[Path, str, Limits], Iterator[Document | Failure]]
_TextReader = Callable[[Path, str, bytes], Iterator[Document | Failure]]


def _of_text(reader: _TextReader) -> _Reader:
    """A reader of a file's bytes, which is given none that are clearly no text."""

    def read_file(path: Path, sha256: str, _limits: Limits) -> Iterator[Document | Failure]:
        data = path.read_bytes()
        if found := text.foreign(data):
            what, mend = found
            yield Failure(path, Reason.DAMAGED, f"{what}, whatever its name says", mend=mend)
        else:
            yield from reader(path, sha256, data)

    return read_file


@_of_text
def _read_jsonl(path: Path, sha256: str, data: bytes) -> Iterator[Document | Failure]:
    lines = 0
    for line in jsonl.read(data):
        lines += 1
        if isinstance(line, jsonl.BadLine):
            yield Failure(
                path,
                Reason.INVALID,
                line.message,
                f"line {line.number}",
                "mend the line, add again",
            )
        else:
            document = _document(path, sha256, line.metadata, line.pages)
            title = line.metadata.title or line.source_id
            yield replace(
                document,
                content_sha256=line.digest,
                source_id=line.source_id,
                metadata=replace(document.metadata, title=title),
            )
    if not lines:
        yield Failure(path, Reason.NOTHING_TO_READ, "the file has no lines")


def _of_prose(reader: _TextReader) -> _TextReader:
    """A reader of text that states no encoding: a web page goes to its own reader, and a text whose
    letters are not known is refused.
    """

    def read_data(path: Path, sha256: str, data: bytes) -> Iterator[Document | Failure]:
        if _WEB_PAGE.match(data):
            yield from _of_html(path, sha256, data)
        elif text.is_undecoded(data):
            yield Failure(path, Reason.DAMAGED, _UNKNOWN_LETTERS, mend="save it as text in UTF-8")
        else:
            yield from reader(path, sha256, data)

    return read_data


@_of_text
@_of_prose
def _read_text(path: Path, sha256: str, data: bytes) -> Iterator[Document | Failure]:
    pages = text.pages(text.decode(data))
    yield _unless_empty(_document(path, sha256, Metadata(), pages))


@_of_text
@_of_prose
def _read_markdown(path: Path, sha256: str, data: bytes) -> Iterator[Document | Failure]:
    metadata, blocks = markdown.read(text.decode(data))
    yield _unless_empty(_document(path, sha256, metadata, _one_page(blocks)))


def _of_html(path: Path, sha256: str, data: bytes) -> Iterator[Document | Failure]:
    if html_encoding.is_undecoded(data):
        yield Failure(path, Reason.DAMAGED, _UNKNOWN_LETTERS, mend="save it as a page in UTF-8")
        return
    metadata, blocks = html.read(data)
    yield _unless_empty(_document(path, sha256, metadata, _one_page(blocks)))


_READERS: dict[str, _Reader] = {
    ".pdf": _read_pdf,
    ".html": _of_text(_of_html),
    ".htm": _of_text(_of_html),
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".txt": _read_text,
    ".jsonl": _read_jsonl,
}


def _one_page(blocks: tuple[Block, ...]) -> tuple[Page, ...]:
    return (text.page(1, blocks),)


def _unless_empty(document: Document) -> Document | Failure:
    """The document, or a failure where it has no words."""
    if any(page.blocks for page in document.pages):
        return document
    return Failure(document.path, Reason.NOTHING_TO_READ, "the file holds no words")


def _document(path: Path, sha256: str, metadata: Metadata, pages: tuple[Page, ...]) -> Document:
    """A document, with a guess at its title, language and kind where the file states none.

    Its title block is set apart from the text, which takes the title.
    """
    title = metadata.title or _title_from_name(path)
    sample = " ".join(block.text for page in pages for block in page.blocks[:_SAMPLE_BLOCKS])
    sample = sample[:_SAMPLE_CHARACTERS]
    stated = replace(
        metadata,
        title=title,
        language=metadata.language or language.guess(sample),
        kind=metadata.kind or kinds.guess(title, path.stem),
    )
    return Document(path, sha256, sha256, stated, set_apart(pages, title))


def _title_from_name(path: Path) -> str:
    """The name of a file without its ending as a title; the whole name where that has no words."""
    name = text.file_name(path)
    words = Path(name).stem.replace("_", " ").replace("-", " ")
    return tidy(words) or name
