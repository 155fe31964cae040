"""How well questions find their answers: rankings side by side in one run, on several sets.

    python tests/bench/quality.py            (make bench-quality)

Sets: the questions over the starter library; those on the passages that the tagger learns from;
officers' questions over texts that are set as PDF in one column and in two, where ../shared/seeds
beside the checkout holds the texts; those over public reports and the public collections, where
WAYMARK_BENCH names a folder that holds `pdfs/reports/*.pdf` and `bench/<name>/` with corpus.jsonl,
queries.jsonl and qrels.tsv. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import known
import set_labelled
import set_pages
import set_texts

from index import build
from index.derived.filters import Filters
from index.files.home import Home
from index.library import Library
from ingest.records import Failure
from search.find import DEPTH, candidates, find, results_of
from search.measuring import evaluate, figures
from search.measuring.figures import Figures, SetFigures
from search.measuring.qrels import Judgements, naming, read_qrels
from search.question.reading import read
from search.ranking.fuse import ranked
from search.records import Answer, Candidate

STARTER = Path(__file__).parents[2] / "corpus" / "starter"

COLLECTIONS = {
    "orsharc": "Government rules (orsharc)",
    "xquad-en": "Encyclopedia paragraphs (xquad-en)",
    "xquad-es": "The same, asked in Spanish (xquad-es)",
}
"""Names that a reader of the scorecard understands."""

SETTINGS = {"one-column": "in one column", "two-column": "in two columns"}
"""By layout of the press, what the scorecard calls it."""

Ranking = Callable[[list[Candidate], Mapping[int, float]], list[tuple[Candidate, float]]]


def by(key: Callable[[Candidate], float]) -> Ranking:
    """Candidates by one of their parts."""
    return lambda found, _words: sorted(((c, key(c)) for c in found), key=lambda pair: -pair[1])


def by_words(found: list[Candidate], words: Mapping[int, float]) -> list[tuple[Candidate, float]]:
    """Candidates by BM25."""
    return by(lambda c: words.get(c.number, 0.0))(found, words)


def reciprocal(found: list[Candidate], words: Mapping[int, float]) -> list[tuple[Candidate, float]]:
    """Reciprocal rank fusion of both legs, 1 / (60 + rank) (Cormack et al. 2009)."""
    total = dict.fromkeys((c.number for c in found), 0.0)
    for leg in (by(lambda c: c.closeness)(found, words), by_words(found, words)):
        for rank, (candidate, _) in enumerate(leg, start=1):
            total[candidate.number] += 1 / (60 + rank)
    return by(lambda c: total[c.number])(found, words)


RANKINGS: dict[str, Ranking] = {
    "words only (BM25)": by_words,
    "dense only": by(lambda c: c.closeness),
    "rank fusion of both": reciprocal,
    "Waymark without windows": lambda found, _: ranked(
        [replace(c, window_closeness=c.closeness, window_coverage=0.0) for c in found]
    ),
    "Waymark without pairs": lambda found, _: ranked([replace(c, pair_coverage=0) for c in found]),
    "Waymark": lambda found, _words: ranked(found),
}


Pool = tuple[list[Candidate], dict[int, float]]
"""Candidates of both legs, and the BM25 score of each that shares a word."""


def pools(library: Library, questions: Mapping[str, str]) -> dict[str, Pool]:
    """What both legs propose for each question, the same for every ranking."""
    views = library.views()
    encoder = library.encoder
    readings = [read(views.words, text, encoder.count_tokens) for text in questions.values()]
    vectors = encoder.encode([reading.for_encoder for reading in readings])
    found: dict[str, Pool] = {}
    with library.catalog() as catalog:
        for name, reading, vector in zip(questions, readings, vectors, strict=True):
            numbers, scores = views.words.match(reading.question, DEPTH)
            words = dict(zip(numbers.tolist(), scores.tolist(), strict=True))
            found[name] = candidates(catalog, views, reading, vector, Filters()), words
    return found


def answers(library: Library, pool: Mapping[str, Pool], ranking: Ranking) -> dict[str, Answer]:
    """Each question's first hundred results by one ranking."""
    with library.catalog() as catalog:
        return {
            name: Answer("", True, 0.0, 0, results_of(catalog, ranking(*found)[: evaluate.DEPTH]))
            for name, found in pool.items()
        }


def report(
    title: str, library: Library, texts: Mapping[str, str], qrels: Judgements
) -> list[evaluate.Average]:
    """Print the rankings of one set side by side; returns the measures of the product."""
    rows = {}
    pool = pools(library, texts)
    for name, ranking in RANKINGS.items():
        found = answers(library, pool, ranking)
        run = evaluate.as_run(found, naming(qrels, found))
        rows[name] = evaluate.measure({q: qrels[q] for q in texts}, run)
    print(f"\n### {title} ({rows['Waymark'][0].questions} questions)\n\n{evaluate.table(rows)}")
    return rows["Waymark"]


