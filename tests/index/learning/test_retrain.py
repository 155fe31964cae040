"""A library's own tagger: learned from its examples and decisions, swapped in when not worse."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

import waymark
from corpus.labelled import LabelledError
from index import build
from index.files.home import Home
from index.health.doctor import examine
from index.learning import decisions, queue, retrain, scorecard
from index.learning.decisions import decide
from index.learning.trained import Retrained, table
from index.library import Library
from index.rows import database
from index.rows.tag_rows import windows_of
from index.tagging import own_tagger
from index.tagging.tagger import TaggerError

REPORT = """# Beds

The cook wanted pumpkins for the kitchen, and he turned the soil with a spade near the wall.

# Paths

Rain fell on the gravel for the third week, and the paths were under water by the evening.

# Frames

She grew marigolds for the pleasure of it, and seed was scattered beside the glass frames.
"""


def tell(library: Library, folder: Path) -> Library:
    file = folder / "report.md"
    file.write_text(REPORT, encoding="utf-8")
    list(build.add(library, [file]))
    return library


@pytest.fixture
def told(garden_library: Library, tmp_path: Path) -> Library:
    """A library on gardening with a report, without a tagger."""
    return tell(garden_library, tmp_path)


@pytest.fixture(scope="module")
def first_trained(
    lend_models, garden_toml: str, garden_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Library:
    folder = tmp_path_factory.mktemp("trained")
    (folder / "garden.toml").write_text(garden_toml, encoding="utf-8")
    lend_models(folder / "home")
    library = Library.create(Home(folder / "home"), taxonomy_file=folder / "garden.toml")
    retrain.retrain(tell(library, folder), garden_folder)
    return library


@pytest.fixture
def trained(copy_library, first_trained: Library, one_encoder: None, tmp_path: Path) -> Library:
    """The same with a tagger, and with the vectors of the examples kept."""
    return copy_library(tmp_path / "home", first_trained)


def tags(library: Library) -> dict[str, set[str]]:
    """Labels by passage id."""
    with library.catalog() as catalog:
        return {
            stored.passage_id: {tag.label for tag in stored.tags}
            for document in catalog.documents()
            for stored in catalog.passages_of(document.document_id)
        }


def test_another_field_is_told_how_it_gets_a_tagger(told: Library, tmp_path: Path) -> None:
    way = (
        "this library has tags of its own (gardening/3): label passages, then"
        " 'waymark train --examples FOLDER' (docs/researcher.md says how)"
    )
    for ask in (lambda: queue.queue(told, 5), lambda: scorecard.of_library(told)):
        with pytest.raises(TaggerError) as none:
            ask()
        assert str(none.value).endswith(f"taxonomy yet: {way}")
    words = ["--home", str(told.home.path), "train"]
    done = CliRunner().invoke(waymark.main, words)
    assert (done.exit_code, done.stderr) == (2, f"waymark: {way}\n")
    done = CliRunner().invoke(waymark.main, [*words, "--examples", str(tmp_path)])
    assert done.stderr == (
        f"waymark: {tmp_path} has no passages.jsonl and no settled.jsonl:"
        " docs/researcher.md says what a folder of labelled passages holds\n"
    )


def test_what_a_training_came_to_as_json(told: Library, garden_folder: Path) -> None:
    words = ["--home", str(told.home.path), "train", "--examples", str(garden_folder)]
    runs = [CliRunner().invoke(waymark.main, [*words, "--format", "json"]) for _ in range(2)]
    first, second = (json.loads(run.stdout) for run in runs)
    assert (first["in_use"], first["passages_tagged"]) == (True, len(tags(told)))
    names = [change["name"] for change in first["labels"]]
    assert names == list(told.taxonomy.label_ids)
    assert {change["before"] for change in first["labels"]} == {None}
    for before, after in zip(first["facets"], second["facets"], strict=True):
        assert after["before"] == before["after"]
        assert before["after"].keys() == {"value", "low", "high"}


def test_another_field_gets_its_own_tagger(told: Library, garden_folder: Path) -> None:
    assert told.heads() is None
    assert not any(tags(told).values())
    result = retrain.retrain(told, garden_folder)
    assert result.swapped
    assert result.retagged == len(tags(told))
    assert all(change.before is None for change in result.labels)
    assert {label for labels in tags(told).values() for label in labels} >= {"food", "digging"}
    assert "no tagger" in table(result)
    assert scorecard.of_library(told)["taxonomy"] == "gardening/3"


def test_decisions_stand_when_everything_is_tagged_anew(
    trained: Library, garden_folder: Path
) -> None:
    name, labels = next(
        (name, labels) for name, labels in tags(trained).items() if "food" in labels
    )
    decide(trained, name, "food", "reject", "Ada")
    decide(trained, name, "joy", "add", "Ada")
    result = retrain.retrain(trained, garden_folder)
    assert result.decisions == 2
    assert "food" not in tags(trained)[name]
    assert tags(trained)[name] >= {"joy"} | (labels - {"food"})


def test_what_was_decided_is_learned(trained: Library, garden_folder: Path) -> None:
    rained = next(name for name, labels in tags(trained).items() if not labels)
    assert int(rained.rsplit("-", 1)[0], 16) % 5 != 0  # a document to learn from
    before = probability(trained, rained, "joy")
    decide(trained, rained, "joy", "add", "Ada")
    retrain.retrain(trained, garden_folder, even_if_worse=True)
    assert probability(trained, rained, "joy") > before


def test_a_word_on_two_versions_that_are_both_in_teaches_once(
    told: Library, garden_folder: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.md"
    second.write_text(f"{REPORT}\n# Ponds\n\nThe pond froze over.\n", encoding="utf-8")
    list(build.add(told, [second]))
    names = list(tags(told))
    with told.catalog() as catalog:
        texts = {name: catalog.passage(name).passage.text for name in names}
    one, other = (name for name in names if "marigolds" in texts[name])
    for name in (one, other):
        decide(told, name, "joy", "add", "Ada")
    assert retrain.retrain(told, garden_folder).decisions == 1
    decide(told, other, "joy", "reject", "Ben")
    decide(told, other, "food", "reject", "Ben")
    assert retrain.retrain(told, garden_folder).decisions == 3


def probability(library: Library, name: str, label: str) -> float:
    heads = library.heads()
    assert heads is not None
    with library.catalog() as catalog:
        stored = catalog.passage(name)
        windows = windows_of(
            catalog.connection, stored.number, library.identity.dimension, heads.scorer
        )
    found = heads.probabilities(stored.passage.text, windows)
    return float(found[heads.labels.index(label)])


def test_a_worse_tagger_is_dropped_unless_asked_for(
    trained: Library, garden_folder: Path, tmp_path: Path
) -> None:
    before = trained.heads()
    assert before is not None
    spoilt = _spoilt(garden_folder, tmp_path / "spoilt")
    said: list[Retrained] = []
    result = retrain.retrain(trained, spoilt, ended=lambda _, done: said.append(done))
    assert said == [result]
    assert not result.swapped
    assert result.retagged == 0
    kept = trained.heads()
    assert kept is not None
    assert kept.examples == before.examples
    assert retrain.retrain(trained, spoilt, even_if_worse=True).swapped
    swapped = trained.heads()
    assert swapped is not None
    assert swapped.examples != before.examples


def _spoilt(folder: Path, target: Path) -> Path:
    """The same passages, with "food" and "joy" exchanged in those to learn from."""
    target.mkdir()
    train = {line.split('"')[3] for line in (folder / "passages.jsonl").open() if '"train"' in line}
    for name in ("passages.jsonl", "settled.jsonl"):
        lines = []
        for line in (folder / name).open():
            exchanged = line.replace("food", "?").replace("joy", "food").replace("?", "joy")
            spoil = name == "settled.jsonl" and line.split('"')[3] in train
            lines.append(exchanged if spoil else line)
        (target / name).write_text("".join(lines))
    return target


def test_a_change_that_is_not_taken_leaves_tagger_and_tags_as_they_were(
    trained: Library, garden_folder: Path
) -> None:
    heads, given, folder = trained.heads(), tags(trained), trained.tagger_folder()
    files = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail_late(connection: sqlite3.Connection, _: Retrained) -> None:
        """Let COMMIT itself fail: a tag of a passage that is not there."""
        connection.execute("DELETE FROM tags")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("INSERT INTO tags VALUES (999999, 'food', .9, 0, 1)")

    with pytest.raises(sqlite3.IntegrityError):
        retrain.retrain(trained, garden_folder, even_if_worse=True, ended=fail_late)
    assert (tags(trained), trained.tagger_folder()) == (given, folder)
    assert trained.heads() is heads
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    assert list(trained.home.path.glob("tagger*")) == [folder]
    again = Library.open(trained.home).heads()
    assert again.examples == heads.examples
    assert examine(trained.home) == []


def test_the_one_before_goes_when_the_new_one_is_in_place(
    trained: Library, garden_folder: Path
) -> None:
    first = trained.tagger_folder()
    first.rename(trained.home.tagger)  # as an earlier version had it
    with trained.catalog() as catalog, database.note(catalog.connection):
        database.write_setting(catalog.connection, own_tagger.SETTING, 0)
        generation = database.generation(catalog.connection)
    (trained.home.trained(generation + 1)).mkdir()
    (trained.home.trained(generation + 1) / "heads.npz").write_bytes(b"killed here")
    retrain.retrain(trained, garden_folder, even_if_worse=True)
    assert list(trained.home.path.glob("tagger*")) == [trained.home.trained(generation + 1)]
    assert trained.tagger_folder() == trained.home.trained(generation + 1)
    assert examine(trained.home) == []


def test_examples_for_another_taxonomy_are_refused(told: Library) -> None:
    with pytest.raises(LabelledError, match="this library has tags of its own"):
        retrain.retrain(told)
    assert told.heads() is None


@pytest.mark.parametrize("only", ["train", "test"])
def test_examples_of_one_split_are_refused(
    told: Library, garden_folder: Path, tmp_path: Path, only: str
) -> None:
    for name in ("passages.jsonl", "settled.jsonl"):
        text = (garden_folder / name).read_text()
        other = {"train": "test", "test": "train"}[only]
        (tmp_path / name).write_text(text.replace(f'"split": "{other}"', f'"split": "{only}"'))
    with pytest.raises(LabelledError, match=r"passages\.jsonl: no passage has 'split': '(.*)'"):
        retrain.retrain(told, tmp_path)
    assert told.heads() is None


def test_the_command_says_what_was_learned_from(told: Library, garden_folder: Path) -> None:
    words = ["--home", str(told.home.path), "train", "--examples", str(garden_folder)]
    *_, learned, _ = CliRunner().invoke(waymark.main, words).stdout.splitlines()
    which = f"learned from 42 examples in {garden_folder}, in place of the shipped ones,"
    assert learned == f"{which} and 0 decisions"


def test_the_queue_asks_what_is_uncertain_and_not_yet_decided(
    told: Library, garden_folder: Path
) -> None:
    with pytest.raises(TaggerError, match="no tagger was learned"):
        queue.queue(told, 5)
    retrain.retrain(told, garden_folder)
    asked = queue.queue(told, 2)
    assert len(asked) == 2
    assert len({question.label for question in asked}) == 2
    assert len({question.stored.passage_id for question in asked}) == 2
    first = asked[0]
    decide(told, first.stored.passage_id, first.label, "reject", "Ada")
    again = queue.queue(told, 20)
    assert (first.stored.passage_id, first.label) not in [
        (question.stored.passage_id, question.label) for question in again
    ]
    with told.catalog() as catalog:
        assert len(list(decisions.standing(catalog.connection))) == 1


def test_the_queue_of_an_empty_library_is_empty(
    garden_library: Library, garden_folder: Path
) -> None:
    retrain.retrain(garden_library, garden_folder)
    assert queue.queue(garden_library, 5) == []
