"""Filters from options of a command, checked by the same rules as everywhere else."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
import pytest

from index.curating import bin as withdrawn
from index.derived.filters import Filters
from index.kept import collected
from index.library import Library
from search.batches.limits import limited
from search.cli.filter_options import filter_options, filters_from

NOTHING: dict[str, Any] = {
    "goals": (),
    "activities": (),
    "years": None,
    "kinds": (),
    "documents": (),
    "publishers": (),
    "languages": (),
}


def test_options_become_filters_and_stay_as_they_were_given(library: Library) -> None:
    with library.catalog() as catalog:
        name = min(catalog.document_ids())
    given = NOTHING | {
        "goals": ("motivational", "operational"),
        "years": "2010..2012",
        "documents": (name,),
        "languages": ("en",),
    }
    assert filters_from(library, MappingProxyType(given)) == Filters(
        goals=("motivational", "operational"),
        years=(2010, 2012),
        documents=(name,),
        languages=("en",),
    )
    assert filters_from(library, MappingProxyType(NOTHING)) == Filters()


def test_options_that_may_be_repeated_say_so() -> None:
    @click.command()
    @filter_options
    def command(**given: object) -> None: ...

    several = {option.name for option in command.params if getattr(option, "multiple", False)}
    assert several == (set(NOTHING) | {"collections"}) - {"years"}
    said = {
        option.name
        for option in command.params
        if isinstance(option, click.Option) and "repeat it to allow several." in str(option.help)
    }
    assert said == several


def test_collections_are_the_documents_in_them(copy_library, tmp_path: Path, capsys) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        one, two, three = sorted(catalog.document_ids())
    made = collected.make(library, "Field notes", "test")
    collected.make(library, "Empty", "test")
    collected.put(library, made.collection_id, [three, two], "test")

    def documents(*names: str, given: tuple[str, ...] = ()) -> tuple[str, ...]:
        return filters_from(library, NOTHING | {"collections": names, "documents": given}).documents

    assert documents("field NOTES") == (two, three)
    assert documents("Field notes", given=(one, two)) == (one, two, three)
    assert documents() == ()
    # No documents would be no limit: the whole library would answer.
    for name, said in (("Empty", "no document in the collection 'Empty'"), ("x", "collection 'x'")):
        with pytest.raises(SystemExit):
            documents(name)
        assert said in capsys.readouterr().err
    withdrawn.withdraw(library, two, "test")
    assert documents("Field notes") == (three,)


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("goals", "goal", "cooking"),
        ("activities", "activity", "motivational"),
        ("documents", "document", "nope"),
        ("languages", "language", "de"),
        ("publishers", "publisher", "Borland Press"),
    ],
)
def test_a_wrong_value_is_called_what_it_is_called_elsewhere(
    library: Library, capsys: pytest.CaptureFixture[str], field: str, name: str, value: str
) -> None:
    with pytest.raises(ValueError, match=f"is no {name}") as said:
        limited(Filters(), {name: (value,)}, library.taxonomy, {"language": {"en"}})
    with pytest.raises(SystemExit) as ended:
        filters_from(library, NOTHING | {field: (value,)})
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"waymark: {said.value}\n"
