"""The pack for a recording at DJKI: a form's data, a checklist, a statement to sign, and the papers that are there.

It is made for the holder of the right to hand in, so people's addresses stand in it in full. Pictures go in without
what a phone wrote into them: where somebody was, and when. It promises nothing: what DJKI asks for today is for whoever
hands it in to look up.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from umkm_cli import clock
from umkm_cli.i18n import catalogue, t
from umkm_cli.registry.records.djki import Application, Item, is_body
from umkm_cli.registry.records.motif_files import FileKind
from umkm_cli.sheets.cells import csv_text
from umkm_cli.wording import dated, day, file_size

if TYPE_CHECKING:
    from umkm_cli.report.kit.pdf import Document

SAMPLE_BYTES = 20_000_000
"""What the upload of a sample usually takes (hakcipta.dgip.go.id, 2024); a larger picture goes in as a scaled copy."""
_SAMPLE_PX = (6000, 4500, 3000)
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_FOLDERS = {
    FileKind.CREATION: "bukti-penciptaan",
    FileKind.PUBLICATION: "bukti-pengumuman",
    FileKind.OWNERSHIP_STATEMENT: "surat-pernyataan",
    FileKind.IDENTITY: "identitas",
    FileKind.DEED: "akta",
    FileKind.TRANSFER: "pengalihan-hak",
    FileKind.POWER_OF_ATTORNEY: "surat-kuasa",
    FileKind.SAMPLE: "contoh-ciptaan",
    FileKind.OTHER: "lain-lain",
}


@dataclass(frozen=True)
class PackedFile:
    """A file of the motif: `data` as it was handed in to the office."""

    kind: FileKind
    filename: str
    data: bytes


@dataclass(frozen=True)
class Pack:
    """The zip itself, the names in it, for samples that were too large how large they were (bytes), of how many
    pictures a camera's notes were taken off, and the names of those that are no pictures and went in as they are."""

    data: bytes
    names: tuple[str, ...]
    scaled: tuple[tuple[str, int], ...]
    bared: int
    as_they_are: tuple[str, ...]

    def notes(self) -> list[str]:
        """What whoever hands the pack in should know of its files."""
        most = file_size(SAMPLE_BYTES)
        notes = [t("djki.scaled", name=name, size=file_size(size), most=most) for name, size in self.scaled]
        notes += [t("djki.bared", n=self.bared)] if self.bared else []
        return notes + ([t("djki.as_they_are", names=", ".join(self.as_they_are))] if self.as_they_are else [])


def djki_pack(application: Application, files: Sequence[PackedFile], office: str, made_at: str) -> Pack:
    """`application` with its people unmasked; `files` in the order in which they go in. `made_at` is an ISO moment."""
    scaled, bared, as_they_are = list[tuple[str, int]](), 0, list[str]()
    entries = {
        "formulir.json": json.dumps(application.document(), ensure_ascii=False, indent=2).encode(),
        "formulir.csv": b"\xef\xbb\xbf" + _form_csv(application).encode(),
    }
    for file in files:
        bare, name = _bare(file)
        data = file.data if bare is None else bare
        if file.kind is FileKind.SAMPLE and len(data) > SAMPLE_BYTES:
            data, smaller = _scaled_copy(data), f"{name.rpartition('.')[0] or name}-diperkecil.jpg"
            scaled.append((smaller, len(file.data)))
            name = smaller
        name = _unused(f"{_FOLDERS[file.kind]}/{name}", entries)
        entries[name] = data
        bared += data != file.data
        as_they_are += [name] if bare is None else []
    pack = Pack(b"", (), tuple(scaled), bared, tuple(as_they_are))
    entries["daftar-periksa.pdf"] = _checklist(application, office, made_at, [*pack.notes(), *notes_on(application)])
    entries["surat-pernyataan.pdf"] = _statement(application, office, made_at)
    return replace(pack, data=_zipped(entries, made_at), names=tuple(sorted(entries)))


