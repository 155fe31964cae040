"""The server as a process: its log, its limits, its end."""

import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import create_server
from werkzeug.test import Client

import waymark
from index.library import Library
from web.app import create_app
from web.context.limits import LARGEST_BODY
from web.context.state import Access
from web.guard import connections
from web.guard.bodies import admit_uploads
from web.guard.hosts import address_of, asked_by_name, is_loopback
from web.guard.unread import PatientParser
from web.serve import LIMITS, PROXIED
from web.serving.log import logged


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def started(library: Library) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`waymark serve` as a process that has not loaded the encoder yet, and its port."""
    port = free_port()
    args = ["--home", str(library.home.path), "serve", "--port", str(port), "--log"]
    process = subprocess.Popen(
        [sys.executable, "-m", "waymark", *args],
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(waymark.__file__).parent,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    try:
        assert process.stderr is not None
        assert "Waymark serves" in process.stderr.readline()
        yield process, port
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def port(library: Library) -> Iterator[int]:
    """Where one server runs for all tests that only ask it: each start takes seconds."""
    with started(library) as (_, found):
        yield found


def test_told_to_end_it_answers_what_was_asked_and_logs_no_question(library: Library) -> None:
    question = (
        b"GET /?q=unspeakable+matter HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    with started(library) as (process, port):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as asked:
            # The encoder is still being loaded, so this is under way when the signal comes.
            asked.sendall(question)
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            answer = b"".join(iter(lambda: asked.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"unspeakable matter" in answer
        _, log = process.communicate(timeout=30)
    assert process.returncode == 0
    (line,) = [json.loads(line) for line in log.splitlines()]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/", 200)
    assert line["ms"] > 0
    assert "unspeakable" not in log


def test_requests_beyond_the_limits_are_refused(port: int) -> None:
    place = ("127.0.0.1", port)
    for request, answer in (
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 70_000, b" 431 "),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", b" 413 "),
    ):
        with socket.create_connection(place, timeout=60) as sent:
            sent.sendall(request)
            assert answer in sent.recv(100)


def test_a_body_that_is_too_large_for_the_api_is_a_problem_to_a_program(port: int) -> None:
    texts = json.dumps({"texts": ["x" * 15_400] * 100})
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request("POST", "/api/v1/classify", texts, {"Content-Type": "application/json"})
    answer = asked.getresponse()
    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")
    said = {"type": "about:blank", "title": "Request Entity Too Large", "status": 413}
    detail = "A body may have 1,048,576 bytes: send less in one call."
    assert json.loads(answer.read()) == said | {"detail": detail}


def test_a_body_of_the_size_that_is_said_is_answered(port: int) -> None:
    texts = json.dumps({"texts": ["x"]}).ljust(1_048_576)
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for body, status in ((texts, 200), (texts + " ", 413)):
        asked.request("POST", "/api/v1/classify", body, {"Content-Type": "application/json"})
        answer = asked.getresponse()
        assert (answer.status, bool(answer.read())) == (status, True)


def chunks(body: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


def test_a_body_may_come_in_chunks_and_is_refused_where_it_becomes_too_large(port: int) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"questions": ["storms at sea", "empty flats"], "k": 1}).encode()
    for ending, status in ((b"", 200), (b" " * 32_000_000, 413)):
        sent = chunks(body + ending, 7 if status == 200 else 65_536)
        asked.request("POST", "/api/v1/batch", sent, {"Content-Type": "application/json"})
        answer = asked.getresponse()
        said = json.loads(answer.read())
        assert answer.status == status
        assert len(said["answers"]) == 2 if status == 200 else "1,048,576 bytes" in said["detail"]


def in_chunks(parser: PatientParser, chunk: bytes, count: int) -> None:
    for _ in range(count):
        data = b"%x\r\n%s\r\n" % (len(chunk), chunk)
        while data and not parser.completed:
            data = data[parser.received(data) :]


@pytest.mark.parametrize(
    ("path", "count", "taken"),
    [
        ("/api/v1/classify", 40, True),
        ("/api/v1/classify", 32 << 4, False),
        ("/curate/sign-in", 17, False),
    ],
)
def test_chunks_that_were_refused_are_taken_to_their_end_and_kept_nowhere(
    path: str, count: int, taken: bool
) -> None:
    parser = PatientParser(Adjustments(max_request_body_size=LARGEST_BODY))
    parser.received(f"POST {path} HTTP/1.1\r\nHost: x\r\n".encode())
    parser.received(b"Transfer-Encoding: chunked\r\n\r\n")
    in_chunks(parser, b"x" * 65_536, count)
    assert (parser.error is not None, parser.completed) == (True, not taken)
    if taken:
        assert type(parser.body_rcv.getbuf()).__name__ == "_Nowhere"
        assert parser.received(b"0\r\n\r\n") == 5
        assert parser.completed
    parser.close()


@pytest.mark.parametrize(
    ("path", "size", "taken"),
    [
        ("/api/v1/classify", 1 << 20, True),
        ("/api/v1/classify", 32 << 20, True),
        ("/api/v1/classify", (32 << 20) + 1, False),
        ("/curate/sign-in", 1 << 20, False),
    ],
)
def test_a_body_that_was_refused_is_taken_to_its_end_first(
    path: str, size: int, taken: bool
) -> None:
    """A program that looks for an answer only when all is sent would see a broken pipe."""
    parser = PatientParser(Adjustments(max_request_body_size=LARGEST_BODY))
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode()
    assert parser.received(head + b"x" * 10) == len(head)
    assert (parser.error is not None, parser.completed) == (True, not taken)
    if taken:
        assert parser.received(b"x" * (size - 1)) == size - 1
        assert not parser.completed
        assert parser.received(b"xGET /") == 1
        assert (parser.completed, parser.body_bytes_received) == (True, size)


def test_only_who_signed_in_may_send_files(port: int) -> None:
    """The running server knows no curator: its uploads have everybody's limit."""
    place = ("127.0.0.1", port)
    request = b"POST /curate/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
    with socket.create_connection(place, timeout=60) as sent:
        sent.sendall(request)
        assert b" 413 " in sent.recv(100)


