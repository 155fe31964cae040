"""Kill `waymark serve` at random moments while a curator uploads files; start it again; go on.

    python tests/torture/uploads.py --rounds 50 --seed 1

One library, one curator, a client that speaks HTTP. Each round starts the server, sends what has
not been answered yet and a few files more, publishes what was read, and kills the server's whole
process group at a random moment. The server being dead, every file that it said it took in has to
be in the library, on the shelf, in the queue or named as failed, in one of these alone, and the
doctor has to find no error. After the last round the server works to the end: each good file is in
once, each bad one is named, nothing is left over, the doctor finds nothing. Exit status 1 when
something broke one of these.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import crash
import desk
import readers
from pypdf import PdfWriter

from index.curating import curators, jobs
from index.files.home import Home
from index.health.doctor import examine, repair
from index.library import Library
from index.rows import database, shelf

PASSWORD = "four plain words here"  # noqa: S105 - of a library that is thrown away
EACH_ROUND = 4
AT_ONCE = 3
"""Files of one request."""
ODD = {
    "broken.pdf": b"%PDF-1.4 and nothing more",
    "blank.txt": b" \n \n",
    "empty.pdf": b"",
    "picture.xyz": b"of no kind that is read",
    "../../climbs.txt": b"Mentors met families in every district and wrote down what they learned.",
}
_FAILING = {"broken.pdf", "blank.txt"}
_REFUSED = {"empty.pdf", "picture.xyz", "again.pdf"}
_BOUNDARY = "between-two-files-of-one-request"


@dataclass
class Client:
    """A curator's program: what it has to send, and what it was told.

    pending: files that no answer has come for. taken: names with a job. refused: name and why.
    begun, ended: requests with files.
    """

    port: int = 0
    cookie: str = ""
    pending: list[Path] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    begun: int = 0
    ended: int = 0

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Status and text of an answer. Raises OSError when the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = {"Cookie": self.cookie, **{k.replace("_", "-"): v for k, v in headers.items()}}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            text = answer.read().decode()
            self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
            return answer.status, text
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def post(self, path: str, page: str, **fields: object) -> tuple[int, str]:
        """Send a form of a page."""
        body = urlencode({"token": _token(self.ask("GET", page)[1]), **fields}, doseq=True)
        return self.ask("POST", path, body.encode(), Content_Type=_FORM)

    def sign_in(self) -> None:
        """Begin a session."""
        self.cookie = ""
        status, text = self.post(_SIGN_IN, _SIGN_IN, name="anna", password=PASSWORD)
        if status != 303:
            raise RuntimeError(f"signing in was answered with {status}: {text[:300]}")

    def upload(self) -> None:
        """Send what is pending, a few files a request, and note what comes of each."""
        token = _token(self.ask("GET", "/curate/upload")[1])
        while self.pending:
            chosen = self.pending[:AT_ONCE]
            self.begun += 1
            status, text = self.ask(
                "POST", "/curate/upload", _multipart(chosen), X_Waymark_Token=token,
                Content_Type=f"multipart/form-data; boundary={_BOUNDARY}",
            )  # fmt: skip
            self.ended += 1
            if status != 200:
                raise RuntimeError(f"an upload was answered with {status}: {text[:300]}")
            for outcome in json.loads(text)["files"]:
                if outcome["refused"]:
                    self.refused[outcome["name"]] = outcome["refused"]
                else:
                    self.taken.add(outcome["name"])
            del self.pending[: len(chosen)]

    def publish(self, library: Library) -> bool:
        """Publish every draft that is not being published; whether there is more to do."""
        with library.catalog() as catalog:
            drafts = shelf.listing(catalog.connection, shelf.ShelfState.DRAFT)
            active = jobs.active(catalog.connection)
        queued = {job.subject for job in active}
        chosen = [one.document_id for one in drafts if one.document_id not in queued]
        if chosen:
            self.post("/curate/drafts/publish", "/curate/upload", draft=chosen)
        return bool(drafts or active)


_SIGN_IN = "/curate/sign-in"
_FORM = "application/x-www-form-urlencoded"


def _token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else ""


def _multipart(files: list[Path]) -> bytes:
    """A form's body with these files, under the names that a browser would not give some."""
    parts = []
    for path in files:
        name = path.name.replace("%2F", "/")
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        parts.append(f"--{_BOUNDARY}\r\n{head}\r\n\r\n".encode() + path.read_bytes() + b"\r\n")
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()


def made(folder: Path, rounds: int) -> tuple[list[Path], set[str]]:
    """The files to upload, in order, and the names of those that can be read; every fifth report
    carries three megabytes, so that it takes a while to send.
    """
    good = crash.shelf(folder, EACH_ROUND * rounds)
    for path in sorted(folder.iterdir())[::5]:
        writer = PdfWriter(clone_from=path)
        writer.add_attachment("tables.bin", random.Random(path.name).randbytes(3 << 20))  # noqa: S311
        writer.write(path)
    files = sorted(folder.iterdir())
    shutil.copyfile(files[0], folder / "again.pdf")
    for name, data in ODD.items():
        (folder / name.replace("/", "%2F")).write_bytes(data)
    odd = [path for path in sorted(folder.iterdir()) if path not in files]
    return [*files[:1], *odd, *files[1:]], good | {"climbs.txt"}


