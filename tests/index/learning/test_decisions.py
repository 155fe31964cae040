"""People's word on tags: it counts at once, it stands, and it is remembered."""

import json
from pathlib import Path

import pytest

from index import build
from index.curating import bin, drafted, erase, incoming
from index.curating.desk import Worker
from index.derived import columns, filters, views
from index.derived.filters import Filters
from index.learning import decisions
from index.learning.decisions import DecisionError, decide, take_back
from index.library import Library
from index.rows import audit, database, shelf

MENTORS = (
    "Under the twinning arrangement two experts from the Finnish agency were seconded for a year "
    "to advise the new unit, and coached its staff through the first arrivals."
)
RAIN = "Rain fell on 140 days of the year, and the harbour was closed twice because of storms."


@pytest.fixture
def told(empty_library: Library, tmp_path: Path) -> Library:
    """A library of two documents of one passage each: one about mentors, one about rain."""
    lines = [
        {"id": "mentors", "title": "Mentors", "text": MENTORS},
        {"id": "rain", "title": "Rain", "text": RAIN},
    ]
    file = tmp_path / "two.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    list(build.add(empty_library, [file]))
    return empty_library


def passage_of(library: Library, title: str) -> str:
    with library.catalog() as catalog:
        (document,) = [d for d in catalog.documents() if d.metadata.title == title]
        return catalog.passages_of(document.document_id)[0].passage_id


def tags_of(library: Library, name: str) -> dict[str, tuple[float, str]]:
    with library.catalog() as catalog:
        return {tag.label: (tag.probability, tag.verdict) for tag in catalog.passage(name).tags}


