"""Who may ask the page's server, and what it refuses without looking."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.page.asking import CROP, ask
from tests.page.conftest import Served
from umkm_cli.registry.pictures.files import MAX_FILE_BYTES


def test_answers_forbid_what_the_page_does_not_need(served: Served) -> None:
    for path in ("", "page.js", "page.css", "vendors"):
        answer = ask(served, "GET", path)
        assert answer.status == 200, path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_without_the_token_nothing_is_there(served: Served) -> None:
    for path in ("/", "/x/", "/favicon.ico", "/" + "A" * 43 + "/", "/%C3%A9/", "//", "/../etc/passwd"):
        assert ask(served, "GET", path).status == 404, path
    for path in ("x", "picture/x", "picture/../page.js", "motif/x", "static/page.js", "../desk.py"):
        assert ask(served, "GET", path).status == 404, path


def test_other_names_for_this_computer_are_refused(served: Served) -> None:
    for host in ("localhost:1", "evil.example", "127.0.0.1"):
        assert ask(served, "GET", "", Host=host).status == 421, host
        assert ask(served, "POST", "close", body=b"", Host=host).status == 421, host
    assert ask(served, "GET", "").status == 200


def test_other_pages_cannot_send(served: Served) -> None:
    for origin in ("", "null", "http://evil.example", "http://127.0.0.1:1"):
        assert ask(served, "POST", "close", body=b"", Origin=origin).status == 403, origin
    assert ask(served, "GET", "").status == 200


def test_a_body_has_a_length_within_the_limit(served: Served) -> None:
    assert ask(served, "POST", "check?name=x", Transfer_Encoding="chunked").status == 411
    assert ask(served, "POST", "check?name=x").status == 411
    for length in (str(MAX_FILE_BYTES + 1), "9" * 400):
        assert ask(served, "POST", "check?name=x", Content_Length=length).status == 413
    for digits in ("0" * 5000 + "1", "9" * 5000):
        assert ask(served, "POST", "check?name=x", Content_Length=digits).status == 413
    for none in ("-1", "+1", "1e3", "0x1", "1 1", "\xb2"):
        assert ask(served, "POST", "check?name=x", Content_Length=none).status == 411, none


def test_register_takes_only_what_was_uploaded(served: Served) -> None:
    fields = json.dumps({"vendor": "x", "title": "y"}).encode()
    assert ask(served, "POST", "register?picture=x", body=fields).status == 404
    found = ask(served, "POST", "check?name=..%2F..%2Fx%00.jpg", body=CROP).json()
    assert found["alert"]
    for body in (b"", b"[]", b"{", b'{"vendor": 1}', b"\xff", b"[" * 200_000, b'{"a":' * 200_000):
        assert ask(served, "POST", f"register?picture={found['picture']['id']}", body=body).status == 404
    refused = ask(served, "POST", f"register?picture={found['picture']['id']}", body=fields).json()
    assert refused["refused"]
    assert 'Usaha "x" tidak ditemukan.' in refused["sentences"]


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process; Ctrl+C goes to all of a console")
def test_two_runs_have_different_addresses_and_ctrl_c_is_an_ordinary_end(home: Path) -> None:
    tokens = set()
    for _ in range(2):
        command = [sys.executable, "-m", "umkm_cli", "open", "--no-browser"]
        with subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            tokens.add(urlsplit(process.stdout.readline().split()[-1]).path)
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.stdout.read() == "Halaman gambar ditutup.\n"
            assert process.wait(30) == 0
    assert len(tokens) == 2
    assert all(len(token) > 40 for token in tokens)
