"""Downloads from a server of our own, with a certificate of its own, that behaves badly."""

from __future__ import annotations

import ast
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.kept import download
from index.kept.download import DownloadError, Rules, is_public

pytestmark = pytest.mark.skipif(
    not shutil.which("openssl"), reason="no openssl, which makes the server's certificate"
)

HOST = "reports.example"
PDF = b"%PDF-1.7\n" + b"x" * 5_000
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test that stands in `server.answers` says; keeps what it was asked."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        self.server.answers[self.path.partition("?")[0]](self)

    def log_message(self, *_: object) -> None: ...

    def send(self, status: int, body: bytes = b"", **headers: object) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": len(body)} | headers).items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, certificate: Path, key: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.answers: dict[str, Answer] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []

    def handle_error(self, *_: object) -> None: ...

    def link(self, path: str = "/a.pdf") -> str:
        return f"https://{HOST}:{self.server_port}{path}"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made.split(), *names, *files], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def server(certificate: tuple[Path, Path]) -> Iterator[Server]:
    made = Server(*certificate)
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def rules(certificate: tuple[Path, Path]) -> Rules:
    """Trust the server's certificate and let this machine be connected to."""
    return Rules(certificate[0], lambda _: True, seconds=20, silence=5)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every name looked up; all of them are this machine."""
    names: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, port: int, **options: object) -> list[object]:
        names.append(host)
        return real("127.0.0.1", port, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


pytestmark = [pytestmark, pytest.mark.usefixtures("asked")]


def refused(link: str, path: Path, rules: Rules) -> str:
    """Why the download was refused; nothing of it is left."""
    with pytest.raises(DownloadError) as caught:
        download.download(link, path, rules)
    assert not path.exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_report_is_downloaded_whole(server, rules, tmp_path, asked) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, PDF)
    download.download(server.link("/a.pdf?la=en"), tmp_path / "a.pdf", rules)
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    ((path, headers),) = server.seen
    assert path == "/a.pdf?la=en"
    assert headers["User-Agent"].startswith("Waymark/")
    assert headers["Host"] == f"{HOST}:{server.server_port}"
    assert "Cookie" not in headers
    assert asked == [HOST]


def test_what_comes_in_pieces_is_put_together(server, rules, tmp_path) -> None:
    def pieces(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in (PDF[:2], PDF[2:4000], PDF[4000:]):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\n\r\n")

    server.answers["/a.pdf"] = pieces
    download.download(server.link(), tmp_path / "a.pdf", rules)
    assert (tmp_path / "a.pdf").read_bytes() == PDF


def test_a_file_that_is_there_is_not_written_over(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, PDF)
    (tmp_path / "a.pdf").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        download.download(server.link(), tmp_path / "a.pdf", rules)
    assert (tmp_path / "a.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize("location", ["/b%20c.pdf", "b c.pdf", "https://{here}/b%20c.pdf"])
def test_a_redirect_on_the_same_host_is_followed(server, rules, tmp_path, location, asked) -> None:
    there = location.format(here=f"{HOST}:{server.server_port}")
    server.answers["/a.pdf"] = lambda h: h.send(302, Location=there)
    server.answers["/b%20c.pdf"] = lambda h: h.send(200, PDF)
    download.download(server.link(), tmp_path / "a.pdf", rules)
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    assert asked == [HOST, HOST]  # looked up, and checked, each time


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("https://elsewhere.example/a.pdf", "another place: https://elsewhere.example/a.pdf"),
        ("https://reports.example.evil.example/a.pdf", "another place"),
        ("https://reports.example:1/a.pdf", "another place"),
        ("//elsewhere.example/a.pdf", "another place"),
        ("https://127.0.0.1/a.pdf", "another place"),
        ("https://[::1]/a.pdf", "another place"),
        ("http://reports.example/a.pdf", "is not https://"),
        ("file:///etc/passwd", "is not https://"),
        ("ftp://reports.example/a.pdf", "is not https://"),
        ("https://anna:secret@reports.example/a.pdf", "a user beside it"),
        ("https://[", "is no address"),
    ],
)
def test_a_redirect_to_anywhere_else_is_refused(
    server, rules, tmp_path, location, said, asked
) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(301, Location=location)
    assert said in refused(server.link(), tmp_path / "a.pdf", rules)
    assert asked == [HOST]
    assert len(server.seen) == 1


def test_a_redirect_without_end_is_refused(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(302, Location="/a.pdf")
    assert "more than 5 times" in refused(server.link(), tmp_path / "a.pdf", rules)
    assert len(server.seen) == 6


def test_this_machine_is_refused_after_looking_its_name_up(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, PDF)
    strict = replace(rules, allows=is_public)
    assert "is 127.0.0.1, which is no address" in refused(server.link(), tmp_path / "a.pdf", strict)
    assert server.seen == []


def test_one_private_address_among_public_ones_is_enough(
    rules, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(_: str, port: int, **__: object) -> list[object]:
        kind = (socket.SOCK_STREAM, 6, "")
        return [
            (socket.AF_INET, *kind, ("93.184.215.14", port)),
            (socket.AF_INET6, *kind, ("fe80::1%1", port, 0, 1)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    strict = replace(rules, allows=is_public)
    assert "fe80::1" in refused("https://reports.example/a.pdf", tmp_path / "a.pdf", strict)


def test_the_address_that_was_checked_is_the_one_connected_to(
    server, rules, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address between the check and the connection gains nothing."""
    server.answers["/a.pdf"] = lambda h: h.send(200, PDF)
    checked: list[str] = []
    answers = iter(["127.0.0.1"])  # a second question would raise StopIteration
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _, port, **kw: real(next(answers), port, **kw)
    )
    noting = replace(rules, allows=lambda address: not checked.append(str(address)))
    download.download(server.link(), tmp_path / "a.pdf", noting)
    assert checked == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),  # 127.0.0.1 behind a translator
        ("64:ff9b::5db8:d70e", True),  # 93.184.215.14 behind one
        ("2002:7f00:1::1", False),  # 127.0.0.1 in a 6to4 tunnel
        ("2002:a00:1::1", False),  # 10.0.0.1 in one
    ],
)
def test_addresses_that_may_be_connected_to(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_an_unknown_certificate_is_refused(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, PDF)
    said = refused(server.link(), tmp_path / "a.pdf", replace(rules, authorities=None))
    assert "does not prove that it is reports.example" in said


def test_a_certificate_of_another_name_is_refused(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, PDF)
    link = server.link().replace(HOST, "other.example")
    assert "does not prove that it is other.example" in refused(link, tmp_path / "a.pdf", rules)


def test_a_server_without_tls_is_refused(rules, tmp_path) -> None:
    plain = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=plain.serve_forever, args=(0.02,), daemon=True).start()
    link = f"https://{HOST}:{plain.server_port}/a.pdf"
    assert "cannot be read" in refused(link, tmp_path / "a.pdf", rules)
    plain.shutdown()
    plain.server_close()


