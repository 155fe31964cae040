from pathlib import Path

import pytest

from corpus import taxonomy
from corpus.taxonomy import TaxonomyError

TEXT = taxonomy.STARTER.read_text(encoding="utf-8")


def test_the_starter_taxonomy_has_two_facets_of_five_labels() -> None:
    loaded = taxonomy.load()
    assert loaded.goals.label_ids == (
        "motivational", "informational", "operational", "relational", "innovative",
    )  # fmt: skip
    assert loaded.activities.label_ids == (
        "sharing-information", "co-creating-information", "co-creating-tools",
        "general-training", "mentoring",
    )  # fmt: skip
    for facet in loaded.facets:
        for label in facet.labels:
            assert label.definition
            assert len(label.cues) >= 5
            assert len(label.examples) >= 2


def test_a_label_by_its_id() -> None:
    assert taxonomy.load().label("mentoring").title == "Mentoring"
    with pytest.raises(KeyError):
        taxonomy.load().label("cooking")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "mentoring"', 'id = "relational"', "the label id 'relational' is there twice"),
        ('id = "mentoring"', 'id = ""', "labels]] number 5: 'id' must be a text"),
        ("version = 1", 'version = "1"', "'version' must be a whole number"),
        ("[activities]", "[deeds]", "the facet [activities] is missing"),
        ("[goals]", "[goals", "not valid TOML"),
        ("version = 1", f"version = {'1' * 5000}", "not valid TOML"),
        ("version = 1", f"version = {'[' * 3000}{']' * 3000}", "not valid TOML"),
        ('title = "Mentoring"', "title = 5", "number 5 (mentoring): 'title' must be a text"),
    ],
)
def test_what_breaks_the_rules_is_named(old: str, new: str, message: str) -> None:
    broken = TEXT.replace(old, new).replace("[activities.labels", "[activities.labels")
    if new == "[deeds]":
        broken = broken.replace("[[activities.", "[[deeds.")
    with pytest.raises(TaxonomyError) as caught:
        taxonomy.parse(broken, "x.toml")
    assert str(caught.value).startswith("x.toml: ")
    assert message in str(caught.value)


@pytest.mark.parametrize("label_id", ["Visits Home", "Visits", "visits/home", "visits.home"])
def test_an_id_that_cannot_stand_in_an_address_is_refused(tmp_path: Path, label_id: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT.replace('id = "mentoring"', f'id = "{label_id}"'), encoding="utf-8")
    with pytest.raises(TaxonomyError) as caught:
        taxonomy.load(path)
    said = f"{path}: the label id '{label_id}' must be of lower-case letters, digits and hyphens"
    assert str(caught.value).startswith(said)
    # A library that was made with it still opens.
    assert label_id in taxonomy.parse(path.read_text(encoding="utf-8"), str(path)).label_ids


def test_a_file_that_is_not_utf_8_is_named_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"# Müller\n{TEXT}", encoding="latin-1", errors="replace")
    with pytest.raises(TaxonomyError) as caught:
        taxonomy.load(path)
    assert str(caught.value) == f"{path}: byte 3 is not UTF-8: save the file as UTF-8"
    path.write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(TaxonomyError, match=r"compressed with gzip: unpack it first$"):
        taxonomy.load(path)
    path.write_text(f"# Müller\n{TEXT}", encoding="utf-8", newline="\r\n")
    assert taxonomy.load(path) == taxonomy.load()


def test_a_facet_of_one_label_is_refused() -> None:
    text = (
        'id="x"\nversion=1\ntitle="X"\n[goals]\ntitle="G"\nquestion="?"\n[[goals.labels]]\nid="a"'
    )
    with pytest.raises(TaxonomyError, match=r"\[goals\] needs at least two"):
        taxonomy.parse(text, "x.toml")
