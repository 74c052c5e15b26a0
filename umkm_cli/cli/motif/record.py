"""`umkm motif person`, `attach`, `djki-pack`: who made a motif, the papers about it, and what a recording asks for."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of
from umkm_cli.cli.kit.output import Output
from umkm_cli.i18n import t
from umkm_cli.registry.records.motif_files import FileKind
from umkm_cli.registry.records.people import Role
from umkm_cli.settings import read_settings

Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.motif.code"), autocompletion=codes_of("motif"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=t("help.motif.reveal"))]


def person(
    out: Output,
    code: Code,
    role: Annotated[Role, typer.Option("--role", help=t("help.motif.person.role"))],
    name: Annotated[str, typer.Option("--name", help=t("help.motif.person.name"))],
    address: Annotated[str | None, typer.Option("--address", help=t("help.motif.person.address"))] = None,
    citizenship: Annotated[str | None, typer.Option("--citizenship", help=t("help.motif.person.citizenship"))] = None,
    basis: Annotated[str | None, typer.Option("--basis", help=t("help.motif.person.basis"))] = None,
    remove: Annotated[bool, typer.Option("--remove", help=t("help.motif.person.remove"))] = False,
) -> None:
    from umkm_cli.desk import motifs

    typed = {"person_name": name, "address": address, "citizenship": citizenship, "basis": basis}
    given = {field: text for field, text in typed.items() if text is not None}
    done = motifs.person(read_settings(), code, role, given, remove=remove)
    what = t(f"person.role.{role.value}")
    said = t(f"person.{done.change.value}", name=done.name, role=what, code=done.motif["code"])
    out.changed(done.motif, done.problems, said)


def attach(
    out: Output,
    code: Code,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=t("help.motif.attach.files"))],
    kind: Annotated[FileKind, typer.Option("--kind", help=t("help.motif.attach.kind"))],
    remark: Annotated[str | None, typer.Option("--note", help=t("help.motif.attach.note"))] = None,
) -> None:
    from umkm_cli.desk import motifs

    done = motifs.attach(read_settings(), code, files, kind, remark)
    of_kind = t(f"file.kind.{kind.value}")
    said = [
        t(
            "motif.attached" if file.new else "motif.attached_before",
            file=file.filename,
            kind=of_kind,
            code=done.motif["code"],
        )
        for file in done.files
    ]
    out.answer(done.motif, "\n".join(said))


def djki_pack(
    out: Output,
    code: Code,
    file: Annotated[Path | None, typer.Argument(metavar="[OUT.zip]", help=t("help.motif.djki_pack.out"))] = None,
    check: Annotated[bool, typer.Option("--check", help=t("help.motif.djki_pack.check"))] = False,
    reveal: Reveal = False,
) -> None:
    from umkm_cli.cli.motif.djki import checklist
    from umkm_cli.desk import motif_papers

    out.writes(file)
    found = motif_papers.djki_pack(read_settings(), code, None if check else file, reveal=reveal)
    out.answer(found.document, lambda: checklist(found, with_form=reveal))
