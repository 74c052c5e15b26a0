"""`umkm case bundle`: a case's evidence as one signed archive, for whoever must judge it without this registry."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of
from umkm_cli.cli.kit.output import Json, mind_standard_output, print_json, say
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings


def case_bundle(
    code: Annotated[str, typer.Argument(metavar="CODE", help=t("help.case.code"), autocompletion=codes_of("case"))],
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help=t("help.case.bundle.out"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.desk.papers import signed_page
    from umkm_cli.disk.whole import refuse_name, write_whole
    from umkm_cli.registry.signed.formats import Sealer
    from umkm_cli.registry.signed.signing import open_signer
    from umkm_cli.screening.evidence.bundles import bundle_files
    from umkm_cli.screening.evidence.gathering import evidence_of_case

    mind_standard_output(out, as_json)
    refuse_name(out, ".zip")
    office = Office(read_settings())
    signer = open_signer(office)
    evidence = evidence_of_case(office, code)
    case = evidence.code
    files = bundle_files(office, evidence)
    sealer = Sealer(signer, evidence.provenance.made_at)
    files["report.html"] = signed_page(sealer, evidence).encode()
    files["README.txt"] = t("bundle.readme", case=case, office=signer.office).encode()
    try:
        data = sealer.pack(files, about={"case": case})
    except ValueError as error:
        raise UmkmError("bundle_too_large", code=case) from error
    with office.reading() as reader:
        case_id = reader.value('SELECT id FROM "case" WHERE code = :code', code=case)
    with office.work() as work:
        work.record("bundle", "case", case_id)
        write_whole(out, data, private=True)
    if as_json:
        key = {"id": signer.public.id, "office": signer.office}
        document = {"schema": "umkm.bundle/1", "case": case, "file": str(out), "made_at": sealer.made_at, "key": key}
        print_json(document | {"files": sorted(files)})
    else:
        say(tn("bundle.written", len(files), code=case, path=out))
