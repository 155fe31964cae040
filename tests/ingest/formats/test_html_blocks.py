"""Words, items, notes and depth of web pages."""

from pathlib import Path

import pytest

from ingest.formats import html
from ingest.isolated.sandbox import Limits
from ingest.read import fingerprint, read
from ingest.records import Block, BlockKind, Document, Failure


def blocks_of(page: str) -> tuple[Block, ...]:
    return html.read(page.encode())[1]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<h1>Annual<br>report</h1>", ["Annual report"]),
        ("<h2><div>Part one</div><div>Why</div></h2>", ["Part one Why"]),
        ("<p><b>one<br>two</b> three</p>", ["one two three"]),
        ("<ul><li>north<br>south</li></ul>", ["- north south"]),
        ("<p>wo<wbr>rd, <span>re</span>port</p>", ["word, report"]),
        ("<p>for <math><mi>x</mi><mo>=</mo><mn>2</mn></math> towns</p>", ["for x = 2 towns"]),
        ("<p><ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>\u5b57</p>", ["\u6f22\u5b57"]),
        ("<a href=x><h2>Visits</h2><p>Twice.</p></a>", ["Visits", "Twice."]),
    ],
)
def test_words_are_apart_where_a_browser_sets_them_apart(page: str, texts: list[str]) -> None:
    assert [block.text for block in blocks_of(page)] == texts


def test_two_line_breaks_part_paragraphs() -> None:
    page = "<div>One.<br>\n<br/>Two<br>goes <b>on<br><br>there</b>.<br>&nbsp;<br><br>Three.</div>"
    assert [block.text for block in blocks_of(page)] == ["One.", "Two goes on there.", "Three."]


def test_items_say_their_numbers() -> None:
    page = """<ol start=3><li><p>Ask.</p></li><li>Agree.<ol><li>Who?</li></ol></li>
    <li value=9>Go.<p>Twice.</p></li></ol><ul><li><b>Then</b> write.</li></ul>
    <ol reversed><li>Last</li></ol><ol start=soon><li>First</li></ol>"""
    found = blocks_of(page)
    assert [block.text for block in found] == [
        "3. Ask.",
        "4. Agree.",
        "1. Who?",
        "9. Go.",
        "Twice.",
        "- Then write.",
        "- Last",
        "1. First",
    ]
    others = [block.text for block in found if block.kind is not BlockKind.LIST]
    assert others == ["Twice."]


def test_a_number_that_an_item_writes_itself_is_not_said_twice() -> None:
    found = blocks_of("<ol><li>1. Ask.</li><li>Agree.</li></ol>")
    assert [block.text for block in found] == ["1. Ask.", "2. Agree."]


def test_a_heading_in_an_item_takes_no_number() -> None:
    found = blocks_of("<ol><li><h3>Ask</h3><p>Early.</p></li></ol>")
    assert [(block.kind, block.text) for block in found] == [
        (BlockKind.HEADING, "Ask"),
        (BlockKind.PARAGRAPH, "Early."),
    ]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>',
            '<div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> See page 4.</p></div>',
        ),
        ('<a href="#end-1" role="doc-noteref">1</a>', '<p id="end-1">1 See page 4.</p>'),
    ],
)
def test_marks_of_notes_that_are_not_raised(mark: str, note: str) -> None:
    text, last = blocks_of(f"<p>It cost 250{mark} euros.</p>{note}")
    assert (text.text, text.marks) == ("It cost 250 euros.", ((11, "1"),))
    assert last.note == "1"


@pytest.mark.parametrize("feed", ["\f", "&#12;", "&#xC;"])
def test_a_form_feed_is_white(feed: str) -> None:
    page = f"<p>a{feed}b 40<sup><a href='#n'>1</a></sup>{feed}c<p id=n>{feed}d"
    assert [block.text for block in blocks_of(page)] == ["a b 40 c", "d"]


@pytest.mark.parametrize(
    "odd", ["\x01", "\0", "\x0b", "&#1;", "&#x1F;", "&#0;", "\ufffe", "&#65535;"]
)
def test_control_characters_stop_nothing(odd: str) -> None:
    formula = f"<math><mi>x{odd}</mi></math>"
    page = f"<p>a{odd}b 40<sup><a href='#n'>1</a></sup>{odd} {formula}<p id=n>{odd}c"
    assert [block.text for block in blocks_of(page)] == ["ab 40 x", "c"]


@pytest.mark.parametrize("link", ["<a href='#ch2'>2</a>", "<a href='other.html'>12</a>"])
def test_links_that_are_figures_of_the_text_stay(link: str) -> None:
    (block,) = blocks_of(f"<p>See chapter {link} too.</p>")
    assert block.text in ("See chapter 2 too.", "See chapter 12 too.")


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "font"])
def test_what_is_nested_two_thousand_deep_is_read(tag: str) -> None:
    deep = f"<p>Before.</p>{f'<{tag}>' * 2_000}Within.{f'</{tag}>' * 2_000}<p>After.</p>"
    assert [block.text for block in blocks_of(deep)] == ["Before.", "Within.", "After."]


def test_what_is_nested_too_deep_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text(f"<p>Before.</p>{'<div>' * 20_000}Within.")
    limits = Limits()
    (failure,) = read(path, str(fingerprint(path, limits)), limits)
    assert isinstance(failure, Failure)
    assert str(failure) == (
        f"{path}: its elements are nested too deep to be read "
        "(open it in a browser, print it to a PDF and add that)"
    )


@pytest.mark.parametrize("end", ["</html>", "</body></html>", "</BODY >", "</body><body>"])
def test_what_follows_the_end_of_a_page_is_read(end: str) -> None:
    page = f"<html><body><p>The answer.</p>{end}<html><body><p>The question.</p>"
    assert [block.text for block in blocks_of(page)] == ["The answer.", "The question."]


def test_pictures_of_many_megabytes_hide_no_text(tmp_path: Path) -> None:
    path = tmp_path / "pictures.html"
    picture = f"<img src='data:image/png;base64,{'A' * 12_000_000}'>"
    path.write_text(f"<p>Before.</p>{picture}<p>After.</p>")
    limits = Limits()
    (found,) = read(path, str(fingerprint(path, limits)), limits)
    assert isinstance(found, Document)
    assert [block.text for block in found.pages[0].blocks] == ["Before.", "After."]


def _read(folder: Path, page: str) -> list[Document | Failure]:
    (folder / "a.html").write_text(page)
    limits = Limits()
    return list(read(folder / "a.html", str(fingerprint(folder / "a.html", limits)), limits))


@pytest.mark.parametrize(
    "page",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<title>Visits</title><body><app-root></app-root><p>Loading</p><script src=a></script>",
        "<body><div id=root></div><footer>The agency</footer><script src=a></script>",
    ],
)
def test_a_page_whose_text_scripts_make_is_refused(page: str, tmp_path: Path) -> None:
    (failure,) = _read(tmp_path, page)
    assert isinstance(failure, Failure)
    assert str(failure).endswith(
        "a.html: the file holds next to no words: scripts make the page's text "
        "(open it in a browser, print it to a PDF and add that)"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<body><p>They came twice.</p><script>count()</script>",
        "<body><div id=root></div><p>They came twice.</p>",
        f"<body><div id=root></div><p>{'They came twice. ' * 3}</p><script src=a></script>",
    ],
)
def test_a_short_page_is_read(page: str, tmp_path: Path) -> None:
    (document,) = _read(tmp_path, page)
    assert isinstance(document, Document)
