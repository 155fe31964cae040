"""Files that a curator uploads: many at once, each streamed to disk. One that is refused keeps no
other from being taken in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, Any

from flask import Blueprint, Request, g, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from index.curating import incoming
from index.curating.incoming import RefusedError, Upload
from index.rows import shelf
from ingest.read import SUFFIXES
from web.context import current
from web.context.problems import json_response
from web.guard import access
from web.guard.bodies import LARGEST_UPLOAD, UPLOAD_PATH

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from werkzeug.formparser import FormDataParser

blueprint = Blueprint("upload", __name__)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What came of one file.

    job: the number of the job that reads it; None where the file was refused. refused: why, or
    empty. address: of the document that has the same bytes, where there is one.
    """

    name: str
    job: int | None
    refused: str = ""
    address: str = ""


class Incoming:
    """A file of a form on its way to disk. What comes after it was refused is passed over, so that
    the parser goes on to the next file. refused: why, or None.
    """

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.refused: RefusedError | None = None

    def write(self, data: bytes) -> int:
        """Take in more of the file."""
        if self.refused is None:
            try:
                self.upload.write(data)
            except RefusedError as error:
                self.refused = error
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As for files; the parser goes back to the beginning of each."""
        return 0 if self.refused else self.upload.seek(offset, whence)

    def close(self) -> None:
        """Leave nothing behind, unless it was kept."""
        self.upload.discard()


class FormRequest(Request):
    """A request whose uploaded files are written to incoming/ as they come, and nowhere else."""

    def __init__(self, environ: WSGIEnvironment, *rest: Any, **named: Any) -> None:
        super().__init__(environ, *rest, **named)
        if self.path == UPLOAD_PATH:
            self.max_content_length = LARGEST_UPLOAD

    def make_form_data_parser(self) -> FormDataParser:
        """The usual parser; at the address of uploads one that streams files to the library."""
        parser = super().make_form_data_parser()
        if self.path == UPLOAD_PATH:
            parser.stream_factory = _opened
        return parser


def _opened(*_: Any, **__: Any) -> IO[bytes]:
    part = Incoming(Upload(current.library().home))
    g.setdefault("parts", []).append(part)
    return part  # type: ignore[return-value] # as much of a file as the parser asks for


@blueprint.teardown_app_request
def _discard(_: BaseException | None) -> None:
    for part in g.get("parts", []):
        part.close()


@blueprint.get(UPLOAD_PATH)
def form() -> str:
    """Where files are chosen."""
    return _page([])


@blueprint.post(UPLOAD_PATH)
def receive() -> Response | str:
    """Take in `files`; what came of each, as JSON for the script and else as a page.

    :raise 400: when the form's token is wrong, or no file was sent. :raise 403: without a session.
    :raise 413: when all of them together are too large.
    """
    outcomes = [_taken(file) for file in request.files.getlist("files") if file.filename]
    if access.TOKEN_HEADER in request.headers:
        return json_response({"files": [asdict(outcome) for outcome in outcomes]})
    return _page(outcomes)


def _taken(file: FileStorage) -> FileOutcome:
    name = file.filename or ""
    part: Incoming = file.stream  # type: ignore[assignment] # made by `_opened`
    try:
        if part.refused is not None:
            raise part.refused
        job = part.upload.keep(current.library(), name, access.who())
    except RefusedError as error:
        said, where = str(error), _address(error.document_id)
        # The page shows the name beside the message.
        said = f"it {said.removeprefix(f'{name} ')}" if said.startswith(f"{name} ") else said
        said = said.removeprefix(f"{name}: ")
        return FileOutcome(name, None, said, where)
    except OSError as error:
        return FileOutcome(name, None, f"it could not be kept: {error.strerror or error}")
    return FileOutcome(job.name, job.job_id)


def _address(document_id: str) -> str:
    """The address of a document in the library, a draft or the bin; empty if it is in none."""
    with current.library().catalog() as catalog:
        if catalog.documents_by_id([document_id]):
            return url_for("documents.document", document_id=document_id)
        try:
            state = shelf.get(catalog.connection, document_id).state
        except KeyError:
            return ""
    if state is shelf.ShelfState.DRAFT:
        return url_for("drafts.draft", document_id=document_id)
    return url_for("desk.bin_page")


def _page(outcomes: Sequence[FileOutcome]) -> str:
    return render_template(
        "upload.html",
        outcomes=outcomes,
        suffixes=SUFFIXES,
        largest=incoming.LARGEST_BYTES,
        largest_body=LARGEST_UPLOAD,
    )
