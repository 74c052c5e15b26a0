"""What an office does in a year, in a few commands: every kind of record is made, changed, decided on and ended."""

import json
from pathlib import Path

from tests.conftest import SAMPLES, Run

MOTIF = SAMPLES / "motifs" / "daun-bakau.jpg"
CROP = SAMPLES / "suspect" / "crop.jpg"
OTHER = SAMPLES / "motifs" / "semanggi.jpg"
NIKS = ("3578010101900001", "3578010101900002")
SHEET = """ref,nama,pemilik,nik,nib,kecamatan,modal
A-1,Batik Satu,Sri,3578014101900003,1234567890123,Rungkut,1000000
A-2,Batik Dua,Budi,,,Gubeng,
A-3,Batik Tiga,,12,,,
"""


def live(umkm: Run, folder: Path) -> None:
    """All of it with the real command; raises where one of them refuses."""

    def made(*args: str | Path) -> str:
        return str(json.loads(umkm(*args, "--json").ok().out)["code"])

    def done(*args: str | Path) -> None:
        umkm(*args).ok()

    done("key", "show")
    owner = made("register", "--name", "Sanggar Bakau", "--owner", "Sri", "--nik", NIKS[0], "--latitude", "-7")
    other = made("register", "--name", "Toko Lain", "--nik", NIKS[1], "--capital", "5000000", "--mbr", "ya")
    sheet = folder / "usaha.csv"
    for text in (SHEET, SHEET.replace("Gubeng", "Bulak")):
        sheet.write_text(text, "utf-8")
        done("vendor", "import", sheet)
    done("vendor", "edit", owner, "--owner", "Sri Rahayu", "--npwp", "0013121660091000", "--employees", "3")
    done("vendor", "edit", owner, "--npwp", "")
    done("vendor", "show", owner, "--reveal")
    done("heritage", "add", SAMPLES / "heritage" / "parang.jpg", "--name", "Parang", "--origin", "Yogyakarta")
    done("heritage", "add", SAMPLES / "heritage" / "kawung.jpg", "--name", "Parang", "--origin", "Jawa")
    done("motif", "check", CROP, "--vendor", other)
    design = made("motif", "register", MOTIF, "--vendor", owner, "--title", "Daun Bakau", "--creators", "Sri")
    done("motif", "person", design, "--role", "creator", "--name", "Sri", "--citizenship", "Indonesia")
    done("motif", "edit", design, "--technique", "tulis", "--published", "--creation-date", "2024-01-02")
    paper = folder / "surat.txt"
    paper.write_text("bukti", "utf-8")
    done("motif", "attach", design, paper, "--kind", "creation")
    held = made("motif", "register", CROP, "--vendor", other, "--title", "Bakau Lain")
    product = made("product", "add", OTHER, "--vendor", other, "--name", "Kain", "--motif", design, "--price", "1000")
    done("product", "edit", product, "--tkdn", "40", "--own-production", "--image", CROP)
    done("product", "link", product, design)
    done("product", "unlink", product, held)
    done("product", "rescreen")
    licence = made(
        *("licence", "add", "--motif", design, "--vendor", other, "--number", "1/2026", "--technique", "cap"),
    )
    done("licence", "attach", licence, paper)
    done("licence", "end", licence, "--reason", "Selesai")
    cases = json.loads(umkm("case", "list", "--json").ok().out)["cases"]
    case = next(item["code"] for item in cases if item["motif"] and item["motif"]["code"] == held)
    done("case", "review", case)
    done("case", "note", case, "--text", "Dua gambar dibandingkan")
    done("case", "respondent", case, "--name", "Toko Lain")
    done("case", "attach", case, paper, "--kind", "receipt")
    done("case", "object", case, "--text", "Keberatan", "--file", OTHER)
    done("case", "answer", case, "--text", "Dijawab")
    done("case", "due", case, "2099-01-01")
    done("case", "decide", case, "--outcome", "weak", "--reason", "Berbeda")
    done("case", "reopen", case, "--reason", "Bukti baru")
    done("case", "decide", case, "--outcome", "strong", "--reason", "Serupa", "--keep-held")
    done("case", "open", "--complainant", "Sri", "--motif", design, "--picture", CROP, "--note", "Di pasar")
    done("motif", "receipt", design, folder / "tanda.pdf")
    done("motif", "withdraw", held, "--reason", "Ditarik")
    done("product", "close", product, "--reason", "Tidak dijual")
    done("vendor", "close", other, "--reason", "Tutup")
    done("motif", "reindex")
    key = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
    done("key", "trust", key, "--name", "Kantor Lain")
    done("key", "trust", key, "--name", "Kantor Sidoarjo")