def test_there_is_no_decision_without_its_line_in_the_log(
    told: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    name = passage_of(told, "Rain")
    made = decide(told, name, "mentoring", "add", " Ada ")
    with told.catalog() as catalog:
        (line,) = audit.entries(catalog.connection, subject=name)
        before = database.generation(catalog.connection)
    said = (line.who, line.action, line.subject, line.detail)
    assert said == ("Ada", "decide", name, "mentoring: add")
    monkeypatch.setattr(audit, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        decide(told, name, "relational", "add", "Ada")
    with pytest.raises(KeyboardInterrupt):
        take_back(told, made.decision_id, "Ada")
    with told.catalog() as catalog:
        assert decisions.history(catalog.connection, name) == [made]
        assert database.generation(catalog.connection) == before


def test_a_rejected_tag_is_gone_everywhere_and_the_machines_is_kept(told: Library) -> None:
    name = passage_of(told, "Mentors")
    machine = tags_of(told, name)
    assert "mentoring" in machine
    decide(told, name, "mentoring", "reject", "Ada")
    assert "mentoring" not in tags_of(told, name)
    with told.catalog() as catalog:
        number = catalog.passage(name).number
        assert filters.allowed(catalog.connection, Filters(activities=("mentoring",))) is not None
        allowed = filters.allowed(catalog.connection, Filters(activities=("mentoring",)))
        assert number not in (allowed if allowed is not None else [])
        carried = columns.load(catalog, ["mentoring"]).carries
        kept = catalog.connection.execute(
            "SELECT probability FROM tags WHERE number = ? AND label = 'mentoring'", (number,)
        ).fetchone()
    assert not carried.any()
    assert kept == (machine["mentoring"][0],)


def test_an_added_tag_counts_like_any_other(told: Library) -> None:
    name = passage_of(told, "Rain")
    assert tags_of(told, name) == {}
    decide(told, name, "relational", "add", "Ada")
    assert tags_of(told, name) == {"relational": (1.0, "add")}
    with told.catalog() as catalog:
        (tag,) = catalog.passage(name).tags
        allowed = filters.allowed(catalog.connection, Filters(goals=("relational",)))
        assert (tag.start, tag.end) == (0, len(RAIN))
        assert allowed is not None
        assert catalog.passage(name).number in allowed


def test_an_accepted_tag_keeps_the_machines_probability(told: Library) -> None:
    name = passage_of(told, "Mentors")
    before = tags_of(told, name)["mentoring"]
    decide(told, name, "mentoring", "accept", "Ada")
    assert tags_of(told, name)["mentoring"] == (before[0], "accept")


def test_the_last_word_counts_and_all_are_remembered(told: Library) -> None:
    name = passage_of(told, "Rain")
    for verdict, who in (("add", "Ada"), ("reject", "Ben"), ("add", "Cem")):
        decide(told, name, "motivational", verdict, who)
    assert tags_of(told, name) == {"motivational": (1.0, "add")}
    with told.catalog() as catalog:
        remembered = decisions.history(catalog.connection, name)
    assert [(made.verdict, made.who) for made in remembered] == [
        ("add", "Ada"),
        ("reject", "Ben"),
        ("add", "Cem"),
    ]
    assert all(made.at.endswith("+00:00") for made in remembered)


def test_a_decision_costs_no_new_views(told: Library) -> None:
    told.views()
    before = views.newest(told.home)
    decide(told, passage_of(told, "Rain"), "motivational", "add", "Ada")
    with told.catalog() as catalog:
        generation = database.generation(catalog.connection)
    assert before is not None
    assert generation == before + 1
    assert views.newest(told.home) == generation
    old, new = (told.home.views / str(n) / "1" / "vectors.faiss" for n in (before, generation))
    assert old.stat().st_ino == new.stat().st_ino
    assert told.views().generation == generation


def test_decisions_outlive_a_document_that_comes_back(told: Library, tmp_path: Path) -> None:
    name = passage_of(told, "Rain")
    decide(told, name, "motivational", "add", "Ada")
    erase.remove(told, name.rsplit("-", 1)[0], "ada")
    with told.catalog() as catalog:
        assert list(decisions.standing(catalog.connection)) == []
    list(build.add(told, [tmp_path / "two.jsonl"]))
    assert tags_of(told, name) == {"motivational": (1.0, "add")}


def published(library: Library, text: str, replaces: str = "") -> tuple[str, str]:
    """The id of what a text becomes by way of the desk, and what publishing it says."""
    incoming.receive(library, "note.md", [text.encode()], "ann")
    worker = Worker(library)
    assert worker.step() is not None
    with library.catalog() as catalog:
        (draft,) = (item.document_id for item in shelf.listing(catalog.connection, "draft"))
    drafted.publish(library, draft, "cem", replaces)
    done = worker.step()
    assert done is not None
    return draft, done.message


def words_on(library: Library, passage: str) -> list[tuple[str, str, str]]:
    with library.catalog() as catalog:
        made = decisions.history(catalog.connection, passage)
    return [(one.label, one.verdict, one.who) for one in made]


def test_a_new_version_takes_over_the_last_words_on_what_reads_the_same(
    empty_library: Library,
) -> None:
    again = "The mentors came back in May."
    text = f"{MENTORS}\n\n# Two\n\n{RAIN}\n\n# A\n\n{again}\n\n# B\n\n{again}"
    old, _ = published(empty_library, text)
    for place, label, verdict, who in (
        (0, "mentoring", "add", "Ada"),
        (0, "mentoring", "reject", "Ben"),
        (0, "relational", "add", "Ada"),
        (1, "motivational", "add", "Ada"),  # its text goes
        (3, "mentoring", "add", "Ada"),
    ):
        decide(empty_library, f"{old}-{place}", label, verdict, who)
    with empty_library.catalog() as catalog:
        at = [one.at for one in decisions.history(catalog.connection, f"{old}-0")][1:]
    text = f"Nobody wrote this before.\n\n# One\n\n{MENTORS}\n\n# A\n\n{again}"
    new, said = published(empty_library, text, replaces=old)
    assert said == (
        "published: 3 passages, in place of Two; 3 decisions on tags carried over;"
        " 1 decision left behind: the text is gone or changed"
    )
    assert words_on(empty_library, f"{new}-0") == []
    assert words_on(empty_library, f"{new}-1") == [
        ("mentoring", "reject", "Ben"),
        ("relational", "add", "Ada"),
    ]
    assert words_on(empty_library, f"{new}-2") == [("mentoring", "add", "Ada")]
    given = tags_of(empty_library, f"{new}-1")
    assert given["relational"][1] == "add"
    assert "mentoring" not in given
    with empty_library.catalog() as catalog:
        kept = decisions.history(catalog.connection, f"{new}-1")
        logged = audit.entries(catalog.connection, subject=f"{new}-1")
    assert [one.at for one in kept] == at
    assert [(line.who, line.action, line.detail) for line in logged] == [
        ("cem", "carry", f"relational: add, Ada, {at[1]}, from {old}-0"),
        ("cem", "carry", f"mentoring: reject, Ben, {at[0]}, from {old}-0"),
    ]
    assert words_on(empty_library, f"{old}-1") == [("motivational", "add", "Ada")]


def test_nothing_is_said_of_decisions_where_there_are_none(empty_library: Library) -> None:
    old, _ = published(empty_library, MENTORS)
    assert (
        published(empty_library, RAIN, replaces=old)[1] == "published: 1 passage, in place of note"
    )


def test_a_version_that_was_put_back_and_replaces_its_successor_has_no_word_twice(
    empty_library: Library,
) -> None:
    old, _ = published(empty_library, MENTORS)
    decide(empty_library, f"{old}-0", "relational", "add", "Ada")
    new, _ = published(empty_library, f"{MENTORS}\n\n# More\n\n{RAIN}", replaces=old)
    bin.restore(empty_library, old, "ann")
    assert Worker(empty_library).step() is not None
    assert words_on(empty_library, f"{old}-0") == [("relational", "add", "Ada")]
    with empty_library.catalog() as catalog, database.change(catalog.connection):
        assert decisions.carry(catalog, new, old, "ann") == (0, 0)
        catalog.connection.execute(
            "INSERT INTO decisions (passage_id, label, verdict, who, at)"
            " VALUES (?, 'relational', 'reject', 'Ben', '2999-01-01T00:00:00+00:00')",
            (f"{new}-0",),
        )
        assert decisions.carry(catalog, new, old, "ann") == (1, 0)
        assert decisions.carry(catalog, old, new, "ann") == (0, 0)
    assert words_on(empty_library, f"{old}-0")[1:] == [("relational", "reject", "Ben")]


def put_back(library: Library, document: str, instead_of: str = "") -> None:
    bin.restore(library, document, "ann", instead_of)
    done = Worker(library).step()
    assert done is not None
    assert done.state == "done"


def take_back_last(library: Library, passage: str, who: str) -> None:
    with library.catalog() as catalog:
        last = decisions.history(catalog.connection, passage)[-1]
    take_back(library, last.decision_id, who)


def test_what_was_taken_back_on_a_newer_version_does_not_stand_again_on_an_older(
    empty_library: Library,
) -> None:
    library = empty_library
    first, _ = published(library, RAIN)
    decide(library, f"{first}-0", "motivational", "add", "Ann")
    decide(library, f"{first}-0", "relational", "add", "Ben")
    second, _ = published(library, f"{RAIN}\n\n# More\n\n{MENTORS}", replaces=first)
    third, _ = published(library, f"{RAIN}\n\n# Yet more\n\n{MENTORS}", replaces=second)
    both = [("motivational", "add", "Ann"), ("relational", "add", "Ben")]
    for version in (first, second, third):
        assert words_on(library, f"{version}-0") == both
    take_back_last(library, f"{third}-0", "Ben")
    for version in (first, second, third):
        assert words_on(library, f"{version}-0") == [("motivational", "add", "Ann")]
        with library.catalog() as catalog:
            line = audit.entries(catalog.connection, 1, subject=f"{version}-0")[0]
        assert (line.who, line.action, line.detail) == ("Ben", "take-back", "relational: add")
    put_back(library, first, instead_of=third)
    assert "relational" not in tags_of(library, f"{first}-0")
    assert tags_of(library, f"{first}-0")["motivational"] == (1.0, "add")


def test_what_stands_on_an_older_version_in_the_library_is_taken_back_there(
    empty_library: Library,
) -> None:
    old, _ = published(empty_library, RAIN)
    decide(empty_library, f"{old}-0", "motivational", "add", "Ann")
    new, _ = published(empty_library, f"{RAIN}\n\n# More\n\n{MENTORS}", replaces=old)
    put_back(empty_library, old)  # beside the newer one
    take_back_last(empty_library, f"{new}-0", "Ann")
    assert words_on(empty_library, f"{new}-0") == []
    assert words_on(empty_library, f"{old}-0") == [("motivational", "add", "Ann")]
    take_back_last(empty_library, f"{old}-0", "Ann")
    assert words_on(empty_library, f"{old}-0") == []


@pytest.mark.parametrize(
    ("label", "verdict", "who", "message"),
    [
        ("kindness", "add", "Ada", "'kindness' is no label of this library (motivational, "),
        ("mentoring", "perhaps", "Ada", "'perhaps' is no verdict (accept, reject, add)"),
        ("mentoring", "accept", "Ada", "carries no tag 'mentoring' to accept: use 'add'"),
        ("mentoring", "add", " ", "needs the name"),
    ],
)
def test_what_makes_no_sense_is_refused(
    told: Library, label: str, verdict: str, who: str, message: str
) -> None:
    with pytest.raises(DecisionError) as caught:
        decide(told, passage_of(told, "Rain"), label, verdict, who)
    assert message in str(caught.value)


def test_an_unknown_passage_is_refused(told: Library) -> None:
    with pytest.raises(KeyError):
        decide(told, "0123456789abcdef-0", "mentoring", "add", "Ada")
