"""The lists of words of other languages: what stands in them, and what is told of a broken one."""

from pathlib import Path

import pytest

from corpus import lexicon
from corpus.lexicon import LexiconError


def test_the_shipped_lists_keep_the_rules() -> None:
    assert lexicon.languages() == ("de", "es", "fr", "it", "nl", "pt", "sv")
    for language in lexicon.languages():
        found = lexicon.read(lexicon.SHIPPED / f"{language}.tsv")
        assert len(found) > 5000, language
        assert all(english == " ".join(english.split()) for english in found.values()), language


@pytest.mark.parametrize(
    ("language", "word", "english"),
    [
        ("de", "zumutbarkeit", "reasonableness"),
        ("de", "ort", "place"),
        ("es", "sin embargo", "however"),
        ("fr", "demandeur d'asile", "asylum seeker"),
        ("fr", "sortie", "exit"),
    ],
)
def test_words_of_the_field(language: str, word: str, english: str) -> None:
    assert lexicon.read(lexicon.SHIPPED / f"{language}.tsv")[word] == english


def test_an_empty_english_is_a_word_that_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "de.tsv"
    path.write_text("sich\t\nort\tplace\n", encoding="utf-8")
    assert lexicon.read(path) == {"sich": "", "ort": "place"}


def test_the_digest_tells_other_lists_apart(tmp_path: Path) -> None:
    (tmp_path / "de.tsv").write_text("ort\tplace\n", encoding="utf-8")
    one = lexicon.sha256(tmp_path)
    assert one == lexicon.sha256(tmp_path)
    (tmp_path / "de.tsv").write_text("ort\ttown\n", encoding="utf-8")
    other = lexicon.sha256(tmp_path)
    (tmp_path / "de.tsv").rename(tmp_path / "nl.tsv")
    assert len({one, other, lexicon.sha256(tmp_path)}) == 3


def test_strong_verbs_have_files_beside_the_lists(tmp_path: Path) -> None:
    assert lexicon.verbs("de")["nahm"] == "nehmen"
    assert lexicon.verbs("nl")["wees"] == "wijzen"
    assert lexicon.verbs("sv")["tog"] == "ta"
    assert lexicon.verbs("fr") == {}
    (tmp_path / "de.tsv").write_text("ort\tplace\n", encoding="utf-8")
    alone = lexicon.sha256(tmp_path)
    (tmp_path / "de-verbs.tsv").write_text("nahm nehmen\n", encoding="utf-8")
    assert lexicon.languages(tmp_path) == ("de",)
    assert lexicon.sha256(tmp_path) != alone
    with pytest.raises(LexiconError, match="line 1"):
        lexicon.verbs("de", tmp_path)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("ort place", "one entry is 'word<tab>English'"),
        ("ort\tplace\ttown", "one entry is"),
        ("\tplace", "one entry is"),
        (" ort\tplace", "one entry is"),
        ("Ort\tplace", "small letters"),
        ("art\tkind", "stands there twice"),
    ],
)
def test_what_breaks_the_rules(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "de.tsv"
    path.write_text(f"art\ttype\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=says) as told:
        lexicon.read(path)
    assert "line 2" in str(told.value)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "de.tsv"
    path.write_bytes("für\tfor\n".encode("latin-1"))
    with pytest.raises(LexiconError, match="not UTF-8 at byte 1"):
        lexicon.read(path)
