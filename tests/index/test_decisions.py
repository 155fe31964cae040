"""People's word on tags: it counts at once, it stands, and it is remembered."""

import json
from pathlib import Path

import pytest

from index import audit, build, columns, database, decisions, erase, filters, views
from index.decisions import DecisionError, decide, take_back
from index.filters import Filters
from index.library import Library

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
        (line,) = audit.entries(catalog.connection)
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