def test_too_large_is_refused_as_soon_as_it_is_known(server, rules, tmp_path) -> None:
    rules = replace(rules, most_bytes=3 << 20)
    big = PDF + bytes(3 << 20)
    server.answers["/said.pdf"] = lambda h: h.send(200, PDF, Content_Length=10**12)
    server.answers["/unsaid.pdf"] = lambda h: h.send(200, big, Content_Length=None)
    for path in ("/said.pdf", "/unsaid.pdf"):
        assert "larger than 3 MB" in refused(server.link(path), tmp_path / "a.pdf", rules)


@pytest.mark.parametrize("body", [b"", b"%PD", b"<!doctype html><p>Sign in", b" %PDF-1.7"])
def test_what_is_no_pdf_is_refused_whatever_it_is_called(server, rules, tmp_path, body) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, body, Content_Type="application/pdf")
    assert "is no PDF (application/pdf)" in refused(server.link(), tmp_path / "a.pdf", rules)


@pytest.mark.parametrize("length", [len(PDF) + 1, None])
def test_what_is_cut_off_is_refused(server, rules, tmp_path, length) -> None:
    """Also where no length was said: TLS then says where the end is, and this one does not."""

    def cut_off(handler: Handler) -> None:
        handler.send(200, PDF, Content_Length=length)
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    server.answers["/a.pdf"] = cut_off
    assert "broke off" in refused(server.link(), tmp_path / "a.pdf", rules)


@pytest.mark.parametrize("status", [204, 206, 304, 403, 404, 500])
def test_another_answer_is_named(server, rules, tmp_path, status) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(status, Content_Length=None)
    assert f"answers {status}" in refused(server.link(), tmp_path / "a.pdf", rules)


def test_what_is_packed_is_refused(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, PDF, Content_Encoding="gzip")
    assert "packed" in refused(server.link(), tmp_path / "a.pdf", rules)


def test_silence_is_not_waited_out(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: time.sleep(3)
    started = time.monotonic()
    said = refused(server.link(), tmp_path / "a.pdf", replace(rules, silence=0.5))
    assert said == "reports.example said nothing for 0.5 s"
    assert time.monotonic() - started < 2.5


@pytest.mark.parametrize("begin", [b"HTTP/1.0 200 OK\r\nX-Slow: ", b"HTTP/1.0 200 OK\r\n\r\n%PDF-"])
def test_a_byte_now_and_then_does_not_hold_it_up(server, rules, tmp_path, begin) -> None:
    def dripping(handler: Handler) -> None:
        handler.wfile.write(begin)
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    server.answers["/a.pdf"] = dripping
    started = time.monotonic()
    said = refused(server.link(), tmp_path / "a.pdf", replace(rules, seconds=1, silence=0.9))
    assert said == "reports.example took too long"
    assert time.monotonic() - started < 2.5


def test_what_a_stranger_says_is_fit_for_a_terminal(server, rules, tmp_path) -> None:
    server.answers["/a.pdf"] = lambda h: h.send(200, b"no", Content_Type="a\x1b[2Jb")
    assert refused(server.link(), tmp_path / "a.pdf", rules).endswith("(a?[2Jb)")


@pytest.mark.parametrize("link", ["http://reports.example/a.pdf", "reports.example/a.pdf", ""])
def test_nothing_but_https_is_asked(link, rules, tmp_path, asked) -> None:
    assert "is not https://" in refused(link, tmp_path / "a.pdf", rules)
    assert asked == []


def test_nothing_else_reaches_the_network() -> None:
    """No other module imports what speaks to other machines, and one command imports this one."""
    root = Path(download.__file__).parents[2]
    outward = {"http.client", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}
    reaching, importing = [], []
    for package in ("corpus", "ingest", "index", "search", "web"):
        for path in (root / package).rglob("*.py"):
            names = imported(path)
            reaching += [path.name] if names & outward else []
            importing += [path.name] if names & {"index.kept.download"} else []
    assert reaching == ["download.py"]
    assert importing == ["catalogue_commands.py"]


def imported(path: Path) -> set[str]:
    """Modules that a file imports, and the names it imports from them, joined by dots."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
