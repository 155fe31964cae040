"""Phrases and what stands for them: what is in the file, and what is told of a broken one."""

from pathlib import Path

import pytest

from corpus import phrases
from corpus.phrases import Phrase, PhrasesError


def test_the_shipped_file_keeps_the_rules() -> None:
    entries = {entry.text: entry for entry in phrases.read()}
    assert len(entries) > 3000
    assert {"fail", "failure"} <= {*entries["go wrong"].stand_ins}
    assert [*entries] == sorted(entries)
    for entry in entries.values():
        assert entry.text not in entry.stand_ins
        assert len(entry.stand_ins) == len({*entry.stand_ins}), entry.text


def test_a_phrase_and_what_stands_for_it(tmp_path: Path) -> None:
    path = tmp_path / "phrases.tsv"
    path.write_text("pay back\trepay, give the money back\nco-worker’s desk\tseat\n", "utf-8")
    assert phrases.read(path) == (
        Phrase("pay back", ("repay", "give the money back")),
        Phrase("co-worker’s desk", ("seat",)),
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("pay back", "one entry is"),
        ("pay\trepay", "one entry is"),
        ("pay it all back now\trepay", "one entry is"),
        ("\trepay", "one entry is"),
        ("Pay back\trepay", "one entry is"),
        ("pay back\t", "not ''"),
        ("pay back\trepay,refund", "not 'repay,refund'"),
        ("pay back\trepay, give it back to them", "'pay back' is one to four words"),
        ("pay back\trepay\trefund", "not 'repay\\\\trefund'"),
        ("hand over\ttransfer", "'hand over' has an entry already"),
    ],
)
def test_what_breaks_the_rules(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "phrases.tsv"
    path.write_text(f"hand over\tgive\n{line}\n", encoding="utf-8")
    with pytest.raises(PhrasesError, match=says) as told:
        phrases.read(path)
    assert "line 2" in str(told.value)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "phrases.tsv"
    path.write_bytes("pay back\tcafé\n".encode("latin-1"))
    with pytest.raises(PhrasesError, match="not UTF-8"):
        phrases.read(path)
