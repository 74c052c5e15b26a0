"""Asking the page's server as anybody on this computer could."""

import contextlib
import http.client
import json
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

from tests.conftest import SAMPLES
from tests.page.conftest import Served

CROP = (SAMPLES / "suspect" / "crop.jpg").read_bytes()


@dataclass(frozen=True)
class Response:
    status: int
    headers: Message
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(served: Served, method: str, path: str, *, body: bytes | None = None, **headers: str) -> Response:
    """`path` below the token, or whole where it starts with `/`; a header given empty is left out."""
    url = urlsplit(served.address)
    assert url.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", url.port or 0, timeout=30)
    connection.putrequest(method, path if path.startswith("/") else url.path + path, skip_host=True)
    sent = {"Host": url.netloc, "Origin": served.origin if method == "POST" else ""}
    sent |= {"Content-Length": str(len(body))} if body is not None else {}
    for name, value in (sent | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        if value:
            connection.putheader(name, value)
    connection.endheaders(body)
    with contextlib.closing(connection), connection.getresponse() as answer:
        return Response(answer.status, answer.headers, answer.read())
