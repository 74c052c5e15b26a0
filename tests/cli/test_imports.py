"""`umkm vendor import` and `umkm motif import`, run on real files as a clerk runs them."""

import csv
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.lists import VENDORS, counts, rules, vendor
from umkm_cli.settings import LANGUAGES

# Vendors


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_vendors_from_any_encoding_and_delimiter(umkm: Run, tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = list(csv.reader(VENDORS.splitlines(), delimiter=";"))
    path = tmp_path / "daftar usaha.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)

    document = umkm("vendor", "import", path, "--json").ok().json()

    assert counts(document) == (3, 0, 0, 0, 0, 0)
    listed = {v["ref"]: v for v in umkm("vendor", "list", "--json").json()["vendors"]}
    assert {ref: v["name"] for ref, v in listed.items()} == {
        "R-1": "Batik Café",
        "R-2": 'Sari; "Canting" Baru',
        "R-3": "Batik Ombak",
    }
    assert listed["R-2"]["kecamatan"] == "35.78.08"
    revealed = umkm("vendor", "show", "R-1", "--reveal", "--json").json()
    assert (revealed["capital"], revealed["annual_sales"]) == (1_500_000, 30_000_000)


def test_twice_is_the_same_as_once(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(VENDORS, "utf-8")
    first = umkm("vendor", "import", path, "--json").ok().json()
    before = umkm("vendor", "list", "--json").out

    second = umkm("vendor", "import", path, "--json").ok().json()

    assert counts(second) == (0, 0, 3, 0, 0, 0)
    assert [row["code"] for row in second["rows"]] == [row["code"] for row in first["rows"]]
    assert umkm("vendor", "list", "--json").out == before
    assert umkm("audit", "verify").exit_code == 0


def test_a_changed_row_updates_and_another_source_is_another_vendor(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref,nama\nR-1,Batik A\n")
    umkm("vendor", "import", path).ok()
    path.write_text("ref,nama,alamat\nR-1,Batik A,Jl. Baru 2\n")
    assert counts(umkm("vendor", "import", path, "--json").json())[:3] == (0, 1, 0)
    assert counts(umkm("vendor", "import", path, "--source", "Rungkut", "--json").json())[:3] == (1, 0, 0)


def test_bad_rows_fail_alone_and_good_ones_stay(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "ref;nama;nik;nib;alamat\n"
        "1;Baik;;;x\n"
        "2;;;;x\n"
        "3;Salah NIK;12345;;x\n"
        "4;Bergeser;;;Jl. A; Rungkut\n"
        "5;Robert'); DROP TABLE vendor;--;;\n"
        "6;Juga baik;;3110242752924;x\n"
        "7;NIB sama;;3110242752924;x\n"
        f"8;{'😀' * 300}\x07;;;x\n"
        "9;Pendek\n",
        "utf-8",
    )
    document = umkm("vendor", "import", path, "--json").ok().json()

    status = {row["row"]: row["status"] for row in document["rows"]}
    assert [n for n, s in status.items() if s == "failed"] == [3, 4, 5, 6, 8, 9]
    assert [n for n, s in status.items() if s == "created"] == [2, 7, 10]
    assert rules(document, 3) == ["required"]
    assert rules(document, 5) == ["too_many_cells"]
    assert rules(document, 8) == ["nib_taken"]
    assert rules(document, 10) == ["too_few_cells"]
    assert len(umkm("vendor", "list", "--json").json()["vendors"]) == 3


def test_sql_in_a_name_is_a_name(umkm: Run, tmp_path: Path) -> None:
    name = "Robert'); DROP TABLE vendor;--"
    path = tmp_path / "a.csv"
    path.write_text(f'nama\n"{name}"\n')
    umkm("vendor", "import", path).ok()
    assert [v["name"] for v in umkm("vendor", "list", "--json").json()["vendors"]] == [name]


def test_a_personal_value_is_masked_in_the_answer(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama;nik;telepon\nA;35780344048002;08123456789012345\n")
    shown = umkm("vendor", "import", path, "--json")
    assert shown.json()["failed"] == 1
    assert "35780344048002" not in shown.out + shown.err
    assert "08123456789012345" not in shown.out + shown.err


def test_a_repeated_reference_is_the_same_business_with_a_warning(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref;nama\nR-1;Batik A\nR-1;Batik B\n")
    document = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(document)[:3] == (1, 0, 1)
    assert rules(document, 3) == ["ref_repeated", "row_differs"]


def test_text_guards_of_spreadsheets_are_taken_off(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('ref;nama;nib;telepon\n\'007;\'=Batik;"=""3110242752924""";\'081234567890\n')
    umkm("vendor", "import", path).ok()
    (stored,) = umkm("vendor", "list", "--json").json()["vendors"]
    assert (stored["ref"], stored["name"], stored["nib"]) == ("007", "=Batik", "3110242752924")


def test_an_export_that_was_edited_imports_again(umkm: Run, tmp_path: Path) -> None:
    code = vendor(umkm, "Batik Tanpa Ref", "--phone", "081234567890", "--nik", "3578034404800203")
    vendor(umkm, "Batik Berref", "--ref", "R-9")
    path = tmp_path / "ekspor.csv"
    umkm("vendor", "export", path).ok()
    document = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(document) == (0, 0, 2, 0, 0, 0)

    path.write_text(path.read_text("utf-8-sig").replace("Batik Tanpa Ref", "Batik Baru"), "utf-8")
    document = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(document) == (0, 1, 1, 0, 0, 0)
    assert umkm("vendor", "show", code, "--json").json()["name"] == "Batik Baru"


def test_a_row_that_names_a_record_by_code_can_give_it_a_reference(umkm: Run, tmp_path: Path) -> None:
    code, other = vendor(umkm, "Batik A"), vendor(umkm, "Batik B", "--ref", "R-2")
    path = tmp_path / "a.csv"
    path.write_text(f"kode;ref;nama\n{code};R-1;Batik A\n{other};R-1;Batik B\n")
    document = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(document) == (0, 1, 0, 0, 1, 0)
    assert rules(document, 3) == ["ref_of_other_code"]
    assert umkm("vendor", "show", "R-1", "--json").json()["code"] == code


# What people see


def test_the_summary_counts_groups_and_says_what_next(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref;nama;Golongan darah\n" + "1;A;x\n" + "".join(f"{n};;x\n" for n in range(2, 20)))
    shown = umkm("vendor", "import", path).ok()
    assert re.search(r"Baru +1 *\n", shown.out)
    assert re.search(r"Gagal +18", shown.out)
    assert "baris 3, 4, 5, 6, 7, 8, 9, 10 dan 10 baris lain" in shown.out
    assert 'umkm vendor import "' in shown.out
    assert "Golongan darah" in shown.err


def test_problems_have_sentences_in_both_languages(umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "kode;ref;nama;nik;nib;npwp;kecamatan;telepon;email;modal;tahun berdiri;tanggal persetujuan;mbr;lain\n"
        "U-SBY-00001-00;;A;1;1;1;x;1;x;-1;1;31/2/2024;mungkin;\n"
        "U-SBY-99999-00;;A;1;1;1;x;1;x;-1;1;31/2/24;mungkin;;;x\n"
        ";;A;3578034404800200;;;;;;1.2E+10;;;;\n"
        f";{'9' * 101};;;;;;;;;;;;\n"
        ";1;A;;;;;;;;;;;\n;1;A;;;;;;;;;;;\n;2\n"
    )
    for name in LANGUAGES:
        monkeypatch.setenv("UMKM_LANG", name)
        document = umkm("vendor", "import", path, "--json").ok().json()
        sentences = [p["message"] for row in document["rows"] for p in row["problems"]]
        sentences += [p["message"] for p in document["warnings"]]
        assert sentences
        for sentence in sentences:
            assert not re.match(r"(rule|field|error)\.", sentence), sentence
            assert "{" not in sentence


# Files that are no sheets


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("kosong.csv", b"", "table_empty"),
        ("nul.csv", b"nama\nA\0\n", "table_has_nul"),
        ("gambar.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_table"),
        ("daftar.xlsx", b"PK\x03\x04" + bytes(100), "workbook_damaged"),
        ("lebar.csv", ",".join(f"k{n}" for n in range(100_000)).encode(), "too_many_columns"),
        ("panjang.csv", b"nama\n" + b"x" * 5_000_000, "line_too_long"),
        ("kolom.csv", b"alamat;telepon\nx;1\n", "column_missing"),
        ("kutip.csv", b'nama;alamat\nA;"x\nB;y\n', "quote_not_closed"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_no_sheet_is_refused_with_a_sentence(
    umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, code: str, language: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    path = tmp_path / name
    path.write_bytes(data)
    result = umkm("vendor", "import", path, "--json")
    error = result.refused(code)
    assert result.exit_code == 1
    assert path.name in error["message"]
    assert "{" not in error["message"] + error["hint"]
    assert umkm("vendor", "list", "--json").json()["vendors"] == []


def test_a_missing_column_is_named_in_the_users_words(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("alamat;telepon\nx;1\n")
    error = umkm("vendor", "import", path, "--json").refused("column_missing")
    assert "Nama usaha" in error["message"]
    assert "alamat, telepon" in error["hint"]


def test_what_is_not_there_or_a_folder(umkm: Run, tmp_path: Path) -> None:
    umkm("vendor", "import", tmp_path / "tidak ada.csv", "--json").refused("file_not_found")
    umkm("vendor", "import", tmp_path, "--json").refused("file_is_folder")
    umkm("vendor", "import", tmp_path / ("n" * 300 + ".csv"), "--json").refused("file_not_readable")


# Interrupted


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL; the process is ended otherwise there")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_is_stopped_keeps_what_it_said_and_completes_later(
    umkm: Run, tmp_path: Path, how: signal.Signals
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref;nama\n" + "".join(f"{n};Usaha {n}\n" for n in range(1200)))
    running = subprocess.Popen(
        [sys.executable, "-m", "umkm_cli", "vendor", "import", str(path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # may be inherited as ignored
    )
    assert running.stderr is not None
    first = running.stderr.readline().decode()
    running.send_signal(how)
    out, err = running.communicate(timeout=60)

    said = re.findall(r"(\d+)/1200", first + err.decode())
    acknowledged = int(said[-1])
    stored = len(umkm("vendor", "list", "--json").ok().json()["vendors"])
    assert acknowledged <= stored
    assert umkm("audit", "verify").exit_code == 0
    if how is signal.SIGINT and stored < 1200:
        assert running.returncode == 130
        assert b'"interrupted"' in out
        assert f"{stored} baris sudah tersimpan" in err.decode()
    again = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(again) == (1200 - stored, 0, stored, 0, 0, 0)


def test_a_text_that_happens_to_begin_with_a_header_is_no_list(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "BACA.md"
    path.write_text("# UMKM\n\n" + "Daftar usaha, motif, dan produk.\nUntuk petugas.\n" * 20)

    document = umkm("vendor", "import", path, "--json").refused("not_a_list")

    assert "BACA.md" in document["message"]
    assert umkm("vendor", "list", "--json").json()["vendors"] == []


def test_a_list_of_nothing_but_names_is_one(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "nama.csv"
    path.write_text("Nama Usaha\nSari, Batik\n" + "".join(f"Batik {n}\n" for n in range(9)))
    assert counts(umkm("vendor", "import", path, "--json").ok().json())[0] == 9
