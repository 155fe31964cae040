"""How good tags are on real texts that may not be copied: labelled passages, kept as digests.

    python tests/bench/real_tags.py --homes FOLDER [--keep]             (make bench-tags)

Reads `corpus/labelled/real.jsonl`, which knows a passage by file, page and digests of its words.
Sets whose files are there are measured: public reports in the folder that WAYMARK_BENCH names, and
texts in ../shared/seeds beside the checkout. `--keep` writes what the scorecard shows.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from known import SHARE, runs_of
from quality import library_of
from set_texts import TEXTS

from index.learning import elsewhere
from index.library import Library
from index.rows.records import StoredPassage
from index.tagging import tagger
from ingest.digest import sha256_of

LABELLED = Path(__file__).parents[2] / "corpus" / "labelled" / "real.jsonl"

FACETS = ("goals", "activities")

SETS = {
    "reports": "Passages of 10 public reports",
    "study": "Passages of a study of peer support in resettlement",
}
"""Names that a reader of the scorecard understands."""


@dataclass(frozen=True, slots=True)
class RealPassage:
    """A passage with the labels that the rules give it, by facet.

    drawn: "random", or "cue" for those drawn for words such as exchange or training.
    runs: some of its runs of five words, see `known.runs_of`.
    """

    id: str
    set: str
    drawn: str
    file: str
    page: int
    runs: frozenset[str]
    labels: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TaggedPassage:
    """What the tagger gave a labelled passage, by facet."""

    passage: RealPassage
    given: Mapping[str, frozenset[str]]


def load(path: Path) -> list[RealPassage]:
    """The labelled passages. Raises OSError, ValueError and KeyError."""
    return [_labelled(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _labelled(entry: Mapping[str, Any]) -> RealPassage:
    return RealPassage(
        entry["id"],
        entry["set"],
        entry["drawn"],
        entry["file"],
        entry["page"],
        frozenset(entry["runs"]),
        {facet: frozenset(entry[facet]) for facet in FACETS},
    )


def judged(library: Library, labelled: Sequence[RealPassage]) -> Iterator[TaggedPassage]:
    """The labelled passages that are found in a library: the one on that page that holds most of
    its runs, half of them at least. Others are passed over.
    """
    facet_of = {label.id: facet.id for facet in library.taxonomy.facets for label in facet.labels}
    with library.catalog() as catalog:
        for document in catalog.documents():
            wanted = [one for one in labelled if one.file == document.file_name]
            passages = catalog.passages_of(document.document_id) if wanted else []
            for one in wanted:
                if stored := _found(one, passages):
                    tags = [tag.label for tag in stored.tags]
                    given = {f: frozenset(t for t in tags if facet_of[t] == f) for f in FACETS}
                    yield TaggedPassage(one, given)


def _found(one: RealPassage, passages: Sequence[StoredPassage]) -> StoredPassage | None:
    shares = [
        (len(one.runs & runs_of(stored.passage.text)) / len(one.runs), stored)
        for stored in passages
        if stored.passage.page_first <= one.page <= stored.passage.page_last
    ]
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= SHARE else None


def micro_f1(found: Sequence[TaggedPassage], facet: str) -> float:
    """2 hits / (given + right) over all passages and labels of a facet; 0 where there are none."""
    hits = sum(len(one.given[facet] & one.passage.labels[facet]) for one in found)
    total = sum(len(one.given[facet]) + len(one.passage.labels[facet]) for one in found)
    return 2 * hits / total if total else 0.0


def wrongly_tagged(found: Sequence[TaggedPassage]) -> float:
    """Share of the passages that carry a tag which the rules would not give."""
    return sum(any(one.given[f] - one.passage.labels[f] for f in FACETS) for one in found) / len(
        found
    )


def given_right(found: Sequence[TaggedPassage]) -> float | None:
    """Share of the tags given that the rules give; None where none was given."""
    given = sum(len(one.given[facet]) for one in found for facet in FACETS)
    hits = sum(len(one.given[f] & one.passage.labels[f]) for one in found for f in FACETS)
    return hits / given if given else None


def figures(name: str, found: Sequence[TaggedPassage]) -> Iterator[dict[str, Any]]:
    """What the scorecard says of a set: F1 of all its passages; errors of those drawn at random,
    where only some were.
    """
    f1 = {facet: round(micro_f1(found, facet), 3) for facet in FACETS}
    yield {"name": SETS[name], "passages": len(found), "micro_f1": f1}
    drawn = [one for one in found if one.passage.drawn == "random"]
    if 0 < len(drawn) < len(found):
        right = given_right(drawn)
        yield {
            "name": f"{SETS[name]}, those drawn at random",
            "passages": len(drawn),
            "wrongly_tagged": round(wrongly_tagged(drawn), 3),
            "given_right": None if right is None else round(right, 3),
        }


def libraries(homes: Path) -> Iterator[tuple[str, Library]]:
    """The sets whose files are there, each with its library."""
    bench = os.environ.get("WAYMARK_BENCH")
    reports = Path(bench or "") / "pdfs" / "reports"
    if bench and reports.is_dir():
        yield "reports", library_of(homes / "reports", reports)
    if TEXTS.is_dir():
        yield "study", library_of(homes / "texts", TEXTS)


def main() -> None:
    """Measure every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=Path, help="where to keep the libraries for another run")
    parser.add_argument("--keep", action="store_true", help="put the figures on the scorecard")
    asked = parser.parse_args()
    labelled = load(LABELLED)
    kept: list[dict[str, Any]] = []
    for name, library in libraries(asked.homes or Path(tempfile.mkdtemp())):
        wanted = [one for one in labelled if one.set == name]
        found = list(judged(library, wanted))
        if len(found) < len(wanted):
            print(f"{name}: {len(wanted) - len(found)} not found", file=sys.stderr)
        kept += figures(name, found)
    print(json.dumps(kept, indent=1))
    if asked.keep:
        heads = sha256_of(tagger.SHIPPED / "heads.npz")
        content = {"date": date.today().isoformat(), "heads_sha256": heads, "sets": kept}
        elsewhere.FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
