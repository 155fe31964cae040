"""What stands on a web page beside its text."""

import pytest

from ingest.formats import html

TEXT = "<main><h1>Visits</h1><p>They came twice.</p></main>"


def texts(page: str) -> list[str]:
    return [block.text for block in html.read(page.encode())[1]]


@pytest.mark.parametrize(
    "beside",
    [
        "<header role=banner><a href=/>The agency</a></header>",
        "<header><h1>The agency</h1></header>",
        "<div role=navigation><ul><li>Home</li></ul></div>",
        "<div role=search>Search</div>",
        "<footer><h2>Help</h2><p>All rights reserved.</p></footer>",
        "<div id=footer><p>All rights reserved.</p></div>",
        "<div role=contentinfo><p>All rights reserved.</p></div>",
        "<aside><h2>Archives</h2><p>May 2019</p></aside>",
        "<ol class='app-breadcrumbs__list'><li>Home</li></ol>",
        "<a class='app-skip-link' href='#main'>Skip to main content</a>",
        "<div class='cookie-banner'><p>We use cookies.</p></div>",
        "<div id='cookieConsent'><p>We use cookies.</p></div>",
        "<div id='onetrust-banner-sdk'><p>We value your privacy.</p></div>",
        "<div role=dialog><p>We value your privacy.</p></div>",
        "<p hidden>Draft</p>",
        "<p style='color:red; DISPLAY : none'>Draft</p>",
        "<span style='visibility:hidden'>3</span>",
        "<dialog>Draft</dialog><textarea>Draft</textarea><video>No film.</video>",
        "<datalist><option>Draft</datalist><template><p>Draft</p></template>",
        "<noscript><p>Draft</p></noscript><!-- Draft -->",
        "<form><p>Your name</p><input><button>Send</button></form>",
        "<span class='mw-editsection'>[edit]</span><div class='d-print-none'>Share</div>",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_is_not_the_text_of_the_page(beside: str, first: bool) -> None:
    page = beside + TEXT if first else TEXT + beside
    assert texts(f"<body>{page}</body>") == ["Visits", "They came twice."]


@pytest.mark.parametrize(
    "kept",
    [
        "<header><p>In short.</p></header>",
        "<aside><p>In short.</p></aside>",
        "<blockquote><footer>In short.</footer></blockquote>",
        "<div class=sidebar><p>In short.</p></div>",
        "<section class='cookie-policy'><p>In short.</p></section>",
        "<div aria-hidden=true><p>In short.</p></div>",
        "<div hidden=until-found><p>In short.</p></div>",
        "<button aria-controls=part></button><div id=part hidden><p>In short.</p></div>",
        "<a href='#part'></a><div id=part style='display:none'>In short.</div>",
        "<div role=tabpanel hidden>In short.</div>",
        "<details><summary>In short.</summary></details>",
        "<h2><button>In short.</button></h2>",
        "<dialog open>In short.</dialog>",
    ],
)
def test_what_belongs_to_the_text(kept: str) -> None:
    page = f"<body><article><h1>Visits</h1>{kept}</article></body>"
    assert texts(page) == ["Visits", "In short."]


@pytest.mark.parametrize(
    "page",
    [
        "<form method=post><h1>Visits</h1><p>They came twice.</p></form>",
        "<form><div>Visits</div><p>They came twice.</p></form><p>Bye.</p>",
        "<header><h1>Visits</h1></header><p>They came twice.</p>",
        "<div class='cookie-banner' hidden><article>Visits<p>They came twice.</article></div>",
        "<footer><p>Visits<p>They came twice.</footer>",
    ],
)
def test_a_page_that_is_all_set_in_such_a_part_is_read(page: str) -> None:
    assert texts(f"<body>{page}</body>")[:2] == ["Visits", "They came twice."]


SAID = (
    "The ministry built twelve schools in the north before the rains came, and from the first day "
    "they were open to all girls and boys of the district, whether or not their parents could pay."
)


@pytest.mark.parametrize(
    "kept",
    [
        # Called like furniture, but with the words of a text.
        "<div class='page cookie-notice-hidden'>{0}</div>",
        "<div class='informed-consent-message'><p>Consent was asked.</p>{0}</div>",
        "<div class='content has-breadcrumb'>{0}</div>",
        "<div class='navigation'>{0}</div>",
        "<aside>{0}</aside>",
        "<header><p>In short:</p>{0}</header>",
        "<form><legend>Question 1</legend>{0}<textarea></textarea>{0}</form>",
        "<div style='display:none'>{0}</div>",
        "<canvas>{0}{0}</canvas>",
        "<noscript>{0}{0}</noscript>",
        "<a data-target='#ann'>Ann</a><div id=ann role=dialog>{0}{0}</div>",
    ],
)
def test_a_part_with_words_enough_is_read_whatever_it_is_called(kept: str) -> None:
    own = "<p>They came twice.</p>" * 60
    page = f"<body><h1>Visits</h1>{own}{kept.format(f'<p>{SAID}</p>')}</body>"
    assert SAID in texts(page)


@pytest.mark.parametrize(
    "beside",
    [
        f"<div id=cookie-banner><p>{SAID}</p><p>We use cookies. Change your cookies.</p></div>",
        f"<nav><p>{SAID}</p></nav>",
        f"<div role=dialog><p>{SAID}</p></div>",
        "<noscript>Please enable JavaScript.</noscript><canvas>No canvas.</canvas>",
        "<form><h3>Newsletter</h3><p>Sign up.</p><label>Mail <input></label></form>",
    ],
)
def test_a_page_that_does_not_say_what_is_its_text(beside: str) -> None:
    own = "<p>They came twice.</p>" * 60
    assert set(texts(f"<body>{beside}<h1>Visits</h1>{own}</body>")) == {
        "Visits",
        "They came twice.",
    }


@pytest.mark.parametrize(
    ("part", "read"),
    [
        (
            "<button class=accordion>Why?</button><div style='display:none'>No.</div>",
            ["Why?", "No."],
        ),
        ("<h3>Why?</h3><div hidden><p>No.</p></div>", ["Why?", "No."]),
        ("<div><a href='#'>Why?</a></div><div hidden><p>No.</p></div>", ["Why?", "No."]),
        ("<dl><dt>Why?<dd hidden>No.</dl>", ["Why?", "No."]),
        ("Why?<i id=a hidden> No.</i><i onclick=\"show('a')\"></i>", ["Why? No."]),
        ("<ul><li>Why?<li style='display:none'>No.</ul>", ["- Why?", "- No."]),
        ("<p style='visibility: hidden; animation-name: none'>Why?</p>", ["Why?"]),
        ("<x-card><template shadowrootmode=open>Why?</template></x-card>", ["Why?"]),
    ],
)
def test_what_a_reader_brings_up(part: str, read: list[str]) -> None:
    page = f"<body><div><p>They came twice.</p><div>{part}</div></div></body>"
    assert texts(page) == ["They came twice.", *read]


def test_rows_of_a_table_are_no_furniture() -> None:
    page = """<table><tr><th><button>Town</button><th>Visits<tr hidden><td>Ash<td>2
    <tr class=footer><td>All<td>5</table>"""
    assert texts(page) == ["Town: Ash; Visits: 2", "Town: All; Visits: 5"]


def test_the_title_of_a_text_that_is_in_no_article() -> None:
    page = """<header><h1>The agency</h1></header>
    <header><h2>Visits</h2><p>By Ann</p></header><h1>B</h1>"""
    assert texts(f"<body>{page}</body>") == ["Visits", "By Ann", "B"]


def test_an_aside_between_paragraphs_is_of_the_text() -> None:
    page = "<div><h1>Visits</h1><p>One.</p><aside>In short.</aside><p>Two.</p></div>"
    assert texts(page) == ["Visits", "One.", "In short.", "Two."]


def test_notes_at_the_foot_of_a_page() -> None:
    page = """<main><h1>Visits</h1><p>Twice<sup><a href="#a">1</a></sup>.</p></main>
    <footer><ol><li id=a>By law.</ol></footer>"""
    assert texts(page) == ["Visits", "Twice.", "1. By law."]


def test_a_menu_that_is_never_closed() -> None:
    page = f"<body><nav><a href=/>Home</a><div><h2>Visits</h2><p>{SAID}</p></div></body>"
    assert texts(page) == ["Home", "Visits", SAID]
