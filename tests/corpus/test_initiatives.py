"""Initiatives, forms of peer support and their alignment: the starter files, and faulty ones."""

from collections import Counter
from dataclasses import replace

import pytest

from corpus import taxonomy
from corpus.citations import Citation
from corpus.initiatives import (
    InitiativeError,
    known_alignment,
    load_alignment,
    load_formats,
    load_initiatives,
)
from corpus.press import sources

TAXONOMY = taxonomy.load()

SOURCE = """\
[source]
author = "A. Author"
title = "A Title"
year = 2018
"""
INITIATIVE = """
[[initiatives]]
id = "a"
name = "A Network"
first_year = 2010
last_year = 2012
status = "ended"
lead = ["An Agency"]
reach = "Two cities"
format = "Visits"
aims = ["learn"]
goals = ["informational"]
activities = ["mentoring"]
where = "Table 1"

[[initiatives.grants]]
year = 2009
euros = 1_000
holder = "An Agency"
title = "A Grant"
basis = "named"
"""
FORMAT = """
[[formats]]
id = "visit"
name = "Visits"
audience = ["politicians"]
investment = "A day"
outcomes = ["contacts"]
follow_up = ["a letter"]
"""
SERVES = """
[serves]
motivational = ["mentoring"]
informational = []
operational = ["mentoring", "co-creating-tools"]
relational = []
innovative = []
"""


def file_of(folder, *parts):
    path = folder / "data.toml"
    path.write_text("".join(parts), encoding="utf-8")
    return path


def problems_of(load, path):
    with pytest.raises(InitiativeError) as caught:
        load(TAXONOMY, path)
    return [problem.removeprefix(f"{path}: ") for problem in caught.value.problems]


def test_an_initiative_is_read_with_its_citation(tmp_path):
    [initiative] = load_initiatives(TAXONOMY, file_of(tmp_path, SOURCE, INITIATIVE))
    assert initiative.lead == ("An Agency",)
    assert (initiative.partners, initiative.abbreviation) == ((), "")
    assert (initiative.first_year, initiative.last_year) == (2010, 2012)
    assert initiative.grants[0].euros == 1000
    assert initiative.source == Citation("A. Author", "A Title", 2018, where="Table 1")


def test_a_running_initiative_needs_no_last_year(tmp_path):
    text = INITIATIVE.replace('"ended"', '"running"').replace("last_year = 2012\n", "")
    [initiative] = load_initiatives(TAXONOMY, file_of(tmp_path, SOURCE, text))
    assert initiative.last_year is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "A Network"\n', "", "initiatives, number 1 (a): name: missing (add a text"),
        ('id = "a"\n', "", "initiatives, number 1 (no id): id: missing"),
        ('["mentoring"]', '["tutoring"]', "initiatives, number 1 (a): activities: is ['tutoring']"),
        (
            '["informational"]',
            '["mentoring"]',
            "initiatives, number 1 (a): goals: is ['mentoring']",
        ),
        ('"ended"', '"over"', "initiatives, number 1 (a): status: is 'over' (must be one of ended"),
        ("first_year", "firstyear", "initiatives, number 1 (a): firstyear: unknown key"),
        ("last_year = 2012\n", "", "a: last_year: missing"),
        ("last_year = 2012", "last_year = 2009", "a: last_year: is 2009 (must not be before"),
        ("euros = 1_000", 'euros = "1,000"', "a: grants, number 1: euros: is '1,000' (must be"),
        ('basis = "named"', "", "a: grants, number 1: basis: missing"),
    ],
)
def test_a_fault_of_an_initiative_is_named(tmp_path, old, new, expected):
    text = INITIATIVE.replace(old, new)
    [problem] = problems_of(load_initiatives, file_of(tmp_path, SOURCE, text))
    assert problem.startswith(expected)


def test_an_id_may_not_be_there_twice(tmp_path):
    path = file_of(tmp_path, SOURCE, INITIATIVE, INITIATIVE)
    assert problems_of(load_initiatives, path) == [
        "initiatives, number 2 (a): id: 'a' is there twice (must be in one entry alone)"
    ]


@pytest.mark.parametrize("load", [load_initiatives, load_formats, load_alignment])
def test_a_file_that_is_not_toml_or_names_no_source_is_refused(tmp_path, load):
    [problem] = problems_of(load, file_of(tmp_path, "id = \n"))
    assert problem.startswith("not valid TOML: ")
    assert "source: author: missing" in problems_of(load, file_of(tmp_path, "[source]\n"))[0]


