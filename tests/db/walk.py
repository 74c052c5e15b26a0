"""Every command of the command line once, in an order that makes sense: what each of them said, as documents."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conftest import SAMPLES, Run

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?")
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
PRIVATE = {"id", "key", "public_key", "mac", "database", "bytes", "address", "facts_sha256"}
"""Names of what differs from one registry to the next, whatever holds it."""

MOTIFS, SUSPECT, HERITAGE, GOODS = (SAMPLES / name for name in ("motifs", "suspect", "heritage", "products"))
CROP, REDYED = SUSPECT / "crop.jpg", SUSPECT / "redyed.jpg"
THEIR_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
NIK = "3578035403790004"

Said = dict[str, Any]


def walk(umkm: Run, folder: Path) -> list[tuple[str, Said]]:
    """Each command line with its document; all of them succeed. `folder` is empty."""
    return [
        (" ".join(words).replace(str(folder), "…"), alike(umkm(*words, "--json").ok().json(), folder))
        for words in steps(folder)
    ]


def steps(folder: Path) -> Iterator[list[str]]:
    """The command lines, and the files that they name."""
    yield from _registering(folder)
    yield from _cases(folder)
    yield from _products(folder)
    yield from _papers(folder)
    yield from _endings()


def alike(document: Any, folder: Path) -> Any:
    """Without what two registries can never share."""
    if isinstance(document, dict):
        return {name: alike(value, folder) for name, value in document.items() if name not in PRIVATE}
    if isinstance(document, list):
        return [alike(item, folder) for item in document]
    if isinstance(document, str):
        return UUID.sub("<id>", MOMENT.sub("<moment>", document)).replace(str(folder), "…")
    return document


def _registering(folder: Path) -> Iterator[list[str]]:
    vendors, motifs, fresh = (folder / name for name in ("usaha.csv", "motif.csv", "tradisi"))
    vendors.write_text(
        f"ref;nama_usaha;pemilik;nik;nib;kecamatan\nA-1;Batik Sekar;Sri Wahyuni;{NIK};2206241741552;Rungkut\n"
        "A-2;Kain Pagi;Bagus;;;Wonokromo\n;Élok Jaya;;;;\nA-4;;;;;\n"
    )
    motifs.write_text(
        "usaha;ref;judul;gambar;pencipta\n"
        f"A-1;M-1;Daun Bakau;{MOTIFS / 'daun-bakau.jpg'};Sri Wahyuni\n"
        f"A-2;M-2;Hiu dan Buaya;{MOTIFS / 'hiu-buaya.jpg'};Bagus\n"
    )
    (fresh / "Kawung").mkdir(parents=True)
    (fresh / "Kawung" / "satu.jpg").write_bytes((HERITAGE / "kawung.jpg").read_bytes())
    yield ["status"]
    yield ["vendor", "import", str(vendors)]
    yield ["vendor", "import", str(vendors)]
    yield ["register", "--name", "Toko Lima", "--ref", "A-5", "--nib", "2206241741553", "--mbr", "ya"]
    yield ["vendor", "edit", "A-5", "--kecamatan", "Rungkut", "--phone", "081200000001"]
    yield ["vendor", "list"]
    for narrowed in (["--kecamatan", "Rungkut"], ["--nik", NIK], ["--nib", "2206241741552"], ["--ref", "A-2"]):
        yield ["vendor", "list", *narrowed]
    yield ["vendor", "list", "--search", "élok", "--all"]
    yield ["vendor", "show", "A-1", "--reveal"]
    yield ["vendor", "export", "--reveal"]
    yield ["heritage", "add", str(HERITAGE / "parang.jpg"), "--name", "Parang", "--origin", "Yogyakarta"]
    yield ["heritage", "import", str(fresh)]
    yield ["heritage", "list"]
    yield ["motif", "check", str(CROP)]
    yield ["motif", "import", str(motifs), "--images", str(MOTIFS)]
    yield ["motif", "import", str(motifs), "--images", str(MOTIFS)]
    yield ["motif", "register", str(CROP), "--vendor", "A-2", "--title", "Daun Rawa", "--ref", "M-3"]
    yield ["motif", "edit", "M-1", "--philosophy", "Akar menahan ombak", "--published"]
    yield ["motif", "list"]
    yield ["motif", "list", "--vendor", "A-1", "--status", "registered", "--search", "bakau"]
    yield ["motif", "show", "M-1"]
    yield ["motif", "export"]
    yield ["motif", "check", str(REDYED), str(SUSPECT / "unregistered.jpg"), "--vendor", "A-5", "--case"]
    yield ["motif", "compare", str(CROP), "M-1"]
    yield ["motif", "hash", str(CROP)]
    yield ["motif", "duplicates"]
    yield ["licence", "add", "--motif", "M-1", "--vendor", "A-5", "--number", "12/IZIN", "--to", "31/12/2099"]
    yield ["licence", "list"]
    yield ["licence", "list", "--motif", "M-1"]
    yield ["licence", "attach", "L-SBY-00001-77", str(vendors)]
    yield ["motif", "check", str(CROP), "--vendor", "A-5"]


def _cases(folder: Path) -> Iterator[list[str]]:
    note = folder / "nota.pdf"
    note.write_bytes(b"%PDF-1.4 nota")
    yield ["case", "list"]
    yield [*("case", "open", "--complainant", "A-1", "--motif", "M-1", "--price", "50000"), "--picture", str(CROP)]
    case = "K-SBY-00001-92"
    yield ["case", "review", case]
    yield ["case", "note", case, "--text", "Kain dibawa"]
    yield ["case", "respondent", case, "--name", "Toko Harapan"]
    yield ["case", "attach", case, str(note), "--kind", "receipt"]
    yield ["case", "object", case, "--text", "Buatan sendiri", "--file", str(note)]
    yield ["case", "answer", case, "--text", "Mohon sketsanya"]
    yield ["case", "due", case, "31/12/2099"]
    yield ["case", "show", case]
    yield ["case", "report", case, str(folder / "kasus.html")]
    yield ["case", "bundle", case, str(folder / "kasus.zip")]
    yield ["case", "decide", case, "--outcome", "weak", "--reason", "Pola dasarnya saja"]
    yield ["case", "reopen", case, "--reason", "Ada sketsa baru"]
    yield ["case", "list", "--all"]


def _products(folder: Path) -> Iterator[list[str]]:
    sheet = folder / "produk.csv"
    sheet.write_text(f"usaha;ref;nama_produk;harga;foto\nA-5;P-1;Kemasan;Rp 5.000;{GOODS / 'kemasan-daun.jpg'}\n")
    yield ["product", "import", str(sheet), "--images", str(GOODS)]
    yield ["product", "add", str(CROP), *("--vendor", "A-2", "--name", "Syal", "--ref", "P-2", "--own-production")]
    yield ["product", "list"]
    for narrowed in (["--vendor", "A-5"], ["--motif", "M-1"], ["--proposed"], ["--search", "kemasan"]):
        yield ["product", "list", *narrowed]
    yield ["product", "link", "P-1", "M-1"]
    yield ["product", "unlink", "P-2", "M-1"]
    yield ["product", "edit", "P-1", "--price", "6000", "--tkdn", "82,5"]
    yield ["product", "show", "P-1"]
    yield ["product", "check", str(GOODS / "kemasan-daun.jpg")]
    yield ["product", "rescreen"]
    yield ["product", "export"]


def _papers(folder: Path) -> Iterator[list[str]]:
    key = folder / "kantor.key.txt"
    yield ["motif", "person", "M-1", "--role", "creator", "--name", "Sri Wahyuni", "--address", "Jl. Contoh 5"]
    yield ["motif", "attach", "M-1", str(folder / "nota.pdf"), "--kind", "creation"]
    yield ["motif", "djki-pack", "M-1"]
    yield ["motif", "djki-pack", "M-1", str(folder / "djki.zip")]
    yield ["motif", "receipt", "M-1", str(folder / "tanda.pdf")]
    yield ["verify", str(folder / "tanda.pdf")]
    yield ["verify", str(folder / "kasus.zip"), "--recompute"]
    yield ["key", "show", "--out", str(key)]
    yield ["key", "trust", THEIR_KEY, "--name", "Kantor Lain"]
    yield ["key", "list"]
    yield ["key", "untrust", THEIR_KEY]
    yield ["motif", "gallery", str(folder / "galeri.html")]
    yield ["report", "month"]
    yield ["report", "month", str(folder / "bulan.xlsx")]
    yield ["motif", "reindex", "--rescreen"]


def _endings() -> Iterator[list[str]]:
    yield ["licence", "end", "L-SBY-00001-77", "--reason", "Dicabut"]
    yield ["product", "close", "P-2", "--reason", "Tidak dijual"]
    yield ["motif", "withdraw", "M-3", "--reason", "Permintaan sendiri"]
    yield ["vendor", "close", "A-2", "--reason", "Tutup"]
    yield ["case", "list", "--all"]
    yield ["audit", "verify"]
    yield ["status"]
