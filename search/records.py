"""What a search passes from step to step, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.rows.records import StoredDocument, StoredPassage
from ingest.records import BlockKind, Passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that one of the legs proposed, held against the question part by part.

    number: of the passage, inside the views.
    closeness: cosine of question and passage in its context, [-1, 1].
    window_closeness: cosine of question and the passage's best window, [-1, 1].
    coverage: share of the question's words in passage, title and headings, [0, 1]; a word that is
        lacking counts in part where one that means nearly the same is there.
    window_coverage: the same of its best window, [0, 1].
    pair_coverage: share of its neighbouring words that are neighbours in the passage, [0, 1].
    start, end: the window that answers best, as offsets in the passage's text.
    bm25: 0 or more; 0 where the words leg did not propose it. That of a small library as in one of
        `search.ranking.abstain.SMALL` passages.
    names: share of the names and numbers in the question that it holds, 1 where there are none.
    z_score: of `window_closeness` among all candidates, see `search.ranking.compare.z_scores`.
    kind: of block; contents pages, reference lists and boilerplate have no substance.
    quoted: whether it holds what the question quotes, in some form; None when that quotes nothing.
    as_written: whether its text, a heading or the title holds it as it is written there, capital
        letters apart.
    lacking: whether the question asks for an amount and the window that answers best has none.
    headed: share of the question's words, weighted by rarity and without those that name the
        report, that name a provision ("Article 17") with which a heading or a line of it begins; 1
        where it says the meaning that is asked for; 0 without.
    citing: whether it is a footnote that only names sources.
    asking: whether half of the window that answers best, or more, are questions.
    nameless: whether the question asks for somebody and the window that answers best names nobody.
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
class AskedFor:
    """How a question asks for a passage by name, as by "Article 17".

    terms: those of the question that are the name.
    line: the line of the passage that opens with the name, as offsets in its text; None where a
        heading has the name.
    document_terms: terms by which a question may name the passage's document beside that.
    """

    terms: frozenset[str]
    line: tuple[int, int] | None = None
    document_terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Quote:
    """The part of a passage that answers: offsets in its text, and its page."""

    start: int
    end: int
    page: int

    @classmethod
    def of(cls, passage: Passage, start: int, end: int) -> Quote:
        """The text between two offsets, on the page on which its middle stands.

        The page on which it begins was the answer's 93 times in 100 on public reports, this one
        97 times: of two sentences over a page break the second is as often the one that answers.
        """
        return cls(start, end, passage.page_at((start + end) // 2))

    def words(self, passage: Passage) -> str:
        """What is quoted of the passage."""
        return passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A note that a passage points to.

    offset: in the passage's text, behind which the note's mark stood. label: the mark ("15").
    passage_id: of the passage that holds the note; start, end: offsets in that one's text. page:
    on which the note begins; printed: the number printed there, None where that is the count, or
    not known. text: of the note, without its number.
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
    """A passage that answers, in its place.

    rank: 1-based. score: 0 to 1, higher is better. notes: that the passage points to.
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

    answered: whether the library seems to hold an answer at all; results are there either way.
    took_ms: milliseconds from question to answer; None where it was not taken.
    generation: of the views that answered.
    read_as: misspelt words, short forms ("Art.") and numbers in words, as asked, each with what it
        is read as.
    long_forms: acronyms of the question, each with what the library says it stands for.
    absent: names and numbers of the question, as asked, that no passage has.
    bare: the question without what stands round it and is shut out; empty where nothing is.
    shut_out: words that it says not to search for.
    in_english: the question word by word in English, where it was asked in another language; else
        empty. language: what it was asked in, ISO 639-1.
    limits: what this question alone was limited to, of many; as `search.batches.questions.Question`
    has it.
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
