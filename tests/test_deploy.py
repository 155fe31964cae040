"""What is installed elsewhere: the lock covers what is declared, and no licence is AGPL or GPL."""

import importlib.util
import json
import re
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from web.cli.commands import serve

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


def started_with(name: str) -> list[str]:
    """The words of the command that the image or the unit starts."""
    text = (LOCK.parent / name).read_text(encoding="utf-8")
    if name == "Dockerfile":
        (stated,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
        return [Path(word).name for word in json.loads(stated)]
    (stated,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    return [Path(word).name for word in stated.split()]


@pytest.mark.parametrize("name", ["Dockerfile", "waymark.service"])
def test_the_image_and_the_unit_stand_behind_a_proxy(name: str) -> None:
    program, command, *options = started_with(name)
    assert (program, command) == ("waymark", "serve")
    given = serve.make_context("serve", options).params  # refuses what `serve` does not take
    assert (given["behind_proxy"], given["log"]) == (True, True)


@pytest.mark.parametrize("heading", ["In a container", "With systemd"])
def test_a_curator_is_made_before_the_server_starts(heading: str) -> None:
    text = (LOCK.parent / "README.md").read_text(encoding="utf-8")
    steps = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    start = "systemctl enable --now" if heading == "With systemd" else "docker run -d"
    assert -1 < steps.find("waymark init") < steps.find("curator add NAME") < steps.find(start)
