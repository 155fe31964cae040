"""What Waymark is installed with, and under which licence: `python docs/licences.py` writes
licences.md.

The names are those of deploy/requirements.lock; it has to be installed. Libraries that these
bring along inside (FAISS, PDFium, OpenVINO) carry their notices in their own packages.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "licences.md"
LOCK = HERE / "deploy" / "requirements.lock"

_PINNED = re.compile(r"^([a-z0-9-]+)==([^ ]+)", re.MULTILINE)
_SHORT = 80
"""Characters: longer ones are the text of a licence and not its name."""


def locked() -> dict[str, str]:
    """Name and version of everything that Waymark is installed with."""
    return dict(_PINNED.findall(LOCK.read_text(encoding="utf-8")))


def licence(distribution: metadata.Distribution) -> str:
    """Its licence: the SPDX expression, else the trove classifiers, else the free field."""
    about = distribution.metadata
    expression = about.get("License-Expression", "")
    if expression:
        return expression
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or ()
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    free = about.get("License", "").strip()
    if classifiers:
        return ", ".join(classifiers)
    if free and len(free) <= _SHORT:
        return free
    return free.partition("\n")[0].strip()


def is_copyleft(text: str) -> bool:
    """Whether a licence is of the GPL or AGPL kind with no other choice. LGPL is not."""
    choices = re.split(r"\s+OR\s+", text)
    strong = re.compile(r"(?<![A-Z])A?GPL|(?<!Lesser )General Public|Affero", re.IGNORECASE)
    return all(strong.search(choice) for choice in choices)


def text() -> str:
    """The page."""
    lines = [
        "# Licences",
        "",
        "Every package that Waymark needs at run time, with the licence that the package states. "
        "`make licences` writes this page. A test checks that it lists the packages of "
        "`deploy/requirements.lock`, and fails if one is under the AGPL or GPL.",
        "",
        "| package | version | licence |",
        "|---|---|---|",
    ]
    for name, version in locked().items():
        lines.append(f"| {name} | {version} | {licence(metadata.distribution(name))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