def _bare(file: PackedFile) -> tuple[bytes | None, str]:
    """A picture without its notes, None where the file is none; and its name, with the ending of what it is now."""
    from umkm_cli.matching.decoding.decode import UnreadableImage
    from umkm_cli.matching.decoding.metadata import without_metadata

    name = _fit_name(file.filename)
    try:
        data, ending = without_metadata(file.data)
    except UnreadableImage:
        return None, name
    known = {".jpg": (".jpg", ".jpeg", ".jpe", ".jfif")}.get(ending, (ending,))
    return data, name if name.lower().endswith(known) else f"{name.rpartition('.')[0] or name}{ending}"


def item_name(item: Item) -> str:
    return t(f"djki.item.{item.name}")


def reason(item: Item) -> str:
    """Why an item is asked for."""
    return t(f"djki.because.{item.because.value}")


def lacking(item: Item) -> str:
    """What of an item is missing, in words; "" where nothing is."""
    return "; ".join(_missing(text) for text in item.missing)


def item_state(item: Item) -> str:
    """Whether an item is there, and what of it is not."""
    return t("djki.there") if item.present else f"{t('djki.missing')}: {lacking(item)}"


def notes_on(application: Application) -> list[str]:
    """What whoever hands the pack in should know."""
    motif = application.motif
    notes = [t("djki.waits")] if application.waits else []
    notes += [t("djki.recorded", number=motif["djki_record"])] if motif["djki_record"] else []
    notes += [] if motif["published"] else [t("djki.unpublished")]
    notes += [t("djki.heritage", name=motif["heritage_class"])] if motif["heritage_class"] else []
    notes += [] if motif["holders"] else [t("djki.holders_are_creators")]
    return [*notes, t("djki.check_rules")]


def form_lines(application: Application) -> list[tuple[str, str]]:
    """The form's fields for people: name and value, "" where nothing is known that should be."""
    lines = []
    form = application.fields()
    fields = {**form, "kuasa": form["kuasa"] or t("djki.no_representative")}
    if not fields["tanggal_penciptaan"]:  # the form does not ask
        del fields["tanggal_penciptaan"]
    for name, value in fields.items():
        people = value if isinstance(value, list) else None
        if people is None:
            lines.append((t(f"djki.field.{name}"), str(dated(value) or "")))
            continue
        for number, person in enumerate(people, 1):
            about = [f"{t(f'djki.field.{key}')}: {text}" for key, text in person.items() if key != "nama"]
            lines.append((f"{t(f'djki.field.{name}')} {number}", "\n".join([person["nama"], *about])))
        if not people:
            lines.append((t(f"djki.field.{name}"), ""))
    return lines


def _missing(text: str) -> str:
    field, _, name = text.partition(": ")
    if name and field in ("address", "citizenship", "basis"):
        return t("djki.missing.of", field=t(f"field.{field}"), name=name)
    known = {"title", "description", "first_published", "first_published_place", "name"}
    return t("djki.missing.nobody") if text == "name" else t(f"field.{text}") if text in known else _paper_of(text)


def _paper_of(text: str) -> str:
    return t(f"file.kind.{text}") if text in set(FileKind) else text


def _form_csv(application: Application) -> str:
    rows = [(name, value.replace("\n", "; ")) for name, value in form_lines(application)]
    rows += [(item_name(item), item_state(item)) for item in application.items]
    return csv_text([t("djki.column.field"), t("djki.column.value")], rows)


def _document(title: str, office: str, made_at: str) -> "Document":
    from umkm_cli.report.kit.pdf import Document, Heading

    return Document(Heading(title, office, made_at, [t("document.not_djki"), t("djki.check_rules")]))


