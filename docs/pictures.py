"""Writes docs/search.png: the search page with one answer from the starter documents.

python docs/pictures.py, with Debian's chromium and chromium-driver
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from selenium import webdriver

HERE = Path(__file__).parent
QUESTION = "What should follow a study visit?"
PORT = 8017
WIDTH, HEIGHT = 1120, 960
ARGUMENTS = (
    "--headless --hide-scrollbars --no-sandbox --disable-gpu --disable-background-networking"
    " --disable-component-update --disable-sync --no-first-run --force-color-profile=srgb"
)


def waymark(home: Path, *words: str) -> list[str]:
    """The command line as `waymark` is, of this checkout."""
    return [sys.executable, "-m", "waymark", "--home", str(home), *words]


def photographed(address: str, profile: Path) -> bytes:
    """A page of this width and height as PNG."""
    options = webdriver.ChromeOptions()
    for argument in (*ARGUMENTS.split(), f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or ""
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    with webdriver.Chrome(options=options, service=service) as browser:
        browser.set_window_size(WIDTH, HEIGHT)
        browser.get(address)
        return browser.get_screenshot_as_png()


def wait_for(address: str) -> None:
    """Until the server answers; URLError when it does not within a minute."""
    for left in range(120, -1, -1):
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - this machine
        except urllib.error.URLError:
            if not left:
                raise
            time.sleep(0.5)
        else:
            return


def main() -> None:
    """Make a library, serve it, take the picture; 64 colours show text as well as all do."""
    root = HERE.parent
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        for words in (["init"], ["add", "corpus/starter"]):
            subprocess.run(waymark(home, *words), cwd=root, env=environment, check=True)  # noqa: S603
        serving = waymark(home, "serve", "--port", str(PORT))
        with subprocess.Popen(serving, cwd=root, env=environment) as server:  # noqa: S603
            try:
                address = f"http://127.0.0.1:{PORT}"
                wait_for(f"{address}/healthz/ready")
                taken = photographed(f"{address}/?q={quote(QUESTION)}", Path(folder, "profile"))
            finally:
                server.terminate()
    picture = Image.open(io.BytesIO(taken)).convert("RGB").quantize(64)
    picture.save(HERE / "search.png", optimize=True)


if __name__ == "__main__":
    main()
