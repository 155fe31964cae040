"""A parameter of an address that cannot be followed: what is wrong, for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.exceptions import BadRequest

from corpus.taxonomy import Taxonomy
from ingest.language_names import language_name


class ParameterError(BadRequest):
    """A parameter that cannot be followed. parameter: its name. plain: what is wrong, for people,
    with names in place of the ids that programs are told.
    """

    def __init__(self, parameter: str, said: str, plain: str = "") -> None:
        super().__init__(said)
        self.parameter = parameter
        self.plain = plain or said


def plainly(name: str, values: Sequence[str], taxonomy: Taxonomy) -> str:
    """A message for people about values of a filter, one of which does not exist. Empty where the
    message for programs has no ids in it, and serves people too.
    """
    if name == "document":
        return f"There is no document “{values[0][:80]}” in this library."
    if name == "language":
        return f"There is no report in “{language_name(values[0])[:80]}” here"
    facet = {"goal": taxonomy.goals, "activity": taxonomy.activities}.get(name)
    if not facet:
        return ""
    wrong = next(value for value in values if value not in facet.label_ids)
    known = ", ".join(f"“{label.plain}”" for label in facet.labels)
    return f"There is no {name} “{wrong[:80]}”. There are: {known}."