def _checklist(application: Application, office: str, made_at: str, notes: Sequence[str]) -> bytes:
    document = _document(t("djki.checklist"), office, made_at)
    document.heading(t("djki.checklist"))
    title = t("djki.about", code=application.code, title=application.motif["title"], date=day(made_at))
    document.paragraph(title, bold=True)
    for note in notes:
        document.paragraph(note)
    document.heading(t("djki.form"), 2)
    document.facts([(name, value or f"({t('djki.missing')})") for name, value in form_lines(application)])
    for group in ("form", "papers"):
        document.heading(t(f"djki.group.{group}"), 2)
        document.facts(
            [(item_name(item), "\n".join(_item_lines(item))) for item in application.items if item.group == group]
        )
    return document.finished()


def _item_lines(item: Item) -> Iterator[str]:
    if item.present:
        yield f"✓ {item_state(item)}"
        return
    yield item_state(item)
    yield reason(item)
    yield t("djki.add_with", command=item.command)


def _statement(application: Application, office: str, made_at: str) -> bytes:
    """A statement of ownership to print, complete by hand, and sign: in Indonesian, since that is what DJKI takes."""
    document = _document(_indonesian("djki.statement"), office, made_at)
    document.heading(_indonesian("djki.statement"))
    document.paragraph(_indonesian("djki.statement.signer"))
    for holder in application.holders or [{"name": ""}]:
        kind = "deed" if is_body(holder["name"]) else "person"
        document.facts(
            [
                (_indonesian(f"djki.statement.name.{kind}"), holder["name"] or _BLANK),
                (_indonesian("field.citizenship"), str(holder.get("citizenship") or _BLANK)),
                (_indonesian("field.address"), str(holder.get("address") or _BLANK)),
            ]
        )
    document.paragraph(_indonesian("djki.statement.declares"))
    fields = application.fields()
    document.facts(
        [
            (_indonesian("djki.field.jenis_ciptaan"), f"{fields['jenis_ciptaan']} – {fields['sub_jenis_ciptaan']}"),
            (_indonesian("djki.field.judul"), fields["judul"]),
            (_indonesian("djki.field.pencipta"), ", ".join(person["nama"] for person in fields["pencipta"]) or _BLANK),
        ]
    )
    for number, point in enumerate(("own", "not_traditional", "not_unprotected", "not_brand", "no_dispute", "keeps")):
        document.paragraph(f"{number + 1}. {_indonesian(f'djki.statement.{point}')}")
    document.paragraph(_indonesian("djki.statement.closes"))
    document.ln(6)
    document.facts(
        [(_indonesian("djki.statement.place"), _BLANK), (_indonesian("djki.statement.signature"), f"\n\n\n{_BLANK}")]
    )
    document.paragraph(_indonesian("djki.statement.note"), size=8, grey=True)
    return document.finished()


_BLANK = "." * 60


def _indonesian(key: str) -> str:
    return catalogue("id").gettext(key)


def _scaled_copy(data: bytes) -> bytes:
    """A JPEG of the same picture that keeps to `SAMPLE_BYTES`."""
    from umkm_cli.matching.decoding.decode import decode
    from umkm_cli.report.kit.pdf import as_jpeg

    rgb = decode(data).rgb
    copy = b""
    for longest in _SAMPLE_PX:
        copy = as_jpeg(rgb, longest)
        if len(copy) <= SAMPLE_BYTES:
            break
    return copy


def _fit_name(name: str) -> str:
    """A name that any system can unpack."""
    fit = _UNFIT.sub("_", name).strip(" .")[-120:]
    return fit or "berkas"


def _unused(path: str, taken: dict[str, Any]) -> str:
    known = {name.casefold() for name in taken}
    stem, dot, ending = path.rpartition(".")
    if "/" not in stem:
        stem, dot, ending = path, "", ""
    number, free = 2, path
    while free.casefold() in known:
        free, number = f"{stem} ({number}){dot}{ending}", number + 1
    return free


def _zipped(entries: dict[str, bytes], made_at: str) -> bytes:
    at = clock.local(made_at).timetuple()[:6]  # times in an archive have no zone: programs show them as they are
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, at)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            pack.writestr(info, entries[name])
    return out.getvalue()