def test_a_format_is_read(tmp_path):
    [form] = load_formats(TAXONOMY, file_of(tmp_path, SOURCE, FORMAT))
    assert (form.audience, form.follow_up, form.examples) == (("politicians",), ("a letter",), ())


def test_faults_of_several_formats_are_named_at_once(tmp_path):
    other = FORMAT.replace('"visit"', '"call"').replace("politicians", "poets")
    path = file_of(tmp_path, SOURCE, FORMAT.replace('investment = "A day"\n', ""), other)
    first, second = problems_of(load_formats, path)
    assert first.startswith("formats, number 1 (visit): investment: missing")
    assert second.startswith("formats, number 2 (call): audience: is ['poets']")


def test_an_alignment_is_read(tmp_path):
    alignment = load_alignment(TAXONOMY, file_of(tmp_path, SOURCE, SERVES))
    assert alignment.serves["operational"] == ("mentoring", "co-creating-tools")
    assert alignment.serves["relational"] == ()


def test_an_alignment_names_every_goal_and_nothing_else(tmp_path):
    text = SERVES.replace("relational", "rational")
    first, second = problems_of(load_alignment, file_of(tmp_path, SOURCE, text))
    assert first.startswith("serves: relational: missing")
    assert second.startswith("serves: rational: unknown key")


def test_the_starter_grants_add_up_to_what_the_eu_gave():
    initiatives = load_initiatives(TAXONOMY)
    grants = [grant for initiative in initiatives for grant in initiative.grants]
    # Table A-1 lists eight grants, 1,220 + 500 + 469 + 350 + 426 + 650 + 500 + 500 thousand euros.
    assert len(grants) == 8
    assert sum(grant.euros for grant in grants) == 4_615_000
    by_year = Counter()
    for grant in grants:
        by_year[grant.year] += grant.euros
    assert by_year == {
        2008: 1_720_000,
        2010: 819_000,
        2011: 1_076_000,
        2013: 500_000,
        2015: 500_000,
    }


def test_the_starter_initiatives_are_those_of_the_two_tables():
    initiatives = load_initiatives(TAXONOMY)
    # Sixteen rows of Table B-1 and one project that only Table A-1 has.
    assert len(initiatives) == 17
    assert [i.id for i in initiatives if "B-1" not in i.source.where] == [
        "promotion-of-resettlement"
    ]
    assert {i.document for i in initiatives} <= {path.stem for path in sources.FOLDER.glob("*.md")}


def test_the_starter_formats_are_those_of_the_table():
    formats = load_formats(TAXONOMY)
    assert len(formats) == 17
    assert [form.id for form in formats if form.audience == ("politicians",)] == [
        "high-profile-event"
    ]
    assert sum("politicians" in form.audience for form in formats) == 4


def test_the_starter_alignment_is_that_of_the_table():
    serves = load_alignment(TAXONOMY).serves
    assert {goal: len(activities) for goal, activities in serves.items()} == {
        "motivational": 2,
        "informational": 4,
        "operational": 3,
        "relational": 5,
        "innovative": 5,
    }
    assert "co-creating-tools" not in serves["informational"]
    assert "sharing-information" not in serves["operational"]


def test_an_alignment_is_known_of_the_starter_labels_alone():
    assert known_alignment(TAXONOMY) == load_alignment(TAXONOMY)
    fewer = replace(TAXONOMY.goals, labels=TAXONOMY.goals.labels[:-1])
    assert known_alignment(replace(TAXONOMY, goals=fewer)) is None


@pytest.mark.parametrize("load", [load_initiatives, load_formats, load_alignment, known_alignment])
def test_what_was_read_of_a_file_is_kept_for_each_taxonomy(load):
    assert load(taxonomy.load()) is load(TAXONOMY)
    titled = replace(TAXONOMY, title="Another")
    assert load(titled) is not load(TAXONOMY)
    assert load(titled) == load(TAXONOMY)


def test_a_file_that_broke_the_rules_is_read_again(tmp_path):
    path = file_of(tmp_path, SOURCE)
    problems_of(load_formats, path)
    file_of(tmp_path, SOURCE, FORMAT)
    assert len(load_formats(TAXONOMY, path)) == 1
