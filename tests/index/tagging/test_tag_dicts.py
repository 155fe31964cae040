"""Tags as scripts get them."""

from __future__ import annotations

from corpus import taxonomy
from index.rows.records import Tag
from index.tagging.tag_dicts import by_facet, tags_as_dicts

TAXONOMY = taxonomy.load()


def test_each_tag_stands_under_its_facet_in_the_order_given() -> None:
    tags = [
        Tag("mentoring", 0.9, 0, 5),
        Tag("motivational", 0.8, 0, 5),
        Tag("relational", 0.7, 0, 5, "accept"),
        Tag("of another taxonomy", 0.6, 0, 5),
    ]
    goals = [
        {"label": "motivational", "probability": 0.8},
        {"label": "relational", "probability": 0.7},
    ]
    mentoring = [{"label": "mentoring", "probability": 0.9}]
    assert tags_as_dicts(tags, TAXONOMY.goals) == goals
    assert by_facet(tags, TAXONOMY) == {"goals": goals, "activities": mentoring}
    assert by_facet([], TAXONOMY) == {"goals": [], "activities": []}
