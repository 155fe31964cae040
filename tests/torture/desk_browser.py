"""A curator's half hour with whatever lies in a folder: a real server, a real browser.

    python tests/torture/desk_browser.py FOLDER [--scriptless] [--large]

Uploads every file of the folder together, waits until each is read or named as failed, publishes
all drafts, searches, answers ten questions about tags, trains, withdraws a report and looks for it.
Prints what it saw, how long each step took, and the memory of the server with its children. Exit
status 1 when a file is nowhere or in two places, or a step did not do what it should. --large adds
a PDF of 400 pages, one of 199 MB and one of 201 MB.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import crash
from fpdf import FPDF
from pypdf import PdfWriter
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from index.curating import curators, jobs
from index.files.home import Home
from index.library import Library
from index.rows import audit, shelf

PASSWORD = "four plain words here"  # noqa: S105 - of a library that is thrown away
PATIENCE = 1200
ANSWERS = 10


class Memory(threading.Thread):
    """Looks at a process and its children ten times a second; peaks in MB of resident memory."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.alone = self.together = 0

    def run(self) -> None:
        """Look until the process is gone."""
        with suppress(OSError):
            while True:
                alone = _resident(self._process)
                children = sum(_of_children(self._process))
                self.alone = max(self.alone, alone >> 20)
                self.together = max(self.together, (alone + children) >> 20)
                time.sleep(0.1)


def _resident(process: int) -> int:
    pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _of_children(process: int) -> Iterator[int]:
    """Resident bytes of each child, and theirs; one that ends meanwhile is passed over."""
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, children.read_text().split()):
                with suppress(OSError):
                    yield _resident(child)
                yield from _of_children(child)


class Person:
    """A curator at a browser, with scripts or without."""

    def __init__(self, driver: WebDriver, address: str, scripted: bool) -> None:
        self.driver = driver
        self.address = address
        self.scripted = scripted
        self._began = time.monotonic()

    def say(self, words: str) -> None:
        """What was done, and how long it took since the last word."""
        took = time.monotonic() - self._began
        self._began = time.monotonic()
        sys.stdout.write(f"{took:7.1f} s  {words}\n")
        sys.stdout.flush()

    def go(self, path: str) -> None:
        """To a page."""
        self.driver.get(self.address + path)

    def text(self) -> str:
        """What the page says."""
        return self.driver.find_element(By.TAG_NAME, "main").text

    def await_text(self, words: str, path: str = "") -> None:
        """Wait for words; without a script the page is loaded anew."""

        def there(_: WebDriver) -> bool:
            if path and not self.scripted:
                self.go(path)
            return words in self.text()

        WebDriverWait(self.driver, PATIENCE, 1, [WebDriverException]).until(there, words)

    def press(self, words: str) -> None:
        """A button that begins like this."""
        how = f"//main//button[starts-with(normalize-space(.), '{words}')]"
        WebDriverWait(self.driver, 60).until(lambda d: d.find_element(By.XPATH, how)).click()

    def fill(self, name: str, words: str) -> None:
        """A field, by its id."""
        WebDriverWait(self.driver, 60).until(lambda d: d.find_element(By.ID, name)).send_keys(words)


def sign_in(person: Person) -> None:
    """Asked for the desk, and led there."""
    person.go("/curate/")
    person.fill("name", "anna")
    person.fill("password", PASSWORD)
    person.press("Sign in")
    person.await_text("Nothing is under way.")


def upload(person: Person, files: list[Path]) -> list[str]:
    """All files together; returns the names of those refused."""
    person.go("/curate/upload")
    person.fill("files", "\n".join(map(str, files)))
    person.press("Upload")
    person.await_text(f"of {len(files)} accepted." if person.scripted else "What became of them")
    lines = [item.text for item in person.driver.find_elements(By.CSS_SELECTOR, ".uploads li")]
    refused = [line for line in lines if "not accepted" in line]
    person.say(f"{len(files)} files sent, {len(refused)} refused")
    for line in refused:
        person.say(f"  {line}")
    return [path.name for path in files if any(line.startswith(path.name) for line in refused)]


def read(person: Person) -> None:
    """Until nothing is under way."""
    person.go("/curate/")
    person.await_text("Nothing is under way.", "/curate/")
    drafts = len(person.driver.find_elements(By.CSS_SELECTOR, "table.drafts tbody tr"))
    failed = person.driver.find_elements(By.CSS_SELECTOR, "#jobs li .warn")
    person.say(f"all read: {drafts} drafts, {len(failed)} failed")
    for one in failed:
        person.say(f"  {one.find_element(By.XPATH, '..').text[:200]!r}")


def publish(person: Person) -> None:
    """Every draft that has passages."""
    boxes = len(person.driver.find_elements(By.CSS_SELECTOR, "input[name=draft]"))
    person.press("Publish all")
    person.await_text("Readers find them from then on.")
    person.press("Publish")
    person.await_text("Nothing is under way.", "/curate/")
    left = len(person.driver.find_elements(By.CSS_SELECTOR, "table.drafts tbody tr"))
    person.say(f"{boxes} published, {left} drafts left")


def correct(person: Person) -> None:
    """No to one question, yes to the next."""
    person.go("/curate/review")
    for number in range(ANSWERS):
        WebDriverWait(person.driver, 60).until(lambda d: d.find_element(By.ID, "question"))
        old = person.driver.find_element(By.TAG_NAME, "html")
        person.press("Yes" if number % 2 else "No")
        WebDriverWait(person.driver, 60).until(lambda _, old=old: _gone(old))
        if number == 0:
            person.say("first answer taken")
    person.say(f"{ANSWERS} answers taken")


