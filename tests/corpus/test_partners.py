"""What to settle about a partner: the file that comes along, and files with faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.partners import Choice, PartnersError, load

ONE = """
[[aspects]]
id = "size"
title = "How large?"
choices = [
    { id = "small", words = "small", question = "What helps a small programme?" },
    { id = "large", words = "large", question = "What helps a large one?" },
]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "partners.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_that_comes_along_offers_a_choice_each_time():
    aspects = load()
    assert len({aspect.id for aspect in aspects}) == len(aspects) == 8
    assert all(len(aspect.choices) >= 2 for aspect in aspects)


def test_an_aspect_with_its_choices(tmp_path: Path):
    (aspect,) = load(written(tmp_path, ONE))
    assert (aspect.id, aspect.title) == ("size", "How large?")
    assert aspect.choice("small") == Choice("small", "small", "What helps a small programme?")
    assert aspect.choice("huge") is None


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("[[aspects", "not valid TOML"),
        ("other = 1", "aspects"),
        (ONE + ONE, "aspects, number 2 (size): id: 'size' is there twice"),
        (ONE.replace('"large", w', '"small", w'), "choices, number 2 (small): id: 'small' is"),
        (ONE.replace('words = "large", ', ""), "choices, number 2 (large)"),
        (ONE.replace('title = "How large?"', "title = 7"), "title"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, fault: str, said: str):
    path = written(tmp_path, fault)
    with pytest.raises(PartnersError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)
