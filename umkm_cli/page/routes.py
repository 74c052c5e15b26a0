"""From an address to an answer. Whatever goes wrong becomes a sentence in the page, never a traceback."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from importlib.resources import files

from umkm_cli.desk.failures import told
from umkm_cli.errors import UmkmError
from umkm_cli.page.layout import page_html
from umkm_cli.page.server import Answer, Request
from umkm_cli.page.sitting import Sitting, as_json, error_sentences, problem_sentences
from umkm_cli.problems import InvalidFieldsError

STATIC = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
JSON = "application/json; charset=utf-8"


class Routes:
    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting

    def answer(self, request: Request) -> Answer:
        try:
            return self._post(request) if request.method == "POST" else self._get(request)
        except UmkmError as error:
            return _refusal(error_sentences(error))
        except InvalidFieldsError as error:
            return _refusal(problem_sentences(error))
        except LookupError:
            return Answer(b"", "text/plain", HTTPStatus.NOT_FOUND)
        except Exception as error:
            return _refusal(error_sentences(told(error)), HTTPStatus.INTERNAL_SERVER_ERROR)

    def _get(self, request: Request) -> Answer:
        head, _, rest = request.path.partition("/")
        if request.path == "":
            return Answer(page_html().encode(), "text/html; charset=utf-8")
        if request.path in STATIC:
            return Answer(files("umkm_cli.page").joinpath("static", request.path).read_bytes(), STATIC[request.path])
        if head == "vendors":
            return _json({"vendors": self._sitting.vendors(request.query.get("search", "").strip())})
        preview = {"picture": self._sitting.uploaded_preview, "motif": self._sitting.motif_preview}[head](rest)
        if preview is None:
            raise LookupError(request.path)
        return Answer(preview, "image/jpeg")

    def _post(self, request: Request) -> Answer:
        given = request.query
        if request.path == "check":
            name, vendor, technique = (given.get(key, "") for key in ("name", "vendor", "technique"))
            return _json(self._sitting.check(name, request.body, vendor, technique))
        if request.path == "register":
            return _json(self._sitting.register(given.get("picture", ""), _fields(request.body)))
        if request.path == "close":
            self._sitting.finish()
            return Answer(b"{}", JSON, closes=True)
        raise LookupError(request.path)


def _fields(body: bytes) -> dict[str, str]:
    """Raises `LookupError` for what the page never sends."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:  # also lists in lists, thousands deep
        raise LookupError("fields") from error
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise LookupError("fields")
    return fields


def _json(document: Mapping[str, object]) -> Answer:
    return Answer(as_json(document), JSON)


def _refusal(sentences: list[str], status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """A wish that is not granted is an ordinary answer; other statuses would be errors in the browser's eyes."""
    return Answer(as_json({"refused": True, "sentences": sentences}), JSON, status)
