"""`umkm audit`: is the record of changes whole, does it bear out what the tables say, and is the clock right?"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.output import Output, note, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.settings import read_settings
from umkm_cli.wording import some

if TYPE_CHECKING:
    from umkm_cli.documents.office import AuditDocument

app = noun("audit")
MOST_SHOWN = 20


@command(app, "audit.verify")
def verify(out: Output) -> None:
    from umkm_cli.desk import audit

    try:
        found = audit.verify(read_settings(), lambda total: Progress(total, t("progress.compare_files")))
    except UmkmError as error:
        _show_differences(error)
        raise
    out.answer(found, lambda: _show(found))


@command(app, "audit.clock")
def clock(out: Output, reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))]) -> None:
    from umkm_cli.desk import audit
    from umkm_cli.registry.office.trusted_time import readable

    now = audit.clock(read_settings(), reason)
    out.answer({"schema": "umkm.clock/1", "now": now}, t("audit.clock_answered", now=readable(now)))


def _show(found: "AuditDocument") -> None:
    fields, files, set_back = found["fields"], found["stored_files"], found["clock_set_back"]
    say(tn("audit.intact", found["entries"]))
    say(t("audit.covered", records=found["records"], covered=fields["covered"]))
    if fields["uncovered"]:
        say(t("audit.uncovered", uncovered=fields["uncovered"]))
    if set_back:
        say(t("audit.answered", n=len(set_back), entries=", ".join(map(str, set_back))))
    say(t("audit.files_compared", n=files["compared"]))
    if files["missing"]:
        say(t("status.files_missing", n=len(files["missing"]), codes=some(files["missing"])))


def _show_differences(error: UmkmError) -> None:
    differences: list[dict[str, Any]] = error.details.get("differences", [])
    for item in differences[:MOST_SHOWN]:
        note(t(f"audit.{item['problem']}", **{**item, "field": item["field"] or ""}))
    if (more := error.params.get("n", 0) - MOST_SHOWN) > 0 and differences:
        note(t("audit.more", n=more))
