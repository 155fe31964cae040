"""The press: what is read back from the pages it sets."""

import hashlib
import io
import os
import subprocess
import sys

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

pytest.importorskip("fpdf", reason="the press needs the dev extra")

from corpus.press import sources
from corpus.press.drawing import NEARLY_EMPTY, lay_out, press, set_all
from corpus.press.sources import SourceError
from corpus.press.starter import recorded_digest

FRONT = """\
---
id: a-note
title: A Note
subtitle: About notes
kind: brief
year: 2018
language: en
publisher: The Publisher
layout: one-column
scanned_pages: []
sources:
  - {author: A. Author, title: A Title, year: 2017, url: "https://example.org/title"}
---
"""
SENTENCE = "Officers of the two agencies met twice in the spring and exchanged their lists. "


def numbered(count, start=1):
    """Paragraphs of about five lines, each beginning with its own word."""
    return "".join(f"Paragraph{n} begins. {SENTENCE * 5}\n\n" for n in range(start, start + count))


def source_of(folder, body, **front):
    text = FRONT
    for key, value in front.items():
        old = next(line for line in FRONT.splitlines() if line.startswith(f"{key}:"))
        text = text.replace(old, f"{key}: {value}")
    path = folder / "a-note.md"
    path.write_text(text + body, encoding="utf-8")
    return sources.load(path)


