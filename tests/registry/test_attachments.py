"""Evidence is kept byte for byte: pictures with the pictures, everything else by its digest in `files/`."""

import hashlib
import sqlite3
from pathlib import Path

import pytest

from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.attachments import attach, attachments_of, read_attached, read_evidence
from umkm_cli.settings import read_settings

PICTURE = Path(__file__).resolve().parents[2] / "samples" / "suspect" / "phone.jpg"


@pytest.fixture
def office(home: Path) -> Office:
    return Office(read_settings())


def test_a_document_lies_under_its_digest_and_has_no_ending(office: Office, tmp_path: Path) -> None:
    receipt = tmp_path / "nota 1.pdf"
    receipt.write_bytes(b"%PDF-1.4 nota")
    digest = hashlib.sha256(receipt.read_bytes()).hexdigest()
    with office.work() as work:
        attach(work, "case", "c-1", "receipt", receipt, note="lunas")
        attach(work, "case", "c-1", "receipt", receipt, note="lunas")
        attach(work, "motif", "m-1", "creation", b"sketsa", filename="catatan.txt")
    assert (office.settings.home / "files" / digest[:2] / digest).read_bytes() == receipt.read_bytes()
    with office.reading() as reader:
        (kept,) = attachments_of(reader, "case", "c-1")
        (other,) = attachments_of(reader, "motif", "m-1")
        assert read_attached(office.settings, reader, digest) == receipt.read_bytes()
    shown = {name: kept[name] for name in ("filename", "sha256", "media_type", "bytes", "note")}
    assert shown == {
        "filename": "nota 1.pdf",
        "sha256": digest,
        "media_type": "application/pdf",
        "bytes": 13,
        "note": "lunas",
    }
    assert (other["filename"], other["media_type"], other["bytes"]) == ("catatan.txt", "text/plain", 6)


def test_a_picture_lies_with_the_pictures(office: Office) -> None:
    with office.work() as work:
        row, _ = attach(work, "case", "c-1", "goods", PICTURE)
        digest, media_type = row.sha256, row.media_type
    assert media_type == "image/jpeg"
    assert (office.settings.images / digest[:2] / f"{digest}.jpg").read_bytes() == PICTURE.read_bytes()
    with office.reading() as reader:
        assert read_attached(office.settings, reader, digest) == PICTURE.read_bytes()
        assert reader.value("SELECT stored FROM image WHERE sha256 = :sha256", sha256=digest)


def test_a_picture_that_cannot_be_read_is_kept_like_any_other_file(office: Office, tmp_path: Path) -> None:
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(PICTURE.read_bytes()[:300])
    with office.work() as work:
        digest = attach(work, "case", "c-1", "goods", cut)[0].sha256
    assert (office.settings.files / digest[:2] / digest).read_bytes() == cut.read_bytes()


def test_what_is_no_file_is_refused(office: Office, tmp_path: Path) -> None:
    empty = tmp_path / "kosong.pdf"
    empty.touch()
    for path, code in ((empty, "file_empty"), (tmp_path, "file_is_folder"), (tmp_path / "x", "file_not_found")):
        with pytest.raises(UmkmError) as refused:
            read_evidence([path])
        assert refused.value.code == code


def test_nothing_is_recorded_where_the_work_fails(office: Office, tmp_path: Path) -> None:
    def failing() -> None:
        with office.work() as work:
            attach(work, "case", "c-1", "receipt", b"nota", filename="nota.txt")
            raise UmkmError("reason_missing")

    with pytest.raises(UmkmError):
        failing()
    with sqlite3.connect(office.settings.home / "umkm.db") as database:
        assert database.execute("SELECT count(*) FROM attachment").fetchone() == (0,)
