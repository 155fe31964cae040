"""What all tests share: PDFs made on the spot, and one library built from some of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fpdf import FPDF

from index import build
from index.home import Home
from index.library import Library

MakePdf = Callable[..., Path]

TWINNING = (
    "The reception agency of Arland twinned with its counterpart in Borland for eighteen months. "
    "Two caseworkers from Arland sat with their new colleagues during the first arrivals, so that "
    "the unit could run the second group alone. The mentors came back every quarter."
)
MINISTERS = (
    "Ministers in Borland feared a backlash among voters. Colleagues from three experienced states "
    "met them before the vote to show that the programme was feasible, and the cabinet then "
    "pledged two hundred places."
)
HOUSING = (
    "Families waited nine months for a flat. Rents rose by twelve per cent in the capital, and the "
    "number of empty municipal flats fell from 430 to 112 within two years."
)
WEATHER = (
    "Rain fell on 140 days of the year. The harbour was closed twice because of storms, and the "
    "ferry company reported fewer passengers than in the year before."
)
EVALUATION = (
    "The evaluation asked forty officials whether the study visits had changed their work. Most "
    "kept the contacts that they had made, but only a third had used what they saw."
)


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """make_pdf(path, pages, title=…): a PDF with a heading and a paragraph on each page."""

    def make(path: Path, pages: Sequence[tuple[str, str]], title: str = "") -> Path:
        pdf = FPDF(format="A4")
        pdf.set_title(title)
        for heading, text in pages:
            pdf.add_page()
            pdf.set_font("Helvetica", "B", 16)
            pdf.multi_cell(0, 10, heading, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
            pdf.set_font("Times", size=11)
            pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        pdf.output(str(path))
        return path

    return make


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, make_pdf: MakePdf) -> Path:
    """A folder with three reports: one of three pages, two of one page."""
    folder = tmp_path_factory.mktemp("shelf")
    make_pdf(
        folder / "borland.pdf",
        [("1. Twinning", TWINNING), ("2. The vote", MINISTERS), ("3. Housing", HOUSING)],
        title="Resettlement in Borland 2016",
    )
    make_pdf(folder / "weather.pdf", [("Weather", WEATHER)], title="Harbour notes 2011")
    make_pdf(folder / "visits.pdf", [("Findings", EVALUATION)], title="Evaluation of study visits")
    return folder


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, shelf: Path) -> Library:
    """A library of the shelf. Shared: tests that write make their own with `empty_library`."""
    made = Library.create(Home(tmp_path_factory.mktemp("library")))
    list(build.add(made, [shelf]))
    return made


@pytest.fixture
def empty_library(library: Library, tmp_path: Path) -> Library:
    """A new library without documents; its encoder is converted already, which takes seconds."""
    made = Library.create(Home(tmp_path / "home"))
    shutil.copytree(library.home.models, made.home.models)
    return made
