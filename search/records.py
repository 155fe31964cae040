"""What a search passes from step to step, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.rows.records import StoredDocument, StoredPassage
from ingest.records import BlockKind, Passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, compared with the question.

    number: of the passage, inside the views.
    closeness: cosine of the question and the passage in its context, [-1, 1].
    window_closeness: cosine of the question and the passage's best window, [-1, 1].
    coverage: share of the question's words that the passage, its title and headings hold, [0, 1]; a
        word that they lack counts in part where they hold one that means nearly the same.
    window_coverage: the highest such share of any window of the passage, [0, 1].
    pair_coverage: share of the question's neighbouring words that are neighbours in the passage,
        [0, 1].
    start, end: the window to quote, as offsets in the passage's text.
    bm25: 0 or more; 0 where the words leg did not propose the passage. In a small library it is
        raised, see `search.ranking.abstain.size_factor`.
    names: share of the names and numbers in the question that the passage holds; 1 where the
        question has none.
    z_score: of `window_closeness` among all candidates, see `search.ranking.compare.z_scores`.
    kind: of block; contents pages, reference lists and boilerplate have no substance.
    quoted: whether the passage holds all phrases that the question quotes, in some form; None where
        the question quotes nothing.
    as_written: whether the text, a heading or the title holds these phrases as they are written,
        capital letters apart.
    lacking: whether the question asks for an amount and the best window tells none.
    headed: how much of the question is the name of this passage ("Article 17"): the share of its
        words, weighted by rarity, with which a heading or a line of the passage begins. Words that
        name the report count for neither side. 1 where the passage says the meaning that is asked
        for, 0 where nothing is asked for by name.
    citing: whether it is a footnote that only names sources.
    asking: whether half of the quote or more are questions.
    nameless: whether the question asks for somebody and the quote names nobody.
    """

    number: int
    closeness: float
    window_closeness: float
    coverage: float
    window_coverage: float
    pair_coverage: float
    start: int
    end: int
    bm25: float = 0.0
    names: float = 1.0
    z_score: float = 0.0
    kind: BlockKind = BlockKind.PARAGRAPH
    quoted: bool | None = None
    as_written: bool = False
    lacking: bool = False
    headed: float = 0.0
    citing: bool = False
    asking: bool = False
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The part of a passage that answers: its offsets in the passage's text, and its page."""

    start: int
    end: int
    page: int

    @classmethod
    def of(cls, passage: Passage, start: int, end: int) -> Quote:
        """The text between two offsets, on the page on which its middle stands.

        On public reports this was the page of the answer 97 times in 100, the page on which the
        text begins 93 times: of two sentences on either side of a page break, the second answers as
        often as the first.
        """
        return cls(start, end, passage.page_at((start + end) // 2))

    def words(self, passage: Passage) -> str:
        """What is quoted of the passage."""
        return passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A note that a passage points to.

    offset: in the passage's text; the note's mark stood behind it.
    label: the mark, as "15".
    passage_id: of the passage that holds the note.
    start, end: of the note, as offsets in the text of that passage.
    page: on which the note begins, counted from 1.
    printed: the number printed on that page; None where it is the same, or not known.
    text: of the note, without its number.
    """

    offset: int
    label: str
    passage_id: str
    start: int
    end: int
    page: int
    printed: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """A passage in its place in an answer.

    rank: 1-based. score: 0 to 1, higher is better. notes: those that the passage points to.
    """

    rank: int
    score: float
    stored: StoredPassage
    document: StoredDocument
    quote: Quote
    candidate: Candidate
    notes: tuple[SourceNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came back with.

    answered: whether the library seems to hold an answer at all; there are results either way.
    took_ms: milliseconds from question to answer; None where that was not measured.
    generation: of the views that answered.
    results: best first.
    read_as, long_forms, absent, bare, shut_out, in_english, language: how the question was read, as
        `search.question.reading.Reading` has them.
    limits: where many questions were asked, what this one alone was limited to, as
        `search.batches.questions.Question` has it.
    """

    question: str
    answered: bool
    took_ms: float | None
    generation: int
    results: tuple[Result, ...]
    read_as: tuple[tuple[str, str], ...] = ()
    long_forms: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    bare: str = ""
    shut_out: tuple[str, ...] = ()
    in_english: str = ""
    language: str = "en"
    limits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
