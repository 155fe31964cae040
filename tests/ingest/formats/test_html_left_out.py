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
