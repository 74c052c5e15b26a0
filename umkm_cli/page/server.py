"""The door: who may ask, how much, and what every answer forbids the browser to do.

The token stands in the path and not in a cookie, because cookies of 127.0.0.1 are shared by everything that this
computer serves, on whichever port. `Host` is checked against DNS rebinding, `Origin` against other pages.
"""

import hmac
import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LOOPBACK = "127.0.0.1"
PATIENCE_S = 60
"""How long a connection may say nothing before its thread gives it up."""

_MOST_DIGITS = 20

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Request:
    """What a permitted browser asks: `path` below the token, without a leading slash; `query` decoded."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    body: bytes
    type: str
    status: HTTPStatus = HTTPStatus.OK
    closes: bool = False


class PageServer(ThreadingHTTPServer):
    """Answers on a free port of the loopback interface until `close` is asked of the page, or Ctrl-C of the command."""

    def __init__(self, answer: Callable[[Request], Answer], max_body_bytes: int) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.answer = answer
        self.max_body_bytes = max_body_bytes
        self.token = secrets.token_urlsafe(32)

    @property
    def host(self) -> str:
        return f"{LOOPBACK}:{self.server_port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/{self.token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nobody's error."""


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_S

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def version_string(self) -> str:
        return "umkm"

    def log_message(self, format: str, *args: Any) -> None:
        """Addresses hold the token; nothing is written down."""

    def _serve(self) -> None:
        url = urlsplit(self.path)
        _, token, path, *_ = [*url.path.split("/", 2), "", ""]
        refused = self._refused(token)
        if refused is not None:
            self._send(Answer(b"", "text/plain", refused))
            return
        body = self.rfile.read(self._length()) if self.command == "POST" else b""
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        answer = self.server.answer(Request(self.command, path, query, body))
        self._send(answer)
        if answer.closes:
            threading.Thread(target=self.server.shutdown).start()

    def _refused(self, token: str) -> HTTPStatus | None:
        """Why this request is not looked at; a body that is not read ends the connection."""
        if self.headers.get_all("Host") != [self.server.host]:
            return self._hang_up(HTTPStatus.MISDIRECTED_REQUEST)
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            return self._hang_up(HTTPStatus.NOT_FOUND)
        if self.command != "POST":
            return None
        if self.headers.get("Origin") != f"http://{self.server.host}":
            return self._hang_up(HTTPStatus.FORBIDDEN)
        length = self._length()
        if length is None or "Transfer-Encoding" in self.headers:
            return self._hang_up(HTTPStatus.LENGTH_REQUIRED)
        if length > self.server.max_body_bytes:
            return self._hang_up(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None

    def _length(self) -> int | None:
        """Bytes of the body as stated, None where that is no one number; Python reads none of thousands of digits."""
        stated = self.headers.get_all("Content-Length", [])
        if len(stated) != 1 or not (stated[0].isascii() and stated[0].isdigit()):
            return None
        return int(stated[0]) if len(stated[0]) <= _MOST_DIGITS else sys.maxsize

    def _hang_up(self, status: HTTPStatus) -> HTTPStatus:
        self.close_connection = True
        return status

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