def test_a_larger_body_is_let_in_by_its_cookie_and_address(library: Library) -> None:
    app = create_app(library, Access("s" * 40))
    server = create_server(app, host="127.0.0.1", port=0, max_request_body_size=LARGEST_BODY)
    admit_uploads(app, [server])
    signer = app.session_interface.get_signing_serializer(app)
    ours = signer.dumps({"curator": "anna"})
    theirs = URLSafeTimedSerializer("t" * 40, salt="cookie-session").dumps({"curator": "anna"})
    try:
        for path, cookie, refused in (
            (b"/curate/upload", ours, False),
            (b"/curate/upload", theirs, True),
            (b"/curate/upload", signer.dumps({"token": "x"}), True),
            (b"/curate/upload", "", True),
            (b"/curate/sign-in", ours, True),
        ):
            parser = server.channel_class.parser_class(server.adj)
            parser.received(
                b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 200000000\r\n"
                b"Cookie: a=b; waymark=" + cookie.encode() + b"\r\n\r\n"
            )
            assert (parser.error is not None) is refused, (path, cookie)
        parser = server.channel_class.parser_class(server.adj)
        parser.received(
            b"POST /curate/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000000\r\n"
            b"Cookie: waymark=" + ours.encode() + b"\r\n\r\n"
        )
        assert parser.error is not None
    finally:
        server.close()


@pytest.mark.parametrize(("proxied", "secure"), [({}, False), (PROXIED, True)])
def test_what_a_proxy_says_is_believed_only_when_told_so(
    library: Library, proxied: dict[str, Any], secure: bool
) -> None:
    app = create_app(library, Access("s" * 40))
    server = create_server(app, host="127.0.0.1", port=0, **(LIMITS | proxied))
    threading.Thread(target=server.run, daemon=True).start()
    try:
        request = (
            b"GET /curate/sign-in HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\n"
            b"X-Forwarded-Host: library.example\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", server.effective_port), timeout=60) as asked:
            asked.sendall(request)
            answer = b"".join(iter(lambda: asked.recv(65536), b""))
    finally:
        server.close()
    (cookie,) = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"set-cookie")]
    assert (b"Secure" in cookie) is secure


