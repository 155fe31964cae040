"""The catalogue of public works: the one that is shipped, and faulty ones."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from corpus.catalogue import CatalogueError, load

WORK = """
[[works]]
id = "a-report"
title = "A Report"
authors = ["A. Author", "B. Author"]
year = 2016
publisher = "An Agency"
kind = "report"
language = "en"
file = "pdf"
link = "https://www.example.org/a%20report.pdf?la=en"
"""


def problems(path: Path, text: str) -> list[str]:
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(path)
    return list(caught.value.problems)


def test_the_shipped_catalogue_is_in_order() -> None:
    works = load()
    assert len(works) >= 60
    assert sum(work.file == "pdf" for work in works) >= 30
    for work in works:
        assert (work.file == "pdf") is urlsplit(work.link).path.endswith((".pdf", "/en/pdf"))
    (known,) = [work for work in works if work.id == "welcome-to-europe-2013"]
    assert (known.year, known.publisher) == (2013, "International Catholic Migration Commission")
    assert known.link.startswith("https://www.icmc.net/")


def test_a_work_is_read_field_by_field(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(
        WORK
        + WORK.replace("a-report", "b").replace("year = 2016\n", "").replace("a%20report", "b"),
        "utf-8",
    )
    first, second = load(path)
    assert first.authors == ("A. Author", "B. Author")
    assert (first.year, second.year) == (2016, None)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('title = "A Report"', 'title = ""', "title: is ''"),
        ('title = "A Report"\n', "", "title: missing"),
        ("year = 2016", 'year = "2016"', "year: is '2016'"),
        ('kind = "report"', 'kind = "novel"', "kind: is 'novel'"),
        ('file = "pdf"', 'file = "docx"', "file: is 'docx'"),
        ('authors = ["A. Author", "B. Author"]', "authors = []", "authors: is []"),
        ('id = "a-report"', 'id = "A report"', "id: is 'A report'"),
        ('publisher = "An Agency"', 'printer = "An Agency"', "printer: unknown key"),
    ],
)
def test_a_fault_is_named_with_its_entry(tmp_path: Path, right, wrong, said) -> None:
    assert right in WORK
    found = problems(tmp_path / "c.toml", WORK.replace(right, wrong))
    assert any(said in line for line in found)
    assert all("works, number 1 (" in line for line in found)


@pytest.mark.parametrize(
    "link",
    [
        "http://www.example.org/a.pdf",
        "https://www.example.org:8443/a.pdf",
        "https://anna@www.example.org/a.pdf",
        "https://127.0.0.1/a.pdf",
        "https://[::1]/a.pdf",
        "https://localhost/a.pdf",
        "https:///a.pdf",
        "www.example.org/a.pdf",
        "https://www.example.org/a.pdf#page=2",
        "https://www.example.org/a b.pdf",
        "https://www.exämple.org/a.pdf",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_will_not_be_fetched_is_refused(tmp_path: Path, link: str) -> None:
    right = "https://www.example.org/a%20report.pdf?la=en"
    (line,) = problems(tmp_path / "c.toml", WORK.replace(right, link))
    assert "(a-report): link: is" in line


def test_nothing_is_there_twice(tmp_path: Path) -> None:
    assert problems(tmp_path / "c.toml", WORK + WORK) == [
        f"{tmp_path / 'c.toml'}: works, number 2 (a-report): id: 'a-report' is there twice "
        "(must be in one entry alone)",
        f"{tmp_path / 'c.toml'}: works, number 2 (a-report): link: "
        "'https://www.example.org/a%20report.pdf?la=en' is there twice "
        "(must be in one entry alone)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "works = 3",
        "[[works",
        "",
        "works = []",
        "works = [1]",
        pytest.param("works = " + "[" * 100_000, id="deeper than Python reads"),
        pytest.param("works = " + "9" * 5_000, id="a number of more digits than Python reads"),
        pytest.param("works = [0x" + "f" * 5_000 + "]", id="one that Python reads and cannot say"),
        pytest.param("works" + ".a" * 5_000 + " = 1", id="tables in tables that it cannot say"),
    ],
)
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (line,) = problems(tmp_path / "c.toml", text)
    assert line.startswith(str(tmp_path / "c.toml"))
