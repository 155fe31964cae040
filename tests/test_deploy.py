"""What is installed elsewhere: the lock covers what is declared, and no licence is AGPL or GPL."""

import importlib.util
import re
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "docs" / "deploy" / "requirements.lock"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "docs" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_has_every_declared_dependency_with_hashes(licences: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=~!;\[ ]", line)[0].lower() for line in project["dependencies"]}
    assert declared <= set(licences.locked())
    entries = LOCK.read_text(encoding="utf-8").split("==")[1:]
    assert len(entries) == len(licences.locked())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_list_of_licences_is_that_of_the_lock(licences: ModuleType) -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^ |]*\d[^ |]*) \|", page, re.MULTILINE))
    assert rows == licences.locked(), "run: make licences"


def test_no_licence_is_agpl_or_gpl(licences: ModuleType) -> None:
    checked = 0
    for name in licences.locked():
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # of another platform
            continue
        checked += 1
        stated = licences.licence(found)
        assert stated, name
        assert not licences.is_copyleft(stated), (name, stated)
    assert checked > 30


@pytest.mark.parametrize(
    ("stated", "refused"),
    [
        ("MIT", False),
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("LGPL-2.1-or-later", False),
        ("MIT OR GPL-2.0-or-later", False),
        ("MPL-2.0 AND MIT", False),
    ],
)
def test_what_counts_as_refused(licences: ModuleType, stated: str, refused: bool) -> None:
    assert licences.is_copyleft(stated) is refused


def test_the_image_and_the_unit_run_without_rights() -> None:
    image = (LOCK.parent / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER waymark$", image, re.MULTILINE)
    assert "--require-hashes" in image
    assert "/healthz/ready" in image
    unit = (LOCK.parent / "waymark.service").read_text(encoding="utf-8")
    for line in ("User=waymark", "NoNewPrivileges=yes", "ProtectSystem=strict"):
        assert line in unit.splitlines()
