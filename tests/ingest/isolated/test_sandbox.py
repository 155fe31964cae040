"""The child process: what it may not do, and what a breach is called."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import ingest.isolated.sandbox
from ingest.isolated.sandbox import Breach, Limits, run_python
from ingest.records import Reason

QUICK = Limits(wall_seconds=20, cpu_seconds=10, memory_bytes=1 << 30, output_bytes=1 << 16)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")


def reason_of(answer: bytes | Breach) -> Reason:
    assert isinstance(answer, Breach)
    return answer.reason


def test_answer_and_arguments_pass_through() -> None:
    answer = run_python("print(' '.join(sys.argv[1:]), end='')", ["fünf", "a b"], QUICK)
    assert answer == "fünf a b".encode()


def test_a_child_that_hangs_is_ended_on_time() -> None:
    began = time.monotonic()
    answer = run_python("import time; time.sleep(60)", [], replace(QUICK, wall_seconds=0.6))
    assert reason_of(answer) is Reason.TOO_SLOW
    assert time.monotonic() - began < 5


def test_a_child_that_closes_its_pipe_and_hangs_is_ended() -> None:
    code = "import os, time; os.close(1); time.sleep(60)"
    answer = run_python(code, [], replace(QUICK, wall_seconds=0.6))
    assert reason_of(answer) is Reason.TOO_SLOW


@posix
def test_processor_time_is_limited() -> None:
    answer = run_python("while True: pass", [], replace(QUICK, cpu_seconds=1))
    assert reason_of(answer) is Reason.TOO_SLOW


@posix
def test_memory_is_limited() -> None:
    assert reason_of(run_python("x = bytearray(2 << 30)", [], QUICK)) is Reason.CRASHED


def test_more_output_than_allowed_is_too_large() -> None:
    code = "print('x' * (1 << 17))"
    assert reason_of(run_python(code, [], QUICK)) is Reason.TOO_LARGE
    assert isinstance(run_python(code, [], replace(QUICK, output_bytes=1 << 18)), bytes)


@pytest.mark.parametrize("code", ["import os; os.abort()", "raise SystemExit(3)", "1 / 0"])
def test_an_end_other_than_well_is_a_crash(code: str) -> None:
    assert reason_of(run_python(code, [], QUICK)) is Reason.CRASHED


@posix
def test_no_file_can_be_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_python("open(sys.argv[1], 'w').write('x' * 100)", [str(out)], QUICK)
    assert out.stat().st_size == 0


@posix
def test_open_files_are_limited() -> None:
    code = (
        "files = []\n"
        "try:\n"
        "    while len(files) < 500: files.append(open('/dev/null'))\n"
        "except OSError: print(len(files) < 64)"
    )
    assert run_python(code, [], QUICK) == b"True\n"


@posix
def test_descriptors_of_the_parent_stay_out(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("open elsewhere")
    with (tmp_path / "library").open() as file:
        os.set_inheritable(file.fileno(), True)
        code = (
            "import os, sys\n"
            "try: os.fstat(int(sys.argv[1])); print('inherited')\n"
            "except OSError: print('closed')"
        )
        assert run_python(code, [str(file.fileno())], QUICK) == b"closed\n"


def test_secrets_of_the_environment_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_CURATOR_SECRET", "s3cret")
    monkeypatch.setenv("HOME", "/home/officer")
    answer = run_python("import os; print(sorted(os.environ))", [], QUICK)
    assert isinstance(answer, bytes)
    assert b"SECRET" not in answer
    assert b"HOME" not in answer


@posix
def test_what_the_child_started_ends_with_it(tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    time.sleep(60)\n"
        "else:\n"
        "    print(os.getpgid(0), flush=True); time.sleep(60)\n"
    )
    answer = run_python(code, [], replace(QUICK, wall_seconds=1))
    assert reason_of(answer) is Reason.TOO_SLOW
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert "os.fork() == 0" not in listing.stdout.replace("ps -eo", "")


def test_a_stray_ingest_beside_the_files_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ingest.py").write_text("raise SystemExit('the wrong one')")
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong one')")
    monkeypatch.chdir(tmp_path)
    answer = run_python("import ingest; print(ingest.__file__, end='')", [], QUICK)
    assert isinstance(answer, bytes)
    assert Path(os.fsdecode(answer)).parent == Path(ingest.__file__).resolve().parent


def test_the_pdf_child_loads_nothing_heavy() -> None:
    code = (
        "import ingest.isolated.pdf_child, ingest.engines.pdfium_text\n"
        "print(sorted({'torch', 'numpy', 'faiss', 'sklearn', 'pypdf', 'PIL'} & set(sys.modules)))"
    )
    assert run_python(code, [], QUICK) == b"[]\n"
