"""Charts among the pieces of a page, each with the caption above or below it.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.figures.charts import Chart
from ingest.prose.clean import Vocabulary, join
from ingest.prose.paragraphs import Piece
from ingest.prose.row_words import TableRow

_CAPTION = re.compile(
    r"^(?:figure|fig\.|chart|graph|diagram|map|abbildung|abb\.|schaubild|diagramm|grafik|karte|"
    r"graphique|carte|gráfico|mapa|figura|grafico|figuur|grafiek|figur)\s*\d",
    re.IGNORECASE,
)
# Characters of a caption.
_LONGEST = 200
# Parts of the letter size: how far a caption stands below its chart.
_DISTANCE = 3.0


def chart_pieces(chart: Chart, page: int, *, boxed: bool) -> list[Piece]:
    """A chart as two rows: its labels, and its numbers that belong to none.

    boxed: it stands in a box, with other text.
    """
    column = (chart.place.x0, chart.place.x1)
    lowest = max(chart.place.lines, key=lambda line: line.base)
    rows = [
        TableRow(texts, page=page, chart=True, loose=texts is chart.loose)
        for texts in (chart.labels, chart.loose)
        if texts
    ]
    return [Piece((lowest,), page, column, row=row, boxed=boxed) for row in rows]


def with_captions_below(pieces: Sequence[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """The pieces, a caption right below a chart that has none above put before its labels."""
    done: list[Piece] = []
    named = 0  # charts before this place have their captions
    for piece in pieces:
        start = len(done)
        while start > named and _is_chart(done[start - 1]):
            start -= 1
        text = _said(piece, vocabulary) if start < len(done) and _is_under(done[-1], piece) else ""
        above = _said(done[start - 1], vocabulary) if text and start else ""
        if _CAPTION.match(text) and len(text) <= _LONGEST and not _CAPTION.match(above):
            row = TableRow((text,), page=piece.page, chart=True)
            done.insert(start, replace(piece, row=row))
            named = len(done)
        else:
            done.append(piece)
    return done


def _is_under(above: Piece, piece: Piece) -> bool:
    """Whether a piece begins right below a chart: in another column it may begin far above."""
    first = piece.lines[0]
    near = -first.size < first.top - above.lines[0].bottom < _DISTANCE * first.size
    return near and first.x0 < above.column[1] and first.x1 > above.column[0]


def _is_chart(piece: Piece) -> bool:
    return piece.row is not None and piece.row.chart


def _said(piece: Piece, vocabulary: Vocabulary) -> str:
    """The text of a piece; empty for a row."""
    text = ""
    for line in () if piece.row else piece.lines:
        text = join(text, line.text, vocabulary)
    return text
