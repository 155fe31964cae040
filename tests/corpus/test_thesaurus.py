"""Words that may stand for others: what stands in the file, and what is told of a broken one."""

from pathlib import Path

import pytest

from corpus import thesaurus
from corpus.thesaurus import Headword, ThesaurusError


def test_the_shipped_file_keeps_the_rules() -> None:
    entries = {entry.word: entry for entry in thesaurus.read()}
    assert len(entries) > 4000
    assert {"fund", "spend"} <= {*entries["pay"].same}
    assert [*entries] == sorted(entries)
    for entry in entries.values():
        words = (*entry.same, *entry.related)
        assert entry.word not in words
        assert len(words) == len({*words}), entry.word


def test_words_that_mean_the_same_and_related_ones(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("pay\tfund low-cost\twage\nshy\t\tquiet\n", encoding="utf-8")
    assert thesaurus.read(path) == (
        Headword("pay", ("fund", "low-cost"), ("wage",)),
        Headword("shy", (), ("quiet",)),
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("pay\tfund", "one entry is"),
        ("pay\tfund\twage\tmore", "one entry is"),
        ("pay\t\t", "one entry is"),
        ("\tfund\twage", "is not one word in small letters"),
        ("to pay\tfund\t", "is not one word"),
        ("pay\tFund\t", "'Fund' is not one word"),
        ("pay\tfund,cover\t", "'fund,cover' is not one word"),
        ("cost\tprice\t", "'cost' has an entry already"),
    ],
)
def test_what_breaks_the_rules(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(f"cost\tfee\t\n{line}\n", encoding="utf-8")
    with pytest.raises(ThesaurusError, match=says) as told:
        thesaurus.read(path)
    assert "line 2" in str(told.value)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_bytes("pay\tfund\tcafé\n".encode("latin-1"))
    with pytest.raises(ThesaurusError, match="not UTF-8"):
        thesaurus.read(path)
