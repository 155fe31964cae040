"""Whoever adds a document hears what of it stands in another one already."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index import build
from index.build import Added
from index.curating import bin
from index.curating.duplicates import duplicates, repeated, same_ids
from index.library import Library
from index.rows.likeness import sketch
from index.rows.shelf import Duplicate
from ingest.records import BlockKind, Passage

SAVED_ANEW = b"\n% saved anew\n"


@pytest.fixture
def copy(copy_library: Callable[..., Library], tmp_path: Path) -> Library:
    return copy_library(tmp_path / "home")


def add(library: Library, *paths: Path) -> list[str]:
    events = build.add(library, paths)
    return [event.document_id for event in events if isinstance(event, Added)]


def id_of(library: Library, file: str, source: str = "") -> str:
    with library.catalog() as catalog:
        (found,) = [
            d.document_id
            for d in catalog.documents()
            if (d.file_name, d.source_id) == (file, source)
        ]
        return found


def saved_anew(path: Path, to: Path) -> Path:
    to.write_bytes(path.read_bytes() + SAVED_ANEW)
    return to


def test_other_bytes_with_the_same_text_are_named(
    copy: Library, shelf: Path, tmp_path: Path
) -> None:
    (name,) = add(copy, saved_anew(shelf / "borland.pdf", tmp_path / "again.pdf"))
    borland = id_of(copy, "borland.pdf")
    assert list(repeated(copy, [name])) == [
        f"{name}: 100 % of its text is in {borland} (Resettlement in Borland 2016)"
    ]


def test_the_share_is_of_what_was_added(copy: Library, tmp_path: Path) -> None:
    """20 words of a report and 8 others: 13 of 21 runs of eight words stand in the report."""
    taken = (
        "Families waited nine months for a flat. Rents rose by twelve per cent in the capital, and "
        "the number of"
    )
    assert len(taken.split()) == 20
    path = tmp_path / "notes.txt"
    path.write_text(f"{taken} boats that went out to sea was large.")
    (name,) = add(copy, path)
    borland = id_of(copy, "borland.pdf")
    assert list(repeated(copy, [name])) == [
        f"{name}: 62 % of its text is in {borland} (Resettlement in Borland 2016)"
    ]


def test_of_two_added_together_the_later_is_named(copy: Library, tmp_path: Path) -> None:
    text = "The harbour master counted every boat that came in, and wrote it down for the council."
    (tmp_path / "one.txt").write_text(text)
    (tmp_path / "two.txt").write_text(f"{text}\n")
    one, two = add(copy, tmp_path / "one.txt", tmp_path / "two.txt")
    assert list(repeated(copy, [one, two])) == [f"{two}: 100 % of its text is in {one} (one)"]


def test_new_texts_and_what_is_not_in_the_library_are_passed_over(
    copy: Library, shelf: Path, tmp_path: Path
) -> None:
    (name,) = add(copy, saved_anew(shelf / "borland.pdf", tmp_path / "again.pdf"))
    assert list(repeated(copy, [id_of(copy, "weather.pdf"), "0123456789abcdef"])) == []
    bin.withdraw(copy, id_of(copy, "borland.pdf"), "ann")
    assert list(repeated(copy, [name])) == []


def lines(path: Path, **texts: str) -> Path:
    path.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items()))
    return path


def test_documents_of_json_lines_with_the_id_of_another_one_are_named(
    copy: Library, tmp_path: Path
) -> None:
    removes = "'waymark remove ID' removes the one that is out of date"
    one, other = add(copy, lines(tmp_path / "a.jsonl", x1="Flats stood empty.", x2="It rained."))
    assert list(same_ids(copy, [one, other])) == []
    (two,) = add(copy, lines(tmp_path / "b.jsonl", x1="Few flats stood empty."))
    assert list(same_ids(copy, [two])) == [f"{two}: its id 'x1' is that of {one} too; {removes}"]
    three, four = add(
        copy,
        lines(tmp_path / "c.jsonl", x1="No flats stood empty.", x3="The ferry came."),
        lines(tmp_path / "d.jsonl", x3="The ferry left."),
    )[::2]
    said = list(same_ids(copy, [three, id_of(copy, "c.jsonl", "x3"), four]))
    assert said[0].startswith(f"{three}: its id 'x1' is that of ")
    assert {one, two} == set(said[0].split(" is that of ")[1].split(" too")[0].split(", "))
    assert said[1:] == [
        f"{four}: its id 'x3' is that of {id_of(copy, 'c.jsonl', 'x3')} too; {removes}"
    ]


MINISTERS = (
    "Ministers in Borland feared a backlash among voters. Colleagues from three experienced states "
    "met them before the vote to show that the programme was feasible, and the cabinet then "
    "pledged two hundred places."
)
STORMS = (
    "Rain fell on 140 days of the year. The harbour was closed twice because of storms, and the "
    "ferry company reported fewer passengers than in the year before."
)


def looks_like(library: Library, title: str, *texts: str, document: str = "") -> list[Duplicate]:
    passages = [
        Passage(n, text, (), BlockKind.PARAGRAPH, n, n) for n, text in enumerate(texts, start=1)
    ]
    return [*duplicates(library, document, title, passages, sketch(texts))]


def test_the_likeliest_comes_first_and_what_has_the_title_only_last(library: Library) -> None:
    """33 and 28 words are 26 and 21 of 47 runs; a report of three passages has the first."""
    found = looks_like(library, "EVALUATION, of Study Visits", STORMS, MINISTERS)
    assert [(o.title, o.where, o.why, o.share) for o in found] == [
        ("Resettlement in Borland 2016", "library", "shared text", 0.553),
        ("Harbour notes 2011", "library", "shared text", 0.447),
        ("Evaluation of study visits", "library", "same title", 0.0),
    ]
    # Its first 18 words are 11 runs of 32.
    shorter = " ".join(MINISTERS.split()[:18])
    found = looks_like(library, "", shorter, STORMS)
    assert [(other.title, other.share) for other in found] == [
        ("Harbour notes 2011", 0.656),
        ("Resettlement in Borland 2016", 0.344),
    ]


def test_a_document_is_named_once_and_never_itself(library: Library) -> None:
    storms = id_of(library, "weather.pdf")
    (same,) = looks_like(library, "Harbour notes 2011", STORMS)
    assert (same.document_id, same.why, same.share) == (storms, "same text", 1.0)
    assert looks_like(library, "Harbour notes 2011", STORMS, document=storms) == []
    assert looks_like(library, "…", "Nobody in the town had heard of any of it.") == []