def _gone(element: object) -> bool:
    try:
        return not element.is_enabled()  # type: ignore[attr-defined] # an element of selenium
    except WebDriverException:
        return True


def train(person: Person) -> None:
    """Train, and read what it changed."""
    person.press("Train the tagger now")
    person.await_text("What it changed", "/curate/")
    person.driver.find_element(By.LINK_TEXT, "What it changed").click()
    person.await_text("It learned from")
    person.say(person.driver.find_element(By.CLASS_NAME, "lead").text)


def withdraw(person: Person, title: str) -> list[str]:
    """Find a report, withdraw it, and look for it; what does not hold."""
    question = "/?q=" + "+".join(title.split())
    person.go(question)
    held = [] if title in person.text() else [f"{title} was published and is not found"]
    person.say(f"found: {title}")
    person.go("/documents?view=list")
    person.driver.find_element(By.LINK_TEXT, title).click()
    person.driver.find_element(By.LINK_TEXT, "Edit, replace or withdraw").click()
    person.press("Withdraw")
    person.await_text("has been withdrawn")
    for path in (question, "/documents?view=list"):
        person.go(path)
        if title in person.text().replace(f"“{title}”", ""):
            held.append(f"{title} was withdrawn and is on {path}")
    person.say("withdrawn, and gone from search and list")
    return held


def places(library: Library, refused: list[str]) -> Counter[str]:
    """In how many places each file is, by name."""
    found = Counter(refused)
    with library.catalog() as catalog:
        found.update({document.file_name for document in catalog.documents()})
        found.update({item.file_name for item in shelf.listing(catalog.connection)})
        for job in jobs.recent(catalog.connection, 1000):
            if job.task == jobs.Task.READ and job.state != "done":
                found[job.name] += 1
    return found


def large(folder: Path) -> None:
    """400 pages, 199 MB and 201 MB."""
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for page in range(400):
        pdf.add_page()
        for part in range(5):
            pdf.multi_cell(0, 6, f"Section {page}.{part}. " + " ".join(
                f"In district {page} the mentors of group {part} met {week} families and wrote "
                f"down what they had learned about housing and schools."
                for week in range(3, 8)
            ))  # fmt: skip
            pdf.ln(4)
    pdf.output(str(folder / "pages-400.pdf"))
    writer = PdfWriter(clone_from=folder / "pages-400.pdf")
    for name, size in (("size-199.pdf", 199), ("size-201.pdf", 201)):
        del writer.pages[5:]
        writer.add_attachment(name, os.urandom((size << 20) - (1 << 20)))
        writer.write(folder / name)
        writer = PdfWriter(clone_from=folder / "pages-400.pdf")


@contextmanager
def served(home: Path) -> Iterator[tuple[str, Memory]]:
    """`waymark serve` on a free port; its address and its memory."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "waymark", "--home", home, "serve", "--port", port],
        cwd=crash.ROOT,
        env=os.environ | {"WAYMARK_SECRET": "s" * 40},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        while "Waymark serves" not in (line := process.stderr.readline()):
            if not line:
                raise SystemExit("the server did not start")
        threading.Thread(target=lambda: sys.stderr.writelines(process.stderr), daemon=True).start()
        memory = Memory(process.pid)
        memory.start()
        yield f"http://127.0.0.1:{port}", memory
    finally:
        process.terminate()
        process.wait(30)


def browser(profile: Path, scripted: bool) -> WebDriver:
    """Chromium with a profile of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 "--disable-background-networking", "--disable-component-update", "--no-first-run",
                 "--window-size=1280,900", f"--user-data-dir={profile}"):  # fmt: skip
        options.add_argument(flag)
    if not scripted:
        block = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", block)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


def play(person: Person, library: Library, files: list[Path]) -> list[str]:
    """All of it; returns what does not hold."""
    sign_in(person)
    person.say("signed in")
    refused = upload(person, files)
    read(person)
    publish(person)
    with library.catalog() as catalog:
        documents = catalog.documents()
    correct(person)
    train(person)
    named = max(documents, key=lambda document: document.page_count).metadata.title
    held = withdraw(person, " ".join(named.split()))
    found = places(library, refused)
    held += [f"{path.name} is in {found[path.name]} places" for path in files
             if found[path.name] != 1]  # fmt: skip
    with library.catalog() as catalog:
        did = Counter(entry.action for entry in audit.entries(catalog.connection, 1000))
    person.say("the log: " + ", ".join(f"{count} {what}" for what, count in sorted(did.items())))
    if person.scripted:
        messages = {entry["message"][:200] for entry in person.driver.get_log("browser")}
        person.say(f"the browser's console: {messages or 'nothing'}")
    return held


def main() -> int:
    """Play it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scriptless", action="store_true")
    parser.add_argument("--large", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        files = sorted(path.resolve() for path in given.folder.iterdir() if path.is_file())
        if given.large:
            large(root)
            files += sorted(root.glob("*.pdf"))
        library = Library.create(Home(root / "home"))
        curators.add(library, "anna", PASSWORD, "the script")
        with served(root / "home") as (address, memory):
            driver = browser(root / "profile", not given.scriptless)
            try:
                held = play(Person(driver, address, not given.scriptless), library, files)
            finally:
                driver.quit()
        sys.stdout.write(
            f"memory at most: {memory.alone} MB, with its children {memory.together} MB\n"
        )
    for line in held:
        sys.stdout.write(f"FAILED {line}\n")
    return 1 if held else 0


if __name__ == "__main__":
    sys.exit(main())
