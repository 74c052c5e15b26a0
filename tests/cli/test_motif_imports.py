"""`umkm motif import`: a list of motifs with their pictures."""

import csv
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.lists import counts, picture, rules, vendor


def test_motifs_with_their_pictures_twice_and_a_view_more(umkm: Run, tmp_path: Path) -> None:
    code = vendor(umkm, "Batik Seroja", "--ref", "R-1", "--nib", "3110242752924")
    for k in range(4):
        picture(tmp_path / "foto" / f"m{k}.png", k)
    path = tmp_path / "motif.csv"
    path.write_text(
        "usaha,ref,judul,gambar,teknik,tanggal publikasi\n"
        f"{code},M-1,Satu,foto/m0.png,tulis,17/8/2024\n"
        "R-1,M-2,Dua,foto\\m1.png,cap,\n"
        "3110242752924,M-3,Tiga,foto/m2.png|foto/m3.png,,\n"
    )
    first = umkm("motif", "import", path, "--json").ok().json()
    assert counts(first) == (3, 0, 0, 0, 0, 0)
    assert len(umkm("motif", "show", "M-3", "--json").json()["views"]) == 2

    assert counts(umkm("motif", "import", path, "--json").ok().json()) == (0, 0, 3, 0, 0, 0)

    path.write_text("usaha,ref,judul,gambar\nR-1,M-1,Satu,foto/m1.png\n")
    umkm("motif", "import", path, "--json").ok()
    assert len(umkm("motif", "show", "M-1", "--json").json()["views"]) == 2
    assert umkm("audit", "verify").exit_code == 0


def test_an_export_of_motifs_that_was_edited_imports_again(umkm: Run, tmp_path: Path) -> None:
    code = vendor(umkm)
    image = picture(tmp_path / "foto" / "m.png", 1)
    umkm("motif", "register", image, "--vendor", code, "--title", "Satu").ok()
    umkm("motif", "register", picture(image.with_name("n.png"), 2), "--vendor", code, "--title", "Dua").ok()
    path = tmp_path / "ekspor.csv"
    umkm("motif", "export", path).ok()
    assert counts(umkm("motif", "import", path, "--json").ok().json()) == (0, 0, 2, 0, 0, 0)

    path.write_text(path.read_text("utf-8-sig").replace("Dua", "Tiga"), "utf-8")
    assert counts(umkm("motif", "import", path, "--json").ok().json()) == (0, 1, 1, 0, 0, 0)
    assert sorted(m["title"] for m in umkm("motif", "list", "--json").json()["motifs"]) == ["Satu", "Tiga"]


def test_a_motif_of_another_vendor_is_a_conflict(umkm: Run, tmp_path: Path) -> None:
    a, b = vendor(umkm, "A"), vendor(umkm, "B")
    picture(tmp_path / "m.png", 1)
    path = tmp_path / "m.csv"
    path.write_text(f"vendor,ref,title,image\n{a},M-1,Satu,m.png\n")
    umkm("motif", "import", path).ok()
    path.write_text(f"vendor,ref,title,image\n{b},M-1,Satu,m.png\n")
    document = umkm("motif", "import", path, "--json").imported()
    assert counts(document) == (0, 0, 0, 1, 0, 0)
    assert umkm("motif", "show", "M-1", "--json").json()["vendor"]["code"] == a


def test_a_look_alike_of_another_vendor_is_created_and_held(umkm: Run, tmp_path: Path) -> None:
    a, b = vendor(umkm, "A"), vendor(umkm, "B")
    picture(tmp_path / "m.png", 1)
    path = tmp_path / "m.csv"
    path.write_text(f"vendor,ref,title,image\n{a},M-1,Satu,m.png\n{b},M-2,Dua,m.png\n")
    document = umkm("motif", "import", path, "--json").ok().json()
    assert counts(document) == (2, 0, 0, 0, 0, 1)
    assert [row["held"] for row in document["rows"]] == [False, True]
    assert len(umkm("case", "list", "--json").json()["cases"]) == 1


def test_bad_motif_rows_fail_alone(umkm: Run, tmp_path: Path) -> None:
    code = vendor(umkm)
    closed = vendor(umkm, "Tutup")
    umkm("vendor", "close", closed, "--reason", "pindah").ok()
    folder = tmp_path / "foto"
    for k in (0, 1):
        picture(folder / f"baik{k}.png", k)
    picture(tmp_path / "luar.png", 2)
    (folder / "rusak.png").write_bytes(b"bukan gambar")
    (folder / "kosong.png").write_bytes(b"")
    (folder / "potong.png").write_bytes((folder / "baik0.png").read_bytes()[:400])
    (folder / "pautan.png").symlink_to(tmp_path / "luar.png")
    rows = [
        (code, "baik0.png", []),
        ("R-404", "baik0.png", ["vendor_not_found"]),
        (closed, "baik0.png", ["vendor_closed"]),
        (code[:-1] + ("0" if code[-1] != "0" else "1"), "baik0.png", ["code_mistyped"]),
        (code, "tidak ada.png", ["file_not_found"]),
        (code, "rusak.png", ["image_not_an_image"]),
        (code, "kosong.png", ["image_empty"]),
        (code, "potong.png", ["image_truncated"]),
        (code, "../luar.png", ["path_outside"]),
        (code, "..\\luar.png", ["path_outside"]),
        (code, str(tmp_path / "luar.png"), ["path_outside"]),
        (code, "pautan.png", ["path_outside"]),
        (code, "", ["required"]),
        (code, ".", ["file_is_folder"]),
        ("", "rusak.png", ["required"]),
        (code, "baik1.png", []),
    ]
    path = tmp_path / "m.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["vendor", "ref", "title", "image"])
        writer.writerows([owner, f"M-{n}", f"Motif {n}", image] for n, (owner, image, _) in enumerate(rows))

    document = umkm("motif", "import", path, "--images", folder, "--json").ok().json()

    assert [rules(document, n + 2) for n in range(len(rows))] == [expected for _, _, expected in rows]
    assert counts(document) == (2, 0, 0, 0, 14, 0)
    for row in document["rows"]:
        assert not any(re.match(r"(rule|field)\.", p["message"]) for p in row["problems"])


def test_a_picture_file_that_is_too_large_is_refused(
    umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from umkm_cli.registry.pictures import files

    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1000)
    code = vendor(umkm)
    picture(tmp_path / "m.png", 1)
    path = tmp_path / "m.csv"
    path.write_text(f"vendor,title,image\n{code},Satu,m.png\n")
    assert rules(umkm("motif", "import", path, "--json").json(), 2) == ["file_too_large"]


def test_a_folder_of_pictures_that_is_not_there(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("vendor,title,image\nx,Satu,m.png\n")
    umkm("motif", "import", path, "--images", tmp_path / "foto", "--json").refused("folder_not_found")
    umkm("motif", "import", path, "--images", tmp_path / ("n" * 300), "--json").refused("folder_not_found")


def test_a_list_of_motifs_is_not_taken_for_vendors(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("usaha;ref;judul;gambar\nU-SBY-00001-39;1;Satu;m.png\n")
    umkm("vendor", "import", path, "--json").refused("sheet_of_motifs")
