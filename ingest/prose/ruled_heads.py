"""Running heads above a rule that runs across the tops of pages.

Pure. In a short paper a running head may stand on one page only, the chapter's name on another, so
that neither repeats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.engines.sheets import Rule
from ingest.prose.lines import Line

# Of the size of the text, and characters: a head is no larger and no longer.
_SMALL = 0.9
_SHORT = 60
# Of the page's height, within which the rule stands; points that it is wide at least.
_EDGE = 0.09
_WIDE = 250.0
# Lines of a head at most, and pages with a rule at one height at least.
_MOST_LINES = 2
_FEWEST_PAGES = 2
# Of so few pages one with such a rule is enough: in a paper of two the second has the head.
_FEW_PAGES = 4


def without_ruled_heads(
    pages: Sequence[Sequence[Line]],
    rules: Sequence[Sequence[Rule]],
    heights: Sequence[float],
    size: float,
) -> list[list[Line]]:
    """The lines of each page less small print above a rule that tops several pages.

    rules, heights: of the pages; points. size: of the text, points.
    """
    tops = [_head_rule(page, height) for page, height in zip(rules, heights, strict=True)]
    often = Counter(round(rule.y0) for rule in tops if rule is not None)
    kept = []
    for number, (lines, rule) in enumerate(zip(pages, tops, strict=True), 1):
        fewest = 1 if number > 1 and len(pages) <= _FEW_PAGES else _FEWEST_PAGES
        ruled = rule is not None and often[round(rule.y0)] >= fewest
        head = [line for line in lines if rule is not None and line.base <= rule.y0 + 1]
        small = all(line.size <= _SMALL * size and len(line.text) <= _SHORT for line in head)
        gone = ruled and small and len(head) <= _MOST_LINES and len(head) < len(lines)
        kept.append([line for line in lines if line not in head] if gone else list(lines))
    return kept


def _head_rule(rules: Sequence[Rule], height: float) -> Rule | None:
    """The highest rule that runs across a page, if it stands near the top.

    height: of the page, points.
    """
    across = [rule for rule in rules if rule.horizontal and rule.x1 - rule.x0 >= _WIDE]
    first = min(across, key=lambda rule: rule.y0, default=None)
    return first if first is not None and first.y0 < _EDGE * height else None
