"""Made-up and mutilated text through every parser of text from outside: each gives what it reads
or says in its own words what is wrong; none raises anything else.

`make fuzz` tries three thousand of each, other ones each time.
"""

import io
import json
import os
import tarfile
from pathlib import Path

import hypothesis
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest

from corpus import taxonomy
from corpus.taxonomy import TaxonomyError
from index.derived import filters
from index.derived.filters import Filters
from index.files.csv_rows import HeaderError
from index.files.home import Home
from index.kept.download import DownloadError, _place
from index.library import Library
from index.rows.database import LibraryError
from index.tagging import texts
from index.transfer import backup, restore
from ingest.isolated.sandbox import Limits
from ingest.metadata import manifest
from ingest.read import read
from ingest.records import Document, Failure, Reason
from search.batches.limits import limited
from search.batches.question_readers import READERS, piped
from search.batches.questions import BadQuestion, Question
from search.measuring.qrels import QrelsError, read_qrels
from web.app import create_app
from web.json_api.paging import page_of

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))


def tried(few: int) -> hypothesis.settings:
    """So many examples, the same each time; or FUZZ_EXAMPLES, new ones each time."""
    return hypothesis.settings(
        max_examples=EXAMPLES or few,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )


CRUMBS = st.sampled_from(
    "question text id goal year kind file title url { } [ ] \" ' , ; : \\ \n \r\n \t \0 \ufeff "
    "null true 1e999 -0 NaN 2010.. ..2018 \ud800 \udc80 é 中 \u202e ² ١٢ [[ ]] = # --- ..".split(
        " "
    )
)
ROUGH = st.lists(st.one_of(CRUMBS, st.text(max_size=12)), max_size=30).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
ENTRY = st.dictionaries(
    st.sampled_from("id question text goal activity year kind document title url".split()) | ROUGH,
    JSON | ROUGH,
    max_size=6,
)


def mutilated(whole: bytes, data: st.DataObject, most: int = 4) -> bytes:
    """The bytes with a few stretches cut, doubled, replaced, or their bits flipped."""
    for _ in range(data.draw(st.integers(1, most))):
        at = data.draw(st.integers(0, max(0, len(whole) - 1)))
        length = data.draw(st.integers(0, 60))
        stretch = whole[at : at + length]
        put = data.draw(
            st.sampled_from([b"", stretch * 2, bytes(byte ^ 0x40 for byte in stretch)])
            | st.binary(max_size=12)
        )
        whole = whole[:at] + put + whole[at + length :]
    return whole


def from_piped(lines):
    reader, rest = piped(lines)
    return reader(rest)


@pytest.mark.parametrize("read_lines", [*READERS.values(), from_piped])
def test_questions(read_lines) -> None:
    @tried(60)
    @given(st.lists(ROUGH | ENTRY.map(json.dumps), max_size=8))
    def check(lines: list[str]) -> None:
        text = io.StringIO("\n".join(lines), newline="")
        try:
            items = list(read_lines(text))
        except HeaderError:
            return
        for found in items:
            assert isinstance(found, Question | BadQuestion)
            if isinstance(found, Question):
                assert found.id
                assert found.text.strip()
                found.text.encode()
            else:
                assert found.message
                assert "\n" not in found.message

    check()


@pytest.mark.parametrize("ending", ["", ".csv", ".jsonl"])
def test_texts_to_be_tagged(ending: str) -> None:
    @tried(60)
    @given(st.lists(ROUGH | ENTRY.map(json.dumps), max_size=8))
    def check(lines: list[str]) -> None:
        try:
            items = list(texts.read(io.StringIO("\n".join(lines), newline=""), ending))
        except HeaderError as error:
            assert "\n" not in str(error)
            return
        good = [item for item in items if isinstance(item, texts.Text)]
        assert len({str(item.id) for item in good}) == len(good)
        for found in items:
            if isinstance(found, texts.Text):
                assert found.text.strip()
                found.text.encode()
            else:
                assert "\n" not in found.message

    check()


@tried(150)
@given(text=ROUGH | st.from_regex(r"-?[0-9]{0,30}(\.\.-?[0-9]{0,30})?", fullmatch=True))
def test_years(library: Library, text: str) -> None:
    try:
        years = filters.parse_years(text)
    except ValueError as error:
        assert text[:40] in str(error)
        return
    assert years[0] <= years[1]
    with library.catalog() as catalog:
        filters.allowed(catalog.connection, Filters(years=years))


