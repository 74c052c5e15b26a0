"""What the page asks for and gets: the same use cases as the command line, the same sentences."""

import json
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umkm_cli.desk import pictures, vendors
from umkm_cli.desk.pictures import JudgedMatch, MatchedPicture, Report, Upload
from umkm_cli.desk.status import refuse_unreadable
from umkm_cli.documents.licences import NamedCode
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t
from umkm_cli.page.answers import CheckAnswer, RegisterAnswer, ShownMatch
from umkm_cli.page.previews import as_jpeg
from umkm_cli.page.uploads import Uploads
from umkm_cli.problems import InvalidFieldsError
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.records.motif_fields import TECHNIQUES
from umkm_cli.settings import Settings
from umkm_cli.wording import (
    error_document,
    match_cells,
    match_columns,
    problem_sentence,
    registered_sentences,
    remarks_on,
    screening_sentences,
    sentence_of,
    verdict_label,
)

VENDORS_SHOWN = 50
NAME_CHARS = 200


@dataclass(frozen=True)
class Kept:
    """An uploaded picture, kept as files until the page is closed."""

    name: str
    original: Path
    preview: Path

    @property
    def upload(self) -> Upload:
        return Upload(self.name, self.original.read_bytes())


class Sitting:
    """What one clerk does in the page. Safe in threads: one picture is worked on at a time, others wait their turn.

    Raises `UmkmError` where the registry cannot be read, or its folder not be written.
    """

    def __init__(self, settings: Settings) -> None:
        refuse_unreadable(settings)
        self._settings = settings
        self._uploads = Uploads(settings)
        self._kept: dict[str, Kept] = {}
        self._turn = threading.Lock()

    def __enter__(self) -> "Sitting":
        return self

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._uploads.close()

    def finish(self) -> None:
        """Wait for what is being stored."""
        with self._turn:
            return

    def vendors(self, search: str) -> list[NamedCode]:
        return vendors.named(self._settings, search, VENDORS_SHOWN)

    def check(self, name: str, data: bytes, vendor: str, technique: str) -> CheckAnswer:
        """Screen and record an uploaded picture. Raises `UmkmError` where the sender is not known."""
        upload = Upload(_file_name(name), data)
        with self._turn:
            report = pictures.check(self._settings, upload, vendor=vendor or None, technique=technique or None)
            return self._checked(report, upload)

    def register(self, picture: str, fields: dict[str, str]) -> RegisterAnswer:
        """Register an uploaded picture as a motif. Raises `UmkmError`, `InvalidFieldsError`, `KeyError`."""
        upload = self._kept[picture].upload
        raw = {name: fields[name] for name in ("title", "technique", "published") if fields.get(name)}
        vendor, ref = fields.get("vendor", ""), fields.get("ref")
        with self._turn:
            registered = pictures.register(self._settings, upload, raw, vendor=vendor, ref=ref)
        done = registered.done
        sentences = registered_sentences(done)
        if done.outcome is not None:
            sentences += screening_sentences(done.outcome, done.document)
        warnings = [t("warning", text=problem_sentence(warning)) for warning in done.warnings]
        found = [t("lookback.found", motif=later.motif, case=later.case) for later in registered.found_later]
        return {
            "held": done.saved.held,
            "code": done.document["code"],
            "case": done.saved.case,
            "sentences": [*warnings, *sentences, *found],
        }

    def uploaded_preview(self, picture: str) -> bytes:
        """JPEG. Raises `KeyError`, `OSError`."""
        return self._kept[picture].preview.read_bytes()

    def motif_preview(self, sha256: str) -> bytes | None:
        """JPEG of a stored view of a motif; None where it is none, or cannot be had."""
        pixels = pictures.view_pixels(self._settings, sha256)
        return None if pixels is None else as_jpeg(pixels)

    def _checked(self, report: Report, upload: Upload) -> CheckAnswer:
        (result,) = report.results
        outcome = result.outcome
        document: CheckAnswer = {
            "alert": outcome.alert,
            "verdict": outcome.verdict.value,
            "label": (t("alert") + " – " if outcome.alert else "") + verdict_label(outcome),
            "sentences": [sentence_of(result, report), *remarks_on(outcome, report.sender)],
            "picture": None,
            "matches": self._matches([judged for judged in outcome.matches if judged.match.passes]),
        }
        if result.error is not None:
            document["sentences"] = error_sentences(result.error)
        if result.prepared is not None:
            picture = result.prepared.picture
            key = self._keep(upload, as_jpeg(picture.rgb))
            document["picture"] = {
                "id": key,
                "url": f"picture/{key}",
                "width": picture.width,
                "height": picture.height,
            }
        return document

    def _matches(self, passing: list[JudgedMatch]) -> list[ShownMatch]:
        stored = pictures.matched(self._settings, passing)
        return [_match(judged, picture) for judged, picture in zip(passing, stored, strict=True)]

    def _keep(self, upload: Upload, preview: bytes) -> str:
        key = secrets.token_urlsafe(12)
        folder = self._uploads.folder
        kept = Kept(upload.name, folder / f"{key}.original", folder / f"{key}.jpg")
        kept.original.write_bytes(upload.data)
        kept.preview.write_bytes(preview)
        self._kept[key] = kept
        return key


def _match(judged: JudgedMatch, picture: MatchedPicture) -> ShownMatch:
    why = {Unfit.ALTERED: "gallery.altered_picture", Unfit.MISSING: "gallery.no_picture"}
    return {
        "alert": judged.alert,
        "code": judged.standing.code,
        "cells": dict(zip(match_columns([judged]), match_cells(judged), strict=True)),
        "url": f"motif/{judged.standing.sha256}" if picture.unfit is None else None,
        "why": t(why[picture.unfit]) if picture.unfit else None,
        "query_region": judged.match.query_region,
        "motif_region": judged.match.motif_region,
        "width": picture.width,
        "height": picture.height,
    }


def error_sentences(error: UmkmError) -> list[str]:
    document = error_document(error)
    return [text for text in (document["message"], document["hint"]) if text]


def problem_sentences(error: InvalidFieldsError) -> list[str]:
    return [problem_sentence(problem) for problem in error.problems if problem.is_error] + [t("hint.invalid_fields")]


def techniques() -> list[tuple[str, str]]:
    return [("", t("page.technique.unknown")), *((name, name) for name in TECHNIQUES)]


def _file_name(name: str) -> str:
    """Of what a browser calls a file: the last part, printable."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign if sign.isprintable() else "�" for sign in last)[:NAME_CHARS] or t("page.pasted")


def as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