def page_texts(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def boxes_of(pdf, page, word):
    """Left, bottom, right, top in points of each occurrence of a word on a page, 1-based."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[page - 1].get_textpage()
        search = text.search(word, match_case=True, match_whole_word=True)
        found = []
        while (match := search.get_next()) is not None:
            found.append(text.get_charbox(match[0]))
        return found
    finally:
        document.close()


def pages_with(texts, word):
    return [number for number, text in enumerate(texts, start=1) if word in text.split()]


def test_the_same_source_gives_the_same_bytes_in_any_process(tmp_path):
    body = f"{SENTENCE}[^1] *Leaning* and **heavy**.\n\n## Part\n\nText.\n\n[^1]: A note.\n"
    source = source_of(tmp_path, body, scanned_pages="[1]")
    script = "import sys; from corpus.press import drawing, sources; from pathlib import Path; "
    script += "sys.stdout.buffer.write(drawing.press(sources.load(Path(sys.argv[1]))))"
    for zone, seed in (("Asia/Tokyo", "7"), ("America/Lima", "99")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", script, str(source.path)]
        other = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
        assert hashlib.sha256(other).digest() == hashlib.sha256(press(source)).digest()


def test_running_heads_stand_from_the_second_page_and_numbers_on_all(tmp_path):
    body = f"## First part\n\n{numbered(12)}## Second part\n\n{numbered(12, 13)}"
    texts = page_texts(press(source_of(tmp_path, body)))
    count = len(texts)
    assert count >= 3
    assert texts[0].count("A Note") == 1
    assert texts[1].startswith("A Note First part\n")
    assert texts[-1].startswith("A Note Second part\n")
    for number, text in enumerate(texts, start=1):
        assert text.rstrip().endswith(f"The Publisher {number} / {count}")


def test_the_file_says_what_it_is(tmp_path):
    source = source_of(tmp_path, "## Part\n\nText.\n\n### Piece\n\nMore.\n", language="fr")
    reader = PdfReader(io.BytesIO(press(source)))
    assert reader.metadata.title == "A Note"
    assert reader.metadata.author == "The Publisher"
    assert reader.metadata.subject == "About notes"
    assert reader.metadata.creation_date.year == 2018
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert recorded_digest(io.BytesIO(press(source))) == source.sha256
    first, below, last = reader.outline
    assert (first.title, below[0].title, last.title) == ("Part", "Piece", "Sources")


def test_a_footnote_stands_at_the_foot_of_the_page_that_refers_to_it(tmp_path):
    body = (
        f"{numbered(9)}Here is thetwelfth reference.[^x]\n\n{numbered(9, 10)}"
        f"Here is thelast reference.[^y]\n\n[^x]: Notedtwelve stands here.\n"
        "[^y]: Notedlast stands here.\n"
    )
    pdf = press(source_of(tmp_path, body))
    texts = page_texts(pdf)
    assert pages_with(texts, "thetwelfth") == pages_with(texts, "Notedtwelve")
    assert pages_with(texts, "thelast") == pages_with(texts, "Notedlast")
    [page] = pages_with(texts, "thetwelfth")
    [reference], [note] = boxes_of(pdf, page, "thetwelfth"), boxes_of(pdf, page, "Notedtwelve")
    # The foot of the text area is 68 points above the lower edge; the note is its last line.
    assert 68 < note[1] < 82
    assert reference[1] > note[3]


def test_a_page_full_of_footnotes_does_not_run_into_its_text(tmp_path):
    body = "".join(f"Point{n}.[^{n}] {SENTENCE * 3}\n\n" for n in range(1, 31))
    body += "".join(f"[^{n}]: Note{n} is here. {SENTENCE * 2}\n" for n in range(1, 31))
    pdf = press(source_of(tmp_path, body))
    texts = page_texts(pdf)
    assert sum(f"Point{n}." in text for text in texts for n in range(1, 31)) == 30
    for page, text in enumerate(texts, start=1):
        points = [n for n in range(1, 31) if f"Point{n}." in text]
        assert points == [n for n in range(1, 31) if f"Note{n}" in text.split()]
        if points:
            [last_point] = boxes_of(pdf, page, f"Point{points[-1]}")
            [first_note] = boxes_of(pdf, page, f"Note{points[0]}")
            assert last_point[1] > first_note[3]


def test_a_footnote_stands_once_on_each_page_that_refers_to_it(tmp_path):
    body = f"One.[^1]\n\nTwo.[^1]\n\n{numbered(12)}Three.[^1]\n\n[^1]: Again cited.\n"
    texts = page_texts(press(source_of(tmp_path, body)))
    assert [text.count("Again cited.") for text in texts] == [1, 1]


def test_two_columns_are_filled_one_after_the_other(tmp_path):
    pdf = press(
        source_of(tmp_path, f"{numbered(8)}End.[^1]\n\n[^1]: Atend.\n", layout="two-column")
    )
    text = page_texts(pdf)[0]
    starts = [text.index(f"Paragraph{n} ") for n in range(1, 9)]
    assert starts == sorted(starts)
    lefts = [boxes_of(pdf, 1, f"Paragraph{n}")[0][0] for n in range(1, 9)]
    assert min(lefts) < 60
    assert max(lefts) > 300
    assert lefts == sorted(lefts)
    assert "Notes\n1. Atend." in text


def test_a_table_spans_both_columns_between_them(tmp_path):
    table = "Table: Wide\n\n| Left | Right |\n|---|---|\n| lowest | highest |\n\n"
    pdf = press(source_of(tmp_path, numbered(4) + table + numbered(4, 5), layout="two-column"))
    [table_box] = boxes_of(pdf, 1, "lowest")
    above = [boxes_of(pdf, 1, f"Paragraph{n}")[0] for n in range(1, 5)]
    below = [boxes_of(pdf, 1, f"Paragraph{n}")[0] for n in range(5, 9)]
    assert all(box[1] > table_box[3] for box in above)
    assert all(box[3] < table_box[1] for box in below)


def test_a_table_that_breaks_repeats_its_header(tmp_path):
    rows = "".join(f"| row{n} | {SENTENCE} |\n" for n in range(60))
    body = f"Table: Long\n\n| Topmost | Text |\n|---|---|\n{rows}"
    texts = page_texts(press(source_of(tmp_path, body)))
    for text in texts:
        assert ("Topmost" in text) == any(f"row{n}" in text.split() for n in range(60))
    for n in range(60):
        assert len(pages_with(texts, f"row{n}")) == 1


@pytest.mark.parametrize("filler", range(9))
def test_no_heading_stands_last_on_a_page(tmp_path, filler):
    body = numbered(6) + "Line.\n\n" * filler + f"## Followed\n\n{numbered(1, 99)}"
    texts = page_texts(press(source_of(tmp_path, body)))
    [page] = [n for n, text in enumerate(texts) if "\nFollowed\n" in f"\n{text}"]
    assert "Followed\nParagraph99 begins." in texts[page]


@pytest.mark.parametrize("filler", range(9))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(tmp_path, filler):
    # Each paragraph is one word a hundred times over, on four or more lines.
    body = "Line.\n\n" * filler + "".join(f"{f'word{n}x ' * 100}\n\n" for n in range(12))
    texts = page_texts(press(source_of(tmp_path, body)))
    counts = {
        sum(f"word{n}x" in line for line in text.splitlines()) for text in texts for n in range(12)
    }
    assert max(counts) > 3
    assert 1 not in counts


def test_a_last_page_of_a_few_lines_is_saved_by_setting_tighter(tmp_path):
    sizes = set()
    for count in range(8, 26):
        pages = lay_out(source_of(tmp_path, numbered(count))).pages
        size = next(run.size for p in pages[0] for run in p.strip.runs if "Paragraph1" in run.text)
        sizes.add(size)
        if size < max(sizes):
            assert sum(placed.strip.height for placed in pages[-1]) > NEARLY_EMPTY
    assert len(sizes) == 2


@pytest.mark.parametrize("layout", ["one-column", "two-column"])
def test_nothing_stands_outside_the_margins(tmp_path, layout):
    address = "https://example.org/" + "very-long-name/" * 12
    body = (
        f"{SENTENCE} See {address} and {'x' * 150}.\n\n> **Box.** {SENTENCE * 3}\n\n"
        f"Table: Much\n\n| {' | '.join(f'Column{n}' for n in range(6))} |\n{'|---' * 6}|\n"
        f"| {' | '.join([SENTENCE] * 6)} |\n"
    )
    document = pypdfium2.PdfDocument(press(source_of(tmp_path, body, layout=layout)))
    seen = 0
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right > left:
                seen += 1
                assert left > 57
                assert right < 595.28 - 57
                assert bottom > 30
                assert top < 841.89 - 30
    document.close()
    assert seen > 6 * len(SENTENCE)  # the cells of the table alone, but for its spaces


def test_a_scanned_page_is_a_grey_picture_without_text(tmp_path):
    pdf = press(source_of(tmp_path, numbered(20), scanned_pages="[2]"))
    texts = page_texts(pdf)
    assert len(texts) == 3
    assert texts[1] == ""
    assert "Paragraph1" in texts[0].split()
    [picture] = PdfReader(io.BytesIO(pdf)).pages[1].images
    image = Image.open(io.BytesIO(picture.data))
    assert image.mode == "L"
    assert image.size == (910, 1287)
    darkest, _ = image.getextrema()
    assert darkest < 60
    assert len(pdf) < 200_000


def test_a_scanned_page_that_does_not_exist_is_refused(tmp_path):
    source = source_of(tmp_path, "Text.\n", scanned_pages="[4]")
    with pytest.raises(SourceError) as caught:
        press(source)
    assert caught.value.problems == (
        f"{source.path}: scanned_pages: there is no page 4 (the last is 1)",
    )


def test_a_character_that_the_fonts_lack_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"the fonts lack '\\u4e2d'"):
        press(source_of(tmp_path, "Text with \u4e2d.\n"))


def test_words_of_a_justified_line_have_real_spaces_between_them(tmp_path):
    pdf = press(source_of(tmp_path, numbered(1)))
    text = " ".join(page_texts(pdf)[0].split())
    assert f"Paragraph1 begins. {SENTENCE * 5}".strip() in text
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    spaces = [i for i in range(page.count_chars()) if page.get_text_range(i, 1) == " "]
    guessed = [i for i in spaces if pypdfium2.raw.FPDFText_IsGenerated(page, i)]
    document.close()
    # Between publisher and page number there is a gap and no space; readers guess that one.
    assert len(guessed) == 1


def test_one_bad_source_does_not_keep_the_others_from_being_set(tmp_path):
    source_of(tmp_path, "Text.\n")
    bad = tmp_path / "bad.md"
    bad.write_text("No front matter.\n")
    problems = set_all(tmp_path, tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["a-note.pdf", "documents.csv"]
    assert problems == [f"{bad}, line 1: no front matter (begin the file with '---')"]