def served(home: Home, port: int) -> subprocess.Popen[str]:
    """`waymark serve` in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "waymark", "--home", str(home.path), "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=crash.ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "WAYMARK_SECRET": "s" * 40},
        start_new_session=True,
    )


def answering(client: Client, running: subprocess.Popen[str]) -> None:
    """Wait until it answers, and sign in."""
    until = time.monotonic() + 120
    while time.monotonic() < until and running.poll() is None:
        with suppress(OSError):
            client.sign_in()
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not answer ({running.poll()})")


def killed(library: Library, client: Client, moment: float) -> bool:
    """Serve, upload and publish until the moment comes, counted in seconds from the first answer;
    whether it came in the middle of a request with files.
    """
    client.port = readers.free_port()
    running = served(library.home, client.port)
    try:
        answering(client, running)
        killer = threading.Timer(moment, os.killpg, (running.pid, signal.SIGKILL))
        killer.start()
        with suppress(OSError):
            client.upload()
            while running.poll() is None:
                client.publish(library)
                time.sleep(0.05)
        killer.join()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    amid = client.begun > client.ended
    client.ended = client.begun
    with database.connect(library.home.database) as connection:  # as if their lease had run out
        connection.execute("UPDATE jobs SET lease_until = 0 WHERE state = 'working'")
    connection.close()
    return amid


def finished(library: Library, client: Client, good: set[str]) -> Iterator[str]:
    """Serve until all is done, and say what does not hold then."""
    client.port = readers.free_port()
    running = served(library.home, client.port)
    try:
        answering(client, running)
        client.upload()
        until = time.monotonic() + 900
        while (client.publish(library) or _retried(library, client)) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        running.terminate()
        if running.wait(60):
            yield f"told to end, the server ended with {running.returncode}"
    yield from _held(library, good)
    for name in _REFUSED - set(client.refused):
        yield f"{name} was not refused"


def _retried(library: Library, client: Client) -> bool:
    """Try files again that can be read and whose worker was killed three times; publishing is
    asked for anew by `publish`.
    """
    with library.catalog() as catalog:
        jobs_failed = jobs.failed(catalog.connection)
    reading = [job for job in jobs_failed if job.task == jobs.Task.READ]
    failed = [job for job in reading if job.name not in _FAILING]
    for job in failed:
        client.post(f"/curate/jobs/{job.job_id}/retry", "/curate/upload")
    return bool(failed)


def _held(library: Library, good: set[str]) -> Iterator[str]:
    wanted = {name: ["in"] for name in good} | {name: ["failed"] for name in _FAILING}
    found = desk.places(library)
    for name in sorted(set(wanted) | set(found)):
        if found.get(name) != wanted.get(name):
            yield f"at the end {name} is {found.get(name)}, not {wanted.get(name)}"
    home = library.home
    with library.catalog() as catalog:
        originals = {document.file_sha256 for document in catalog.documents()}
    if {path.name for path in home.files.iterdir()} != originals:
        yield "files/ does not hold what the documents need"
    repair(home)
    yield from (f"at the end: {finding}" for finding in examine(home))
    if len(list(home.incoming.iterdir())) != len(_FAILING):
        yield f"incoming/ holds {sorted(path.name for path in home.incoming.iterdir())}"


def play(library: Library, folder: Path, given: argparse.Namespace) -> Iterator[str]:
    """All rounds; what does not hold."""
    dice = random.Random(given.seed)  # noqa: S311 - moments, not secrets
    files, good = made(folder, given.rounds)
    client, stood, amid = Client(), Counter[str](), 0
    each = -(-len(files) // given.rounds)
    for number in range(given.rounds):
        client.pending += files[number * each : (number + 1) * each]
        # Most of them early: sending takes a second, reading and publishing the rest.
        moment = dice.uniform(0, given.longest) * dice.random()
        try:
            amid += killed(library, client, moment)
        except RuntimeError as error:
            yield f"kill {number}: {error}"
        stood.update(where for found in desk.places(library).values() for where in found)
        for broken in crash.settled(desk.after_the_kill(library, client.taken)):
            yield f"kill {number} after {moment:.3f} s: {broken}"
    told = ", ".join(f"{count} {where}" for where, count in sorted(stood.items()))
    sys.stdout.write(
        f"{given.rounds} kills, {amid} of them amid a request with files; "
        f"where files were, summed over the kills: {told}\n"
    )
    left = len(client.pending)
    yield from crash.settled(finished(library, client, good))
    sys.stdout.write(
        f"{len(files)} files, {left} of them sent after the last kill: "
        f"{len(desk.places(library))} are in or named as failed, "
        f"{len(client.refused)} were refused\n"
    )


def main() -> int:
    """Play it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=3, help="seconds from answer to kill")
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        library = crash.empty(root / "home", given.models)
        curators.add(library, "anna", PASSWORD, "the script")
        failures = list(play(library, root / "files", given))
    sys.stdout.writelines(f"FAILED {failure}\n" for failure in failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
