"""`umkm motif person`, `attach`, `djki-pack`: who made a motif, the papers about it, and what a recording asks for."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of
from umkm_cli.cli.kit.output import Json, answer_changed, mind_standard_output, print_json, say
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.motif_files import FileKind
from umkm_cli.registry.records.people import Role
from umkm_cli.settings import read_settings

Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.motif.code"), autocompletion=codes_of("motif"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=t("help.motif.reveal"))]


def person(
    code: Code,
    role: Annotated[Role, typer.Option("--role", help=t("help.motif.person.role"))],
    name: Annotated[str, typer.Option("--name", help=t("help.motif.person.name"))],
    address: Annotated[str | None, typer.Option("--address", help=t("help.motif.person.address"))] = None,
    citizenship: Annotated[str | None, typer.Option("--citizenship", help=t("help.motif.person.citizenship"))] = None,
    basis: Annotated[str | None, typer.Option("--basis", help=t("help.motif.person.basis"))] = None,
    remove: Annotated[bool, typer.Option("--remove", help=t("help.motif.person.remove"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.motifs import find_motif, motif_document
    from umkm_cli.registry.records.people import read_person, set_person

    given = {"person_name": name, "address": address, "citizenship": citizenship, "basis": basis}
    if remove and any(given[field] is not None for field in ("address", "citizenship", "basis")):
        raise UmkmError("remove_with_details", exit_code=2)
    read, warnings = read_person(role, {field: text for field, text in given.items() if text is not None})
    office = Office(read_settings())
    with office.reading() as reader:
        motif_id = find_motif(reader, code)["id"]
    with office.work() as work:
        change = set_person(work, motif_id, role, read, remove=remove)
    with office.reading() as reader:
        document = motif_document(reader, find_motif(reader, code))
    what = t(f"person.role.{role.value}")
    said = t(f"person.{change.value}", name=read["person_name"], role=what, code=document["code"])
    answer_changed(document, warnings, said, as_json)


def attach(
    code: Code,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=t("help.motif.attach.files"))],
    kind: Annotated[FileKind, typer.Option("--kind", help=t("help.motif.attach.kind"))],
    remark: Annotated[str | None, typer.Option("--note", help=t("help.motif.attach.note"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.motif_files import attach_to_motif
    from umkm_cli.registry.records.motifs import find_motif, motif_document

    office = Office(read_settings())
    done = attach_to_motif(office, code, files, kind, remark)
    if as_json:
        with office.reading() as reader:
            print_json(motif_document(reader, find_motif(reader, code)))
        return
    for file in done.files:
        sentence = "motif.attached" if file.new else "motif.attached_before"
        say(t(sentence, file=file.filename, kind=t(f"file.kind.{kind.value}"), code=done.code))


def djki_pack(
    code: Code,
    out: Annotated[Path | None, typer.Argument(metavar="[OUT.zip]", help=t("help.motif.djki_pack.out"))] = None,
    check: Annotated[bool, typer.Option("--check", help=t("help.motif.djki_pack.check"))] = False,
    reveal: Reveal = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.cli.motif.djki import checklist
    from umkm_cli.screening.evidence.applications import application, record_pack

    mind_standard_output(out, as_json)
    office = Office(read_settings())
    shown = application(office, code, reveal=reveal)
    written = None
    if out is not None and not check:
        from umkm_cli.cli.motif.djki import write_pack

        written = write_pack(office, code, out)
    elif reveal:
        record_pack(office, code, "reveal")
    if as_json:
        print_json(shown.document() | {"file": str(written.path) if written else None})
    else:
        checklist(shown, written, with_form=reveal)
