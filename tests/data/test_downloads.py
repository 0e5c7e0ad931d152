"""Downloads from a server of this machine that behaves badly."""

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from data.server import serve
from moregrad.data import downloads, read_corpus
from moregrad.data.downloads import fetch, file_name, without_secrets
from moregrad.errors import DataError, SourceError


class Answers(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        with suppress(OSError):
            getattr(self, "answer_" + self.path.strip("/").partition("?")[0].partition(".")[0])()

    def begin(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def answer_words(self) -> None:
        self.begin()
        self.wfile.write(b"emma\nava\n")

    def answer_page(self) -> None:
        self.begin()
        self.wfile.write(b"\n<!DOCTYPE html><title>Sign in</title>")

    def answer_loop(self) -> None:
        self.begin(302, Location="/loop.txt")

    def answer_inward(self) -> None:
        self.begin(302, Location="file:///etc/passwd")

    def answer_endless(self) -> None:
        self.begin()
        while True:
            self.wfile.write(b"emma\n" * 10_000)

    def answer_slow(self) -> None:
        self.begin()
        while True:
            self.wfile.write(b"emma\n")
            time.sleep(0.02)

    def answer_silent(self) -> None:
        time.sleep(0.5)

    def answer_short(self) -> None:
        self.begin(Content_Length="1000")
        self.wfile.write(b"emma\n")

    def answer_missing(self) -> None:
        self.begin(404)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The address of the server; temporary files are made in `tmp_path`."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with serve(Answers) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("page.txt", "it is a web page, not a list"),
        ("loop.txt", "the server redirects in circles"),
        ("inward.txt", "malformed or not of the web"),
        ("endless.txt", "it is longer than 1,000,000 bytes"),
        ("slow.txt", "it took longer than 0.3 seconds"),
        ("silent.txt", "the server does not answer in time|there is no connection"),
        ("short.txt", "broke off"),
        ("missing.txt", "the server answers 404"),
    ],
)
def test_a_download_that_fails_says_why_in_one_line_and_leaves_nothing(address, tmp_path, monkeypatch, path, complaint):
    monkeypatch.setattr(downloads, "TOTAL_SECONDS", 0.3)
    monkeypatch.setattr(downloads, "SILENT_SECONDS", 0.2)
    asked = address.replace("//", "//anna:secret@") + f"/{path}?token=hidden"
    with pytest.raises(SourceError, match=complaint) as caught:
        read_corpus(asked, max_file_bytes=1_000_000)
    assert not re.search("secret|hidden|anna|\n", str(caught.value))
    assert list(tmp_path.iterdir()) == []


def test_what_a_download_holds_is_read_and_its_secrets_are_not_recorded(address, tmp_path):
    corpus = read_corpus(address.replace("//", "//anna:secret@") + "/words.txt?token=hidden#hidden")
    assert corpus.words.to_list() == ["emma", "ava"]
    assert corpus.source == f"{address}/words.txt?…"
    assert corpus.origin == f"downloaded from {address}/words.txt?…"
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_download_leaves_nothing(address, tmp_path, monkeypatch):
    def interrupt(*_: object) -> Iterator[bytes]:
        yield b"emma\n"
        raise KeyboardInterrupt

    monkeypatch.setattr(downloads, "_pieces", interrupt)
    folder = tmp_path / "cache"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        fetch(f"{address}/words.txt", folder / "words.txt")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://", "http://a:b/", "http://a:99999/", "https:///words.txt", "http://[x]/", "://"]
)
def test_a_malformed_address_is_one_line(url):
    with pytest.raises(DataError, match=r"^the address is malformed; give one such as https") as caught:
        read_corpus(url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["file://host/etc/passwd", "ftp://a:secret@host/words.txt", "gopher://host"])
def test_only_addresses_of_the_web_are_downloaded(url):
    with pytest.raises(SourceError, match="only http:// and https:// are") as caught:
        read_corpus(url)
    assert "secret" not in str(caught.value)


def test_an_address_keeps_its_host_port_and_path_only():
    assert without_secrets("https://a:b@[::1]:8000/x/words.csv?t=1#u") == "https://[::1]:8000/x/words.csv?…"
    assert without_secrets("http://host/words.txt") == "http://host/words.txt"


@pytest.mark.parametrize(
    ("path", "name"),
    [("a/b.csv.gz", "words.csv.gz"), ("", "words.txt"), ("..", "words.txt"), ("a." + "x" * 300, "words.txt")],
)
def test_a_download_has_a_plain_name_with_the_ending_of_its_address(path, name):
    assert file_name(f"https://host/{path}") == name
