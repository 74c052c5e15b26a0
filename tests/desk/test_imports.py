"""An import as a face asks for it: plain values in, what became of the rows out, and what is told on the way."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from umkm_cli.desk import looking_back
from umkm_cli.desk.failed_rows import Unwritten
from umkm_cli.desk.imports import import_motifs, import_products, import_vendors
from umkm_cli.errors import UmkmError
from umkm_cli.importing.run import RowStatus
from umkm_cli.problems import Problem
from umkm_cli.settings import read_settings

SAMPLES = Path(__file__).parents[2] / "samples"
MOTIF = SAMPLES / "motifs" / "daun-bakau.jpg"


@dataclass
class Listener:
    """Remembers what it was told, in order."""

    told: list[tuple[object, ...]] = field(default_factory=list)

    def warned(self, warnings: Sequence[Problem]) -> None:
        self.told.append(("warned", *(problem.rule for problem in warnings)))

    def searching(self, reasons: Sequence[str], damaged: Sequence[str]) -> None:
        self.told.append(("searching", *reasons, *damaged))

    def stored(self, rows: int, total: int) -> None:
        self.told.append(("stored", rows, total))

    def looked_back(self, views: int, total: int) -> None:
        self.told.append(("looked_back", views, total))


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def maker(home: Path, tmp_path: Path) -> str:
    """The reference of a business."""
    import_vendors(read_settings(), written(tmp_path / "usaha.csv", "ref;nama\nU-1;Sanggar Bakau\n"))
    return "U-1"


def test_businesses_come_in_and_what_did_not_is_beside_the_list(home: Path, tmp_path: Path) -> None:
    sheet = written(tmp_path / "usaha.csv", "ref;nama;hobi;nib\nU-1;Sanggar Bakau;x;\nU-2;Toko Lain;;12\n")
    heard = Listener()
    answer = import_vendors(read_settings(), sheet, progress=heard)

    assert [row.status for row in answer.report.rows] == [RowStatus.CREATED, RowStatus.FAILED]
    assert not answer.nothing_went_in
    assert answer.failed == tmp_path / "usaha-gagal.csv"
    with (tmp_path / "usaha-gagal.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["ref"] for row in csv.DictReader(file, delimiter=";")] == ["U-2"]
    assert heard.told == [("warned", "column_unknown"), ("stored", 0, 2), ("stored", 2, 2)]


def test_failed_rows_that_cannot_be_written_are_no_error_of_the_import(home: Path, tmp_path: Path) -> None:
    sheet = written(tmp_path / "usaha.csv", "nama;nib\nToko Lain;12\n")
    wanted = tmp_path / "nowhere" / "gagal.csv"
    answer = import_vendors(read_settings(), sheet, failed=wanted)

    assert answer.nothing_went_in
    assert isinstance(answer.failed, Unwritten)
    assert answer.failed.path == wanted


def test_motifs_are_told_stage_by_stage(maker: str, tmp_path: Path) -> None:
    sheet = written(tmp_path / "motif.csv", f"usaha;judul;gambar\n{maker};Daun Bakau;{MOTIF.name}\n")
    heard = Listener()
    answer = import_motifs(read_settings(), sheet, images=MOTIF.parent, progress=heard)

    assert [row.status for row in answer.report.rows] == [RowStatus.CREATED]
    assert (answer.failed, answer.images, answer.unpublished) == (None, MOTIF.parent, 1)
    assert answer.looked_back == looking_back.LookedBack()
    stored, looked_back = [("stored", done, 1) for done in (0, 1)], [("looked_back", done, 1) for done in (0, 1)]
    assert heard.told == [("warned",), ("searching",), *stored, *looked_back]


def test_an_interrupt_while_looking_back_leaves_the_answer(
    maker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("umkm_cli.screening.later.looking_back._compared", interrupted)
    sheet = written(tmp_path / "motif.csv", f"usaha;judul;gambar\n{maker};Daun Bakau;{MOTIF.name}\n")
    answer = import_motifs(read_settings(), sheet, images=MOTIF.parent)

    assert [row.status for row in answer.report.rows] == [RowStatus.CREATED]
    assert answer.looked_back == looking_back.LookedBack(finished=False)


def test_products_need_no_pictures_but_a_folder(maker: str, tmp_path: Path) -> None:
    sheet = written(tmp_path / "produk.csv", f"usaha;nama produk;harga\n{maker};Kemeja;250000\n")
    answer = import_products(read_settings(), sheet)
    assert [row.status for row in answer.report.rows] == [RowStatus.CREATED]
    assert (answer.images, answer.looked_back) == (tmp_path, None)

    with pytest.raises(UmkmError) as caught:
        import_products(read_settings(), sheet, images=tmp_path / "nowhere")
    assert caught.value.code == "folder_not_found"


@pytest.mark.parametrize(
    ("headers", "code"),
    [("usaha;judul;gambar", "sheet_of_motifs"), ("usaha;nama produk;harga", "sheet_of_products")],
)
def test_a_list_of_something_else_is_refused_by_the_name_it_was_given(
    home: Path, tmp_path: Path, headers: str, code: str
) -> None:
    sheet = written(tmp_path / "daftar.csv", f"{headers}\na;b;c\n")
    with pytest.raises(UmkmError) as caught:
        import_vendors(read_settings(), sheet)
    assert (caught.value.code, caught.value.params["path"]) == (code, sheet)
