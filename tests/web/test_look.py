"""What every page owes its reader: contrast, labels, headings in order, landmarks, safe text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from index import build
from index.kept import collected, suggestions
from index.library import Library
from ingest.records import Metadata
from web.app import create_app

STYLE = (Path(create_app.__code__.co_filename).parent / "static" / "style.css").read_text("utf-8")

PAGES = [
    "/",
    "/?q=ministers+who+fear+a+backlash",
    "/?q=twinning&document={id}&year=2010..2018",
    "/?q=twinning&year=1950",
    "/?q=twinning&open={id}-0",
    "/documents",
    "/documents?find=zzz",
    "/documents?view=cards",
    "/documents/{id}",
    "/documents/{id}/pages/2",
    "/passages/{id}-0?start=0&end=20",
    "/grid",
    "/guide",
    "/guide?goal=relational",
    "/guide/brief?goal=motivational&activity=mentoring&level=politics",
    "/initiatives",
    "/initiatives/more",
    "/note",
    "/note?q=twinning&heading=A+note&p={id}-0:0-20&p={id}-1&p=0000000000000000-7",
    "/?q=twinning&p={id}-0:0-20",
    "/new?q=twinning&since=2020-01-01",
    "/new?since=2020-01-01",
    "/scorecard",
    "/nowhere",
]


CURATED = [
    "/curate/",
    "/curate/upload",
    "/curate/drafts/{draft}",
    "/curate/drafts/{draft}/pages/1",
    "/curate/shelf/{draft}/remove",
    "/curate/review",
    "/curate/bin",
    "/curate/log",
    "/curate/documents/{id}",
    "/curate/documents/{id}/remove",
    "/curate/jobs/1/cancel",
    "/curate/collections",
    "/curate/collections/1/remove",
    "/curate/suggestions",
    "/suggest?sent=1",
    "/documents?collection=1&view=cards",
    "/documents/{id}",
    "/passages/{id}-0",
    "/passages/{gone}-0",
]
"""As a curator sees them."""


@pytest.fixture(scope="module")
def curated(open_desk, make_pdf, tmp_path_factory: pytest.TempPathFactory):
    """A desk with a draft and something in the bin, and what to put into addresses."""
    folder = tmp_path_factory.mktemp("curated")
    desk = open_desk(folder / "home")
    make_pdf(folder / "draft.pdf", [("Twinning", "The agencies of two states twinned.")])
    desk.upload(folder / "draft.pdf")
    desk.work()
    with desk.library.catalog() as catalog:
        names = {d.file_name: d.document_id for d in catalog.documents()}
    desk.send(f"/curate/documents/{names['weather.pdf']}/withdraw")
    draft = desk.draft_of("draft.pdf")
    made = collected.make(desk.library, "Twinning", "anna")
    collected.put(desk.library, made.collection_id, [names["borland.pdf"]], "anna")
    suggestions.suggest(desk.library, "A report", "https://example.org/", "We miss it.")
    return desk, {"id": names["borland.pdf"], "gone": names["weather.pdf"], "draft": draft}


@pytest.fixture(params=[*PAGES, *(f"curator {address}" for address in [*CURATED, "sign-in"])])
def page(request, client, borland, curated) -> html.HtmlElement:
    as_whom, _, address = request.param.rpartition(" ")
    if address == "sign-in":
        stranger = curated[0].client.application.test_client()
        return html.fromstring(stranger.get("/curate/sign-in").text)
    if as_whom:
        desk, names = curated
        return html.fromstring(desk.client.get(address.format(**names)).text)
    return html.fromstring(client.get(address.format(id=borland)).text)


def test_every_field_has_a_label(page):
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert field.get("id") in labelled or field.xpath("ancestor::label"), html.tostring(field)


def test_headings_begin_with_one_h1_and_skip_no_level(page):
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps, default=0) <= 1, levels


def test_landmarks_language_and_title_are_there(page):
    assert page.xpath("/html/@lang") == ["en"]
    assert len(page.xpath("//main")) == 1
    assert page.xpath("//header//nav/@aria-label")
    assert page.xpath("//title/text()")[0].strip()
    assert page.xpath("//body/a[1]/@href") == ["#main"]


def test_ids_are_unique_and_what_is_pointed_at_is_there(page):
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for attribute in ("aria-labelledby", "aria-describedby"):
        for names in page.xpath(f"//@{attribute}"):
            assert set(names.split()) <= set(ids)


def test_links_and_buttons_say_what_they_do(page):
    for element in page.xpath("//a | //button | //summary"):
        assert element.text_content().strip() or element.xpath(".//img[@alt!='']"), element.attrib
    for image in page.xpath("//img"):
        assert image.get("alt")


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(page):
    assert not page.xpath("//style | //@style | //iframe | //@onclick | //@onload")
    for source in page.xpath("//script/@src | //img/@src | //link/@href"):
        assert source.startswith("/")
    assert all(script.get("src") for script in page.xpath("//script"))


# Contrast, by WCAG 2.2: 4.5 for text, 3 for the edges of what can be used


def palette(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))


LIGHT = palette(STYLE[: STYLE.index("@media (prefers-color-scheme: dark)")])
DARK = palette(STYLE[STYLE.index("@media (prefers-color-scheme: dark)") :])

TEXT = [
    (ink, ground) for ground in ("paper", "card") for ink in ("ink", "soft", "accent", "warn")
] + [
    ("on-accent", "accent"),
    ("on-mark", "mark"),
    ("ink", "goals"),
    ("ink", "activities"),
    ("soft", "goals"),
    ("soft", "activities"),
    *(("on-shade", f"s{step}") for step in range(1, 6)),
    ("paper", "ink"),
]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of an sRGB colour."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_worked_out_as_defined():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(colours, ink, ground):
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_edges_marks_and_the_focus_ring_can_be_seen(colours, ground):
    assert contrast(colours["edge"], colours[ground]) >= 3
    assert contrast(colours["accent"], colours[ground]) >= 3
    assert contrast(colours["rail-goals"], colours[ground]) >= 3
    assert contrast(colours["rail-activities"], colours[ground]) >= 3


# Hostile documents


HOSTILE = (
    "<img src=x onerror=alert(1)>\u202eevil\u202c </mark></blockquote><script>alert(2)</script>"
)


@pytest.fixture
def hostile(empty_library: Library, tmp_path):
    file = tmp_path / "hostile.txt"
    text = f"Twinning {HOSTILE} of agencies. {'x' * 10_000} is the end of it."
    file.write_text(text, encoding="utf-8")
    stated = Metadata(title=f"Report {HOSTILE}", publisher=HOSTILE, url="javascript:alert(3)")
    list(build.add(empty_library, [file], stated))
    return empty_library


def test_markup_in_a_document_is_shown_as_text(hostile):
    client = create_app(hostile).test_client()
    with hostile.catalog() as catalog:
        (document,) = catalog.documents()
    name = document.document_id
    for address in ("/?q=twinning", "/documents", f"/documents/{name}", f"/passages/{name}-0"):
        answer = client.get(address)
        assert answer.status_code == 200
        page = html.fromstring(answer.text)
        assert not page.xpath("//img | //main//script | //@onerror"), address
        assert "<img src=x onerror=alert(1)>" in page.text_content()
        assert "javascript:" not in " ".join(page.xpath("//@href"))


def test_a_title_that_turns_the_writing_does_so_only_inside_itself(hostile):
    page = html.fromstring(create_app(hostile).test_client().get("/?q=twinning").text)
    turning = page.xpath("//li[@class='result']/h2//*[contains(text(), '\u202e')]")
    assert {heading.tag for heading in turning} == {"bdi"}


def test_the_guide_explains_every_tag(client, library):
    page = html.fromstring(client.get("/guide").text)
    text = " ".join(page.text_content().split())
    for facet in library.taxonomy.facets:
        for label in facet.labels:
            assert label.definition in text
