"""*Tanda Terima Pencatatan Internal*: one sheet that says what this registry holds of a motif since when.

It is a receipt, not a right: it says so on the sheet and at its foot. Its QR code holds a text that verifies by itself.
"""

from typing import TYPE_CHECKING

from umkm_cli.i18n import t
from umkm_cli.registry.signed.formats import Sealer
from umkm_cli.registry.signed.receipts import Receipt, receipt_text
from umkm_cli.report.kit.pdf import MARGIN_MM, PAGE_MM, Document, Heading, standard_disclaimers
from umkm_cli.wording import dated, day, timed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

KIND = "receipt"
_PICTURE_MM = (66.0, 84.0)
_CODE_MM = 60.0
_LABEL_MM = 34.0
_MOST_CHARS = 220
_GAP_MM = 6.0


def receipt_pdf(sealer: Sealer, receipt: Receipt, rgb: "npt.NDArray[np.uint8]") -> bytes:
    """The signed document; `rgb` (h, w, 3) is the motif's picture, upright."""
    facts = receipt.facts
    title = t("receipt.title")
    page = Document(Heading(title, sealer.signer.office, sealer.made_at, standard_disclaimers()))
    page.heading(title)
    page.paragraph(t("receipt.what", code=facts["code"], date=day(facts["registered"])))
    if facts["published"] == "no":
        page.paragraph(t("receipt.unpublished"), bold=True)
    page.ln(2)
    _picture_and_facts(page, receipt, sealer.made_at, rgb)
    page.facts([(t("receipt.sha256"), facts["picture"])], label=_LABEL_MM, size=8.5)
    page.paragraph(t("receipt.stated"), size=8.5, grey=True)
    page.heading(t("receipt.is_not"), 2)
    for key in ("receipt.is_not.djki", "receipt.is_not.novelty", "document.not_certified"):
        page.paragraph(t(key), size=9)
    _code_and_how(page, sealer, receipt_text(sealer.signer, receipt, sealer.made_at))
    data = page.finished()
    return sealer.sign_pdf(data, page.parts(data), kind=KIND, about=facts)


def _picture_and_facts(page: Document, receipt: Receipt, made_at: str, rgb: "npt.NDArray[np.uint8]") -> None:
    facts = receipt.facts
    left = PAGE_MM[0] - MARGIN_MM - _PICTURE_MM[0]
    top = page.get_y()
    alternative = t("receipt.picture_of", title=facts["title"])
    _, _, _, height = page.picture("picture", rgb, alternative, within=_PICTURE_MM, at=(left, top))
    place = facts.get("first_published_place")
    published = dated(facts.get("first_published"))
    more = int(facts["pictures"]) - 1
    rows = [
        ("code", facts["code"]),
        ("motif", facts["title"]),
        ("vendor", f"{facts['vendor']} ({facts['vendor_code']})"),
        ("creators", facts.get("creators")),
        ("technique", facts.get("technique")),
        ("created", dated(facts.get("created"))),
        ("first_published", ", ".join(part for part in (published, place) if part)),
        ("registered", timed(facts["registered"])),
        ("djki_application", facts.get("djki_application")),
        ("djki_record", facts.get("djki_record")),
        ("made", timed(made_at)),
        ("status", t(f"motif.status.{facts['status']}")),
        ("pictures", t("receipt.more_pictures", n=more) if more else None),
    ]
    page.facts(
        [(t(f"receipt.{name}"), _short(value)) for name, value in rows],
        width=page.width - _PICTURE_MM[0] - _GAP_MM,
        label=_LABEL_MM,
    )
    page.set_y(max(page.get_y(), top + height + 2))


def _code_and_how(page: Document, sealer: Sealer, text: str) -> None:
    import segno

    page.ln(2)
    top = page.get_y()
    symbol = segno.make(text, error="m", mode="byte", encoding="utf-8", micro=False, boost_error=False)
    page.symbol(symbol.matrix, MARGIN_MM, top, _CODE_MM)
    page.set_left_margin(MARGIN_MM + _CODE_MM + _GAP_MM)
    page.set_xy(MARGIN_MM + _CODE_MM + _GAP_MM, top)
    page.heading(t("receipt.verify"), 3)
    key = sealer.signer.public.id
    for sentence in (t("receipt.verify.how"), t("receipt.verify.key", office=sealer.signer.office, id=key)):
        page.paragraph(sentence, size=9)
    page.set_left_margin(MARGIN_MM)


def _short(value: str | None) -> str | None:
    return value if value is None or len(value) <= _MOST_CHARS else value[: _MOST_CHARS - 1] + "…"