def test_a_line_cannot_be_forged_and_an_error_is_logged_too() -> None:
    app = Flask("logged")

    @app.before_request
    def fail() -> None:
        raise ValueError

    stream = io.StringIO()
    app.wsgi_app = logged(app.wsgi_app, stream)
    assert app.test_client().get("/a%0A%7B%7D?q=secret").status_code == 500
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["path"] == "/a\n{}"
    assert json.loads(line)["status"] == 500
    assert "secret" not in line


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing listens there
        ("::", False),
        ("192.168.1.5", False),
        ("library.example.org", False),
    ],
)
def test_who_can_reach_an_address(host: str, only_here: bool) -> None:
    assert is_loopback(host) is only_here


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("localhost", "http://localhost:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_address_that_is_said_can_be_opened(host: str, address: str) -> None:
    assert address_of(host, 8000) == address
    assert urlsplit(address).hostname == host


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:8000", 200),
        ("127.0.0.2", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("evil.example:8000", 400),
        ("localhost.evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("192.168.1.5", 400),
        ("", 400),
    ],
)
def test_on_this_machine_it_answers_to_its_own_names_alone(
    app: Flask, host: str, status: int
) -> None:
    """DNS rebinding: a page of another site asks under the site's name."""
    client = Client(asked_by_name(app))
    answer = client.get("/healthz", headers={"Host": host})
    assert answer.status_code == status
    assert ("--behind-proxy" in answer.text) is (status == 400)


def test_the_running_server_refuses_another_name(port: int) -> None:
    for host, wanted in ((b"evil.example", b" 400 "), (b"127.0.0.1", b" 200 ")):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as sent:
            sent.sendall(b"GET /static/style.css HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
            assert wanted in sent.recv(100)


@contextmanager
def connected(library: Library, number: int) -> Iterator[tuple[dict[int, Any], list[Any]]]:
    """A server's sockets and so many connections to it; it answers when it is looked at."""
    app = create_app(library)
    held: dict[int, Any] = {}
    server = create_server(app, map=held, host="127.0.0.1", port=0, **LIMITS)
    admit_uploads(app, held.values())
    place = ("127.0.0.1", server.effective_port)
    with ExitStack() as clients:
        try:
            yield (
                held,
                [clients.enter_context(socket.create_connection(place)) for _ in range(number)],
            )
        finally:
            server.task_dispatcher.shutdown()
            for one in list(held.values()):
                one.close()


def look_at(held: dict[int, Any], until: Callable[[], object]) -> None:
    for _ in range(2000):
        if until():
            return
        wasyncore.loop(timeout=0.01, map=held, count=1, use_poll=True)
    raise AssertionError("it never came to that")


def channels(held: dict[int, Any]) -> list[connections.Channel]:
    return [one for one in held.values() if isinstance(one, connections.Channel)]


def test_a_request_that_comes_byte_by_byte_is_ended(library: Library) -> None:
    with connected(library, 2) as (held, (slow, idle)):
        look_at(held, lambda: len(channels(held)) == 2)
        opened = min(channel.creation_time for channel in channels(held))
        slow.sendall(b"POST /api/v1/batch HTTP/1.1\r\nHost: localhost\r\n\r\n\r\nX: ")
        look_at(held, lambda: any(channel.request for channel in channels(held)))
        slow.sendall(b"a" * 40_000)  # which buys it 40 seconds
        coming = next(channel for channel in channels(held) if channel.request)
        look_at(held, lambda: coming.request.header_bytes_received >= 40_000)
        connections.end_slow(held.values(), opened + 29)
        assert not any(channel.will_close for channel in channels(held))
        connections.end_slow(held.values(), opened + 60)
        look_at(held, lambda: len(channels(held)) == 1)
        assert idle.recv(1) == b""
        connections.end_slow(held.values(), opened + 80)
        look_at(held, lambda: not channels(held))


def test_an_answer_buys_the_next_request_its_time(library: Library) -> None:
    with connected(library, 1) as (held, (client,)):
        look_at(held, lambda: channels(held))
        (channel,) = channels(held)
        channel.creation_time -= 1000
        client.sendall(b"GET /healthz/alive HTTP/1.1\r\nHost: localhost\r\n\r\n")
        look_at(held, lambda: channel.free_since)
        connections.end_slow(held.values(), time.time() + 25)
        assert not channel.will_close
        assert b" 200 " in client.recv(100)
        connections.end_slow(held.values(), time.time() + 60)
        assert channel.will_close


def test_one_address_does_not_hold_all_connections(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_CROWDED", 4)
    with connected(library, 4) as (held, _):
        look_at(held, lambda: len(channels(held)) == 4)
        other, answered, busy, silent = channels(held)
        other.addr = ("192.0.2.1", 1)
        answered.free_since = time.time()
        busy.requests = [object()]
        connections.end_slow(held.values(), time.time() + 20)
        assert not any(one.will_close for one in (other, answered, busy))
        assert silent.will_close
        busy.requests = []
    with connected(library, 3) as (held, _):
        look_at(held, lambda: len(channels(held)) == 3)
        connections.end_slow(held.values(), time.time() + 20)
        assert not any(one.will_close for one in channels(held))
