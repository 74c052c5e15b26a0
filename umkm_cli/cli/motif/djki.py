"""The checklist for a recording at DJKI at the terminal."""

from typing import TYPE_CHECKING

from umkm_cli.cli.kit.layout import pairs
from umkm_cli.cli.kit.output import note, say
from umkm_cli.i18n import t, tn
from umkm_cli.registry.records.djki import Item
from umkm_cli.report import djki_pack as report

if TYPE_CHECKING:
    from umkm_cli.desk.motif_papers import Checklist


def checklist(found: "Checklist", *, with_form: bool) -> None:
    """What is there, what is missing, and how to add it; then what was written. `with_form` shows the form, too."""
    application, written = found.application, found.written
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