def known_set(title: str, library: Library, questions: Sequence[known.KnownQuestion]) -> SetFigures:
    """Both splits of a question set; pages and abstention of the product as it stands.

    Returns the figures of the half that was set aside.
    """
    kept = None
    with library.catalog() as catalog:
        qrels = known.judge(questions, catalog)
    for split in ("tune", "held"):
        part = [q for q in questions if q.split == split]
        measured = report(f"{title}, {split}", library, {q.id: q.text for q in part}, qrels)
        found = {q.id: find(library, q.text, 10) for q in part}
        pages = {q.id: {a.page for a in q.answers} for q in part}
        hit = known.page_hits(qrels, found, pages)
        print(f"\nPage of the quote right: {hit.mean:.3f} ({hit.low:.3f}-{hit.high:.3f})")
        unanswered = called_unanswered(part, found)
        if split == "held":
            kept = figures_of(f"{title}, set aside", [*measured, hit], unanswered)
    assert kept is not None
    return kept


def called_unanswered(
    questions: Sequence[known.KnownQuestion], found: Mapping[str, Answer]
) -> dict[bool, float]:
    """Print and return the share called unanswered, of the questions with an answer (True) and of
    those without (False); these also by kind, where there are several.
    """
    shares: dict[bool, float] = {}
    for wanted, name in ((True, "with"), (False, "without")):
        part = [q for q in questions if bool(q.answers) == wanted]
        kinds = sorted({q.kind for q in part})
        groups = {f"questions {name} an answer": part} if part else {}
        if not wanted and len(kinds) > 1:
            groups |= {f"of kind {kind}": [q for q in part if q.kind == kind] for kind in kinds}
        for group, those in groups.items():
            share = sum(not found[q.id].answered for q in those) / len(those)
            shares.setdefault(wanted, share)
            print(f"Called unanswered of {len(those)} {group}: {share:.3f}")
    return shares


def figures_of(
    name: str, measured: Sequence[evaluate.Average], unanswered: Mapping[bool, float]
) -> SetFigures:
    """The product's measures on one set, as the scorecard shows them."""
    values = {one.name: (one.mean, one.low, one.high) for one in measured}
    return SetFigures(
        name, measured[0].questions, values, unanswered.get(True), unanswered.get(False)
    )


def collected(folder: Path) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    """The questions of a public collection that are judged, and what answers them."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {entry["id"]: entry["text"] for entry in map(json.loads, lines)}
    qrels = read_qrels(folder / "qrels.tsv")
    return {name: texts[name] for name in qrels}, qrels


def collection(title: str, library: Library, folder: Path) -> SetFigures:
    """A public collection."""
    return figures_of(title, report(title, library, *collected(folder)), {})


def library_of(home: Path, *paths: Path) -> Library:
    """A library of files, built when it is not there yet."""
    if (home / "library.sqlite").is_file():
        return Library.open(Home(home))
    library = Library.create(Home(home))
    for event in build.add(library, paths):
        if isinstance(event, Failure):
            print(event, file=sys.stderr)
    return library


def officers_set(homes: Path, layout: str) -> SetFigures:
    """Officers' questions over the texts beside the checkout, set in one layout."""
    pdfs = set_texts.set_all(set_texts.TEXTS, homes / "set-texts" / layout, layout)
    library = library_of(homes / f"officers-{layout}", *pdfs)
    questions = set_pages.load(known.OFFICERS, pdfs)
    return known_set(f"Officers' questions {SETTINGS[layout]}", library, questions)


def labelled_set(homes: Path) -> SetFigures:
    """Questions on the passages that the tagger learns from; the figures of the half set aside."""
    library = library_of(homes / "labelled", set_labelled.write_corpus(homes / "set-labelled"))
    title, kept = "Invented passages, each alone", {}
    for split in ("tune", "held"):
        texts = set_labelled.questions(split)
        qrels = {name: {name: 1} for name in texts}
        kept[split] = report(f"{title}, {split}", library, texts, qrels)
    return figures_of(f"{title}, set aside", kept["held"], {})


def main() -> None:
    """Measure every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=Path, help="where to keep the libraries for another run")
    parser.add_argument("--keep", action="store_true", help="put the figures on the scorecard")
    given = parser.parse_args()
    sets = list(every_set(given.homes or Path(tempfile.mkdtemp())))
    if given.keep:
        figures.save(Figures(date.today().isoformat(), tuple(sets)), figures.KEPT)


def every_set(homes: Path) -> Iterator[SetFigures]:
    """Measure each set that is there; `homes`: where the libraries are, or are to be."""
    starter = library_of(homes / "starter", STARTER)
    yield known_set("Starter library", starter, known.load(known.STARTER))
    yield known_set("Starter library, across languages", starter, known.load(known.LANGUAGES))
    yield labelled_set(homes)
    if set_texts.TEXTS.is_dir() and known.OFFICERS.is_file():
        for layout in SETTINGS:
            yield officers_set(homes, layout)
    bench = os.environ.get("WAYMARK_BENCH")
    if bench is None:
        print("\nWAYMARK_BENCH is not set: neither reports nor collections were measured.")
        return
    reports = Path(bench) / "pdfs" / "reports"
    if reports.is_dir():
        library = library_of(homes / "reports", reports)
        yield known_set("Public reports", library, known.load(known.REPORTS))
        yield known_set("Public reports, fresh questions", library, known.load(known.FRESH))
    for folder in sorted((Path(bench) / "bench").glob("*/")):
        # Questions in another language are asked of the English texts.
        texts = folder.with_name(folder.name.replace("-es", "-en"))
        library = library_of(homes / texts.name, texts / "corpus.jsonl")
        yield collection(COLLECTIONS.get(folder.name, folder.name), library, folder)


if __name__ == "__main__":
    main()
