"""What the tutorials show is what happens: their files are saved, their commands run."""

from __future__ import annotations

import doctest
import glob
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import waymark

ROOT = Path(__file__).parent.parent
TUTORIAL = ROOT / "docs" / "researcher.md"
CURATORS = ROOT / "docs" / "curator.md"

_FILE = r"Save this as `(?P<name>[\w.]+)`:\n\n```text\n(?P<content>.*?)```"
_SHELL = r"```console\n(?P<shell>.*?)```"
_PYTHON = r"```python\n(?P<python>.*?)```"
STEPS = re.compile(f"{_FILE}|{_SHELL}|{_PYTHON}", re.DOTALL)
INDENTED = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
DECIMALS = re.compile(r"\b[01]\.\d{2,}")
CLOSE = 0.005
"""How far a decimal may be from the one that is shown, beside its last digit."""

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="the tutorial is for a POSIX shell"),
    pytest.mark.usefixtures("one_encoder"),
]


class Reader:
    """Somebody who types what the tutorial says, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = dict(os.environ) | {"WAYMARK_HOME": str(folder / "study")}
        self.server: subprocess.Popen[str] | None = None
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        shim = folder / "bin" / "waymark"
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m waymark "$@"\n')
        shim.chmod(0o755)
        (shim.parent / "python").symlink_to(sys.executable)
        self.environment["PATH"] = f"{shim.parent}:{self.environment['PATH']}"
        self.environment["PYTHONPATH"] = str(ROOT)

    def type(self, command: str) -> str:
        """What the command prints."""
        if command == "export WAYMARK_HOME=study":
            return ""
        if command == "waymark serve":
            return self.serve()
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self.environment[name] = self.shell(f"echo {value}").strip()
            return ""
        if command.startswith("waymark ") and ">" not in command:
            return self.waymark(command)
        return self.shell(command.replace(":8000", f":{self.port}"))

    def waymark(self, command: str) -> str:
        """Run in this process, which saves the seconds that a new one takes to start."""
        words, _, given = command.partition(" < ")
        args = [
            name
            for word in shlex.split(words)[1:]
            for name in (sorted(glob.glob(word)) if "*" in word else [word])
        ]
        content = Path(given).read_text() if given else None
        home = self.environment["WAYMARK_HOME"]
        return (
            CliRunner().invoke(waymark.main, args, input=content, env={"WAYMARK_HOME": home}).output
        )

    def shell(self, command: str) -> str:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        ).stdout

    def serve(self) -> str:
        command = [sys.executable, "-m", "waymark", "serve", "--port", str(self.port)]
        self.server = subprocess.Popen(
            command, env=self.environment, cwd=self.folder, stderr=subprocess.PIPE, text=True
        )
        address = f"http://127.0.0.1:{self.port}/healthz"
        for _ in range(600):
            try:
                urllib.request.urlopen(address)
                break
            except OSError:
                time.sleep(0.1)
        assert self.server.stderr is not None
        return self.server.stderr.readline().replace(f":{self.port}", ":8000")


@pytest.fixture
def reader(lend_models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "password.txt").write_text("four plain words here\n")
    monkeypatch.chdir(tmp_path)
    found = Reader(tmp_path)
    lend_models(tmp_path / "study")
    yield found
    if found.server:
        found.server.terminate()
        found.server.wait()


def blocks(shell: str) -> Iterator[tuple[str, str]]:
    """Each command with the output that is shown below it."""
    for part in re.split(r"^\$ ", shell, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def matches(shown: str, printed: str) -> bool:
    """Whether output is as shown, where `…` stands for anything and decimals may be `CLOSE`: they
    differ from processor to processor.
    """
    pattern = re.escape(DECIMALS.sub("\0", shown)).replace("…", ".*")
    found = re.fullmatch(pattern.replace("\0", f"({DECIMALS.pattern})"), printed, re.DOTALL)
    return found is not None and all(
        abs(float(one) - float(other)) <= (CLOSE if len(one) > 4 else 2 * CLOSE + 1e-9)
        for one, other in zip(DECIMALS.findall(shown), found.groups(), strict=True)
    )


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("a-1 1 0.3329 in x/y\n", True),
        ("a-1 1 0.3372 in .\n", True),
        ("a-1 1 0.3403 in x/y\n", False),
        ("a-1 2 0.3329 in x/y\n", False),
        ("a-1 1 none in x/y\n", False),
        ("a-1 1 0.35 in x/y\n", False),
    ],
)
def test_shown_decimals_are_compared(printed: str, right: bool) -> None:
    assert matches("a-1 1 0.3329 in …\n", printed) is right


def test_the_tutorial_for_researchers_does_what_it_shows(reader: Reader) -> None:
    typed = []
    names: dict[str, object] = {}
    for step in STEPS.finditer(TUTORIAL.read_text(encoding="utf-8")):
        if step["name"]:
            Path(step["name"]).write_text(step["content"])
        elif step["python"]:
            examples = doctest.DocTestParser().get_doctest(
                step["python"], names, "researcher", str(TUTORIAL), 0
            )
            told: list[str] = []
            result = doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
            assert not result.failed, "".join(told)
            names.update(examples.globs)
        else:
            for command, shown in blocks(step["shell"]):
                printed = reader.type(command)
                assert matches(shown, printed), f"$ {command}\n{printed}"
                typed.append(command)
    assert {command.split()[1] for command in typed if command.startswith("waymark ")} >= {
        *("init", "add", "status", "batch", "evaluate", "serve", "curator"),
        *("watchlist", "new", "grid", "tags", "export"),
    }


def test_the_commands_for_curators_do_what_they_show(reader: Reader) -> None:
    """All but the training, which takes minutes."""
    inbox = Path("inbox")
    inbox.mkdir()
    for name in ("co-creating-information", "co-creating-tools", "general-training"):
        file = f"activity-{name}.pdf"
        (inbox / file).write_bytes((ROOT / "corpus" / "starter" / file).read_bytes())
    page = CURATORS.read_text(encoding="utf-8").partition("## The same on the command line")[2]
    shell = "".join(re.sub("^    ", "", one, flags=re.M) for one in INDENTED.findall(page))
    shown_by = dict(blocks(shell))
    (inbox / "documents.csv").write_text(shown_by.pop("cat inbox/documents.csv"))
    assert reader.type("waymark init")
    typed = []
    for command, shown in shown_by.items():
        if command != "waymark train":
            printed = reader.type(command)
            assert matches(shown.rstrip(), printed.rstrip()), f"$ {command}\n{printed}"
            typed.append(command.split()[1])
    assert {"watch", "drafts", "publish", "edit", "withdraw", "bin", "decide", "remove"} <= {*typed}
