"""Sealed files: no change of a body or a seal, of whatever kind, is intact, and none stops the program."""

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.schemas import validated
from umkm_cli.registry.signed.formats import Sealer, examine
from umkm_cli.registry.signed.sealed import MOST_SEAL_BYTES, NotSealedError, made_manifest, seal_of
from umkm_cli.registry.signed.signing import Signer

MOMENT = "2026-11-24T08:00:00Z"
SIGNER = Signer(b"\x07" * 32, "GRS")
SEALER = Sealer(SIGNER, MOMENT)
PDF = b"%PDF-1.7\n1 0 obj\nFIRSTFIRST|SECONDSECOND\nendobj\nstartxref\n9\n%%EOF\n"
DOCUMENTS = {
    "page": SEALER.sign_page(
        "<!doctype html><p>aaXXaa</p><p>aaYYaa</p>\n", {"one": "aaXXaa", "two": "aaYYaa"}
    ).encode(),
    "pdf": SEALER.sign_pdf(PDF, {"one": (18, 28), "two": (28, 41)}),
    "archive": SEALER.pack({"a.txt": b"aaXXaa", "b/c.txt": b"aaYYaa", "d": b""}),
}
FORMATS = sorted(DOCUMENTS)


def is_intact(data: bytes) -> bool:
    try:
        return examine(data).intact
    except NotSealedError:
        return False


@pytest.mark.parametrize("format_", FORMATS)
def test_is_intact_as_it_was_signed(format_: str) -> None:
    assert is_intact(DOCUMENTS[format_])


def inserted(data: bytes, at: int, until: int, piece: bytes) -> bytes:
    return data[:at] + piece + data[at:]


def deleted(data: bytes, at: int, until: int, piece: bytes) -> bytes:
    return data[:at] + data[until:]


def replaced(data: bytes, at: int, until: int, piece: bytes) -> bytes:
    return data[:at] + piece + data[until:]


def duplicated(data: bytes, at: int, until: int, piece: bytes) -> bytes:
    return data[:until] + data[at:until] + data[until:]


def swapped(data: bytes, at: int, until: int, piece: bytes) -> bytes:
    """The bytes at two places."""
    copy = bytearray(data)
    copy[at], copy[until - 1] = copy[until - 1], copy[at]
    return bytes(copy)


def turned(data: bytes, at: int, until: int, piece: bytes) -> bytes:
    """Two neighbouring stretches in the other order."""
    middle = (at + until) // 2
    return data[:at] + data[middle:until] + data[at:middle] + data[until:]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("change", [inserted, deleted, replaced, duplicated, swapped, turned])
@given(data=st.data())
def test_no_single_change_is_intact(
    format_: str, change: Callable[[bytes, int, int, bytes], bytes], data: st.DataObject
) -> None:
    document = DOCUMENTS[format_]
    at = data.draw(st.integers(0, len(document) - 1))
    until = data.draw(st.integers(at + 1, min(len(document), at + data.draw(st.sampled_from([1, 8, 64, 4096])))))
    copy = change(document, at, until, data.draw(st.binary(min_size=1, max_size=8)))
    assume(copy != document)
    assert not is_intact(copy)


FEW = st.text("ab", max_size=6).map(str.encode)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from([b"", b"", b"a"]), FEW), min_size=1, max_size=4), FEW, st.data())
def test_only_the_body_that_was_signed_is_intact(
    pieces: list[tuple[bytes, bytes]], other: bytes, data: st.DataObject
) -> None:
    """Parts and the gaps before them, over two letters: the same bytes occur again and again."""
    body, spans = b"", {}
    for number, (gap, piece) in enumerate(pieces):
        body += gap
        spans[f"p{number}"] = (len(body), len(body) + len(piece))
        body += piece
    signed = signed_pdf(body, spans)
    assert is_intact(signed)
    at = data.draw(st.integers(0, len(body)))
    until = data.draw(st.integers(at, len(body)))
    for changed in (other, body[:at] + other + body[until:], body[:at] + body[until:], body[:until] + body[at:]):
        assert is_intact(signed.replace(PDF_HEAD + body + PDF_TAIL, PDF_HEAD + changed + PDF_TAIL)) == (changed == body)


PDF_HEAD, PDF_TAIL = b"%PDF-1.7\n", b"\nstartxref\n9\n%%EOF\n"


def signed_pdf(body: bytes, spans: dict[str, tuple[int, int]]) -> bytes:
    moved = {name: (start + len(PDF_HEAD), end + len(PDF_HEAD)) for name, (start, end) in spans.items()}
    return SEALER.sign_pdf(PDF_HEAD + body + PDF_TAIL, moved)


def test_what_two_neighbours_share_does_not_stand_for_both() -> None:
    """Without the bytes between, the second part would be found over the end of the first."""
    signed = signed_pdf(b"left-SAME" + b"SAME-right", {"left": (0, 9), "right": (9, 19)})
    finding = examine(signed.replace(b"left-SAMESAME-right", b"left-SAME-right"))
    assert not finding.intact
    assert finding.changed == ["right"]


def test_what_is_said_of_a_document_may_name_the_seal() -> None:
    """A title of the maker's choice must not keep a receipt from being verified."""
    for words in ("%umkm-signature x", "x\n%umkm-signature {}", "umkm-signature ", '"umkm.signed/1"', "</script>\n"):
        assert is_intact(SEALER.sign_pdf(PDF, {}, about={"title": words}))
        assert is_intact(SEALER.sign_page("<p>x</p>\n", {}, about={"title": words}).encode())