@tried(80)
@given(
    limits=st.dictionaries(
        st.sampled_from(list(filters.NAMES)),
        st.lists(ROUGH | st.sampled_from(["motivational", "report", "2015"]), max_size=3).map(
            tuple
        ),
    )
)
def test_limits_of_a_question(library: Library, limits: dict[str, tuple[str, ...]]) -> None:
    try:
        found = limited(Filters(), limits, library.taxonomy, {"publisher": {"Borland"}})
    except ValueError as error:
        assert str(error)
        return
    with library.catalog() as catalog:
        filters.allowed(catalog.connection, found)


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


@tried(60)
@given(query=st.lists(st.tuples(st.sampled_from(
    "q k year goal activity kind publisher language document since limit cursor id".split()
), ROUGH), max_size=5))  # fmt: skip
def test_addresses_of_pages(client: FlaskClient, query: list[tuple[str, str]]) -> None:
    plain = [(name, value.encode("utf-8", "replace").decode()) for name, value in query]
    for address in ("/", "/documents", "/grid", "/api/v1/documents", "/api/v1/tags", "/new"):
        status = client.get(address, query_string=plain).status_code
        assert status in (200, 303, 400, 404), (address, plain)


@tried(200)
@given(cursor=ROUGH | st.from_regex(r"[A-Za-z0-9_-]{0,40}", fullmatch=True))
def test_cursors(cursor: str) -> None:
    try:
        shown, _ = page_of(["a", "b"], lambda item: (item, 1), cursor, 2)
    except BadRequest as error:
        assert "cursor" in str(error)
    else:
        assert set(shown) <= {"a", "b"}


@tried(100)
@given(data=st.data())
def test_taxonomies(data: st.DataObject) -> None:
    whole = taxonomy.STARTER.read_bytes()
    text = mutilated(whole, data).decode("utf-8", "replace")
    try:
        found = taxonomy.parse(text, "mine.toml")
    except TaxonomyError as error:
        assert str(error).startswith("mine.toml: ")
    else:
        assert len(set(found.label_ids)) == len(found.label_ids) >= 4


@tried(150)
@given(data=st.data())
def test_manifests_of_folders(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "a.pdf").touch()
    head = data.draw(st.just("file,title,year,kind,url\n") | st.just("file\n") | ROUGH)
    rows = data.draw(
        st.lists(ROUGH | st.just("a.pdf,A title,2015,report,https://x.org"), max_size=6)
    )
    body = (head + "\n".join(rows)).encode("utf-8", "surrogatepass")
    (folder / manifest.NAME).write_bytes(
        mutilated(body, data) if data.draw(st.booleans()) else body
    )
    found = manifest.load(folder)
    assert set(found.stated) <= {"a.pdf"}
    for failure in found.failures:
        assert failure.reason is Reason.INVALID
        assert "\n" not in str(failure)


@pytest.mark.parametrize("row", ["x" * 5000, "a\0b.pdf", '"' + "x" * 200_000 + '"', "\ud800"])
def test_rows_of_a_manifest_that_no_file_can_be_named_by(tmp_path: Path, row: str) -> None:
    body = f"file,title\n{row},A title\n"
    (tmp_path / manifest.NAME).write_bytes(body.encode("utf-8", "surrogatepass"))
    found = manifest.load(tmp_path)
    assert not found.stated
    (failure,) = found.failures
    assert failure.reason is Reason.INVALID


QREL = st.lists(
    st.sampled_from(["q1", "0", "doc", "1", "-1", "--1", "²", "١", "9" * 5000, "grade", "é"])
    | ROUGH,
    max_size=5,
).map(" ".join)


