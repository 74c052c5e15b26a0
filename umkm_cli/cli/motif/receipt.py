"""`umkm motif receipt`: the receipt that a maker takes home."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of
from umkm_cli.cli.kit.output import Json, mind_standard_output, print_json, say
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings


def motif_receipt(
    code: Annotated[str, typer.Argument(metavar="CODE", help=t("help.motif.code"), autocompletion=codes_of("motif"))],
    out: Annotated[Path | None, typer.Argument(metavar="[OUT.pdf]", help=t("help.motif.receipt.out"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.db.tables import now
    from umkm_cli.disk.whole import refuse_name, write_whole
    from umkm_cli.errors import UmkmError
    from umkm_cli.registry.records.motifs import find_motif
    from umkm_cli.registry.signed.formats import Sealer
    from umkm_cli.registry.signed.receipts import receipt_of
    from umkm_cli.registry.signed.signing import open_signer
    from umkm_cli.report.receipt import receipt_pdf
    from umkm_cli.screening.judging.registered import refuse_altered, stored_pixels

    mind_standard_output(out, as_json)
    if out is not None:
        refuse_name(out, ".pdf")
    office = Office(read_settings())
    with office.reading() as reader:
        motif = find_motif(reader, code)
        receipt = receipt_of(reader, motif)
        refuse_altered(office.settings, reader, motif)
    rgb = stored_pixels(office.settings, receipt.view["sha256"], receipt.view["format"])
    if rgb is None:
        raise UmkmError("receipt_no_picture", code=motif["code"])
    sealer = Sealer(open_signer(office), now())
    data = receipt_pdf(sealer, receipt, rgb)
    path = out or Path(f"tanda-terima-{motif['code']}.pdf")
    with office.work() as work:  # what cannot be written is not on record
        work.record("receipt", "motif", motif["id"], {"facts": (None, receipt.digest.hex())})
        write_whole(path, data)
    if as_json:
        document = {"schema": "umkm.receipt/1", "file": str(path), "made_at": sealer.made_at}
        key = {"id": sealer.signer.public.id, "office": office.settings.office}
        print_json(document | {"key": key, "facts": receipt.facts, "facts_sha256": receipt.digest.hex()})
    else:
        say(t("receipt.written", code=motif["code"], path=path))