def test_a_seal_of_one_format_seals_no_other() -> None:
    seals = {
        "page": b'<script type="application/json" id="umkm-signature">%s</script>\n',
        "pdf": b"\n%%umkm-signature %s\nstartxref\n0\n%%%%EOF\n",
    }
    body = b"<p>x</p>\n"
    for rest, other in (("page", "pdf"), ("document", "page"), ("archive", "page"), ("archive", "pdf")):
        whole = body if other == "page" else body.removesuffix(b"\n")
        seal = seal_of(SIGNER, made_manifest(SIGNER, body, {}, rest, kind="report", made_at=MOMENT, about={}))
        finding = examine(whole + seals[other] % seal)
        assert finding.changed == ["signature"], (rest, other)
        fitting = {"page": "page", "pdf": "document"}[other]
        seal = seal_of(SIGNER, made_manifest(SIGNER, body, {}, fitting, kind="report", made_at=MOMENT, about={}))
        assert is_intact(whole + seals[other] % seal), other


def test_an_archive_within_or_behind_another_is_not_intact() -> None:
    """Two ends of archives: an unpacker may take either for the archive."""
    signed, other = DOCUMENTS["archive"], io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", b"another text")
    end = signed.rfind(b"PK\x05\x06")
    for forged in (
        other.getvalue() + signed,
        signed + other.getvalue(),
        signed[:end] + other.getvalue() + signed[end:],
        other.getvalue()[:-2] + (len(signed)).to_bytes(2, "little") + signed,
    ):
        assert not is_intact(forged)


def test_what_is_appended_or_slipped_in_before_the_seal_is_not_intact() -> None:
    """An incremental update of a PDF document, alone and with the seal once more; a script in a page."""
    signed = DOCUMENTS["pdf"]
    update = b"1 0 obj\nANOTHER\nendobj\nstartxref\n99\n%%EOF\n"
    seal = signed[signed.rfind(b"%umkm-signature") :]
    for forged in (signed + update, signed + update + seal, PDF + update + seal, signed + b"x" * 100_000):
        assert not is_intact(forged)
    signed = DOCUMENTS["page"]
    begin = signed.rfind(b"<script")
    script = b"<script>document.body.textContent = 'another'</script>\n"
    for forged in (signed[:begin] + script + signed[begin:], signed + script, signed + script + signed[begin:]):
        assert not is_intact(forged)


def archive_by_hand(parts: dict[str, bytes], comment_bytes: int, about: dict[str, str]) -> bytes:
    """Signed by somebody with a program of his own, who announces and signs what he likes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    body = written.getvalue()[:-2] + comment_bytes.to_bytes(2, "little")
    spans = {name: (body.find(text), body.find(text) + len(text)) for name, text in parts.items()}
    manifest = made_manifest(SIGNER, body, spans, "archive", kind="bundle", made_at=MOMENT, about=about)
    return body + b"umkm-signature " + seal_of(SIGNER, manifest)


def test_an_archive_that_is_not_just_its_parts_is_not_intact() -> None:
    finding = examine(archive_by_hand({"a.txt": b"deflated or not"}, 0, {}))
    assert finding.changed == ["archive"]


def test_a_seal_longer_than_an_archives_comment_is_refused() -> None:
    """It would not fit the 16 bits that announce it."""
    shortest = archive_by_hand({"a.txt": b"text"}, 0, {"x": ""})
    seal_bytes = len(shortest) - shortest.find(b"umkm-signature ") - len(b"umkm-signature ")
    longest = archive_by_hand({"a.txt": b"text"}, 0, {"x": "y" * (MOST_SEAL_BYTES - seal_bytes)})
    assert not is_intact(longest)
    with pytest.raises(ValueError, match="too many parts"):
        SEALER.pack({"a.txt": b"text"}, about={"x": "y" * 65_080})


def signed_by_hand(document: object) -> bytes:
    """A PDF document with the seal of a manifest that is anything at all."""
    message = json.dumps(document, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c").encode()
    signature = base64.b64encode(SIGNER.sign(message))
    return (
        PDF + b'%umkm-signature {"manifest":' + message + b',"signature":"' + signature + b'"}\nstartxref\n9\n%%EOF\n'
    )


def manifest_of_pdf() -> dict[str, Any]:
    spans = {"one": (18, 28), "two": (28, 28)}
    about = {"code": "M"}
    made = made_manifest(SIGNER, PDF, spans, "document", kind="receipt", made_at=MOMENT, about=about)
    manifest: dict[str, Any] = validated(made.document())
    return manifest


def places(value: object) -> Iterator[tuple[Any, ...]]:
    """Of all values within a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield (key,)
        yield from ((key, *more) for more in places(below))


@pytest.mark.parametrize("value", [None, True, -1, 2**39, 10**400, 1.5, "", "\ud800", "2026-02-30T00:00:00Z", [], {}])
def test_whoever_signs_nonsense_stops_nothing(value: object) -> None:
    """With a right signature, so that only the form of what was signed can be wrong."""
    assert is_intact(signed_by_hand(manifest_of_pdf()))
    for place in places(manifest_of_pdf()):
        document = manifest_of_pdf()
        holder: Any = document
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = value
        said_only = place == ("about", "code") and isinstance(value, str) and value != "\ud800"
        nothing_about = place == ("about",) and value == {}
        assert is_intact(signed_by_hand(document)) == (said_only or nothing_about), place


def test_parts_that_overlap_are_named_twice_or_lie_outside_are_no_parts() -> None:
    right = manifest_of_pdf()
    one, two, rest = right["parts"]
    for parts in (
        [one, two | {"at": 27}, rest],
        [one, one, rest],
        [one, two | {"name": "signature"}, rest],
        [rest, one],
        [one, two],
        [one, two, rest, rest],
        [one, two | {"at": len(PDF) + 1}, rest],
        [],
    ):
        assert not is_intact(signed_by_hand(right | {"parts": parts}))