@tried(150)
@given(lines=st.lists(QREL, max_size=6), data=st.data())
def test_qrels(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("qrels") / "qrels.txt"
    body = "\n".join(lines).encode("utf-8", "surrogatepass")
    path.write_bytes(mutilated(body, data) if data.draw(st.booleans()) else body)
    try:
        found = read_qrels(path)
    except QrelsError as error:
        assert str(error).startswith(str(path))
    else:
        assert all(type(grade) is int for grades in found.values() for grade in grades.values())


@tried(200)
@given(
    link=st.lists(
        st.sampled_from(
            "https:// http:// [ ] ::1 @ : 443 99999 -1 / ? # % %00 \\ .. x.org é \0 \n".split(" ")
        )
        | st.text(max_size=4),
        max_size=8,
    ).map("".join)
)
def test_links_to_be_fetched(link: str) -> None:
    try:
        place = _place(link)
    except DownloadError as error:
        assert str(error)
    else:
        # What browsers and urlsplit pass over before an address.
        assert link.lower().lstrip("".join(map(chr, range(33)))).startswith("https://")
        assert place.host
        assert 0 <= place.port < 65536


FRONT = (
    b"---\ntitle: A title\nyear: 2015\nauthors: [A, B]\n---\n"
    b"# Heading\n\nText[^1].\n\n[^1]: A note.\n"
)
PAGE = b"<html><head><title>A</title><meta name=author content=B></head><body><h1>C</h1><p>D</body>"
WEB = (
    b"<html><meta charset=utf-8><body><header><h1>A</h1></header><form><div hidden id=p>x</div>"
    b"<a href='#p' aria-controls=p>B</a><ol start=3><li><p>C<li value=7>D<ul><li>E</ul></ol>"
    b"<table><caption>F</caption><tr><th rowspan=2>G<th colspan=3>H<tr><td rowspan=9>I<td>J"
    b"<tr><td><table role=none><tr><td>K<h2>L<br>M</h2></table></table><p>N<a href='#_ftn1'>[1]</a>"
    b"<div id=_ftn1>[1] O</div><math><mi>x</mi></math><dialog>P</dialog></form></body></html><p>Q"
)
TALK = (
    "Visits\n======\n\n[00:01] A: text\n0:02 B: caf\u00e9 \u2019\n- item\n\f1 Head\n\nend".encode()
)
LINE = (
    b'{"id": "a", "title": "A", "text": "Some text here.", "year": 2015, "url": "https://x.org"}\n'
)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("a.md", FRONT),
        ("a.html", PAGE),
        ("b.html", WEB),
        ("a.jsonl", LINE * 2),
        ("a.txt", TALK),
        ("b.md", WEB),
    ],
)
def test_documents_that_are_text(
    tmp_path_factory: pytest.TempPathFactory, name: str, whole: bytes
) -> None:
    folder = tmp_path_factory.mktemp("text")

    @tried(60)
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        path = folder / name
        body = mutilated(whole, data) + data.draw(ROUGH).encode("utf-8", "surrogatepass")
        path.write_bytes(body)
        for found in read(path, "0" * 64, Limits()):
            assert isinstance(found, Document | Failure)
            if isinstance(found, Document):
                found.metadata.title.encode()
                for page in found.pages:
                    "".join(block.text for block in page.blocks).encode()
            else:
                assert "\n" not in str(found)
                assert "cannot be read: " not in str(found), "an error that nobody expected"

    check()


@tried(40)
@given(data=st.data())
def test_backups(
    library: Library, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("backup")
    whole = _backup_of(library, folder / "whole.tar")
    # Where the headers and the manifest are, more often than in the middle of the rows.
    cut = data.draw(st.sampled_from([0, 2048, len(whole)]))
    changed = mutilated(whole[:cut], data) + whole[cut:] if cut else mutilated(whole, data)
    (folder / "changed.tar").write_bytes(changed)
    home = Home(folder / "home")
    try:
        restore.restore(folder / "changed.tar", home)
    except LibraryError as error:
        assert "changed.tar" in str(error)
        assert not home.database.exists()
    else:  # what was changed is no file's bytes: the padding of the tar, or nothing at all
        assert _members(whole).items() <= _members(changed).items() or changed == whole


_BACKUPS: dict[Path, bytes] = {}


def _backup_of(library: Library, path: Path) -> bytes:
    if library.home.path not in _BACKUPS:
        backup.backup(library.home, path)
        _BACKUPS[library.home.path] = path.read_bytes()
    return _BACKUPS[library.home.path]


def _members(data: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        found = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {
            name: file.read() for name, file in found.items() if file and name != "manifest.json"
        }
