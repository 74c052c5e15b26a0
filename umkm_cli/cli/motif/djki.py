"""The checklist for a recording at DJKI at the terminal, and its pack as a file."""

from dataclasses import dataclass
from pathlib import Path

from umkm_cli.cli.kit.layout import pairs
from umkm_cli.cli.kit.output import note, say
from umkm_cli.disk.whole import refuse_name, write_whole
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.djki import Application, Item
from umkm_cli.report import djki_pack as report


@dataclass(frozen=True)
class Written:
    path: Path
    pack: report.Pack


def write_pack(office: Office, code: str, out: Path) -> Written:
    """Raises `UmkmError`: `motif_not_found`, `motif_withdrawn`, `pack_not_zip`, `file_…`, `folder_not_found`."""
    from umkm_cli.db.tables import now
    from umkm_cli.screening.evidence.applications import application, files_of, record_pack

    refuse_name(out, ".zip", code="pack_not_zip")
    full = application(office, code, reveal=True)
    files = [report.PackedFile(kind, name, data) for kind, name, data in files_of(office, full)]
    pack = report.djki_pack(full, files, office.settings.office, now())
    record_pack(office, code, "pack", lambda: write_whole(out, pack.data, private=True))
    return Written(out, pack)


def checklist(application: Application, written: Written | None, *, with_form: bool) -> None:
    """What is there, what is missing, and how to add it; then what was written. `with_form` shows the form, too."""
    motif = application.motif
    say(t("djki.checklist_of", code=application.code, title=motif["title"]))
    if with_form:
        say("")
        say(t("djki.form"))
        pairs((f"  {name}", value) for name, value in report.form_lines(application))
    for group in ("form", "papers"):
        say("")
        say(t(f"djki.group.{group}"))
        pairs(
            (f"  {'✓' if item.present else '✗'} {report.item_name(item)}", _state(item))
            for item in application.items
            if item.group == group
        )
    say("")
    missing = len(application.missing)
    say(t("djki.complete") if not missing else t("djki.incomplete", n=missing))
    for sentence in report.notes_on(application):
        say(sentence)
    if written is not None:
        pack = written.pack
        for sentence in pack.notes():
            say(sentence)
        note(tn("djki.written", len(pack.names), path=written.path))


def _state(item: Item) -> str:
    said = [] if item.present else [report.reason(item), t("djki.add_with", command=item.command)]
    return "\n".join([report.item_state(item), *said])
