"""What clumsy and malicious users try: every refusal is one sentence and one document, and changes nothing."""

import base64
import json
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.conftest import PROCESS_TIMEOUT_S, Result, Run

NIK = "3578015508900001"
PHONE = "081234567890"
ADDRESS = "Jalan Rahasia 5"
VENDOR, OTHER_VENDOR, MOTIF, HELD, CASE = (
    "U-SBY-00001-39",
    "U-SBY-00002-36",
    "M-SBY-00001-62",
    "M-SBY-00002-59",
    "K-SBY-00001-92",
)
PRODUCT = "P-SBY-00001-17"
CHANGING_NOTHING = (1, 2, 3)
MAX_RSS_MB = 400

_FORBIDDEN = re.compile(r"\b(bajakan|pembajakan|pelaku|jiplakan|palsu|tiruan|aman|lolos|asli)\b", re.IGNORECASE)
_RAW_KEY = re.compile(r"\b(error|hint|rule|field|label|verdict|usage|help)\.[a-z_]+\b")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

posix = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and byte arguments are POSIX")


# Fixtures and helpers


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two vendors, a motif, a held copy of it with its case, and a product; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    picture(folder / "motif.png")
    home = folder / "home"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("UMKM_")}
    environment |= {"UMKM_HOME": str(home), "UMKM_USER": "petugas", "UMKM_LANG": "id"}
    image = str(folder / "motif.png")
    for args in (
        ("register", "--name", "Batik A", "--nik", NIK, "--phone", PHONE, "--address", ADDRESS, "--ref", "A1"),
        ("register", "--name", "Batik B", "--nib", "1234567890123"),
        ("motif", "register", image, "--vendor", VENDOR, "--title", "Sekar"),
        ("motif", "register", image, "--vendor", OTHER_VENDOR, "--title", "Sekar juga"),
        ("product", "add", "--vendor", VENDOR, "--name", "Kain Sekar"),
    ):
        subprocess.run([sys.executable, "-m", "umkm_cli", *args], env=environment, check=True, capture_output=True)
    return folder


@pytest.fixture
def registry(prepared: Path, home: Path) -> Path:
    shutil.copytree(prepared / "home", home)
    return home


@pytest.fixture
def refused(umkm: Run, registry: Path) -> Callable[..., Result]:
    """Run twice, for people and for machines, in both languages; hold everything that a refusal owes."""

    def run(*args: str | Path, exit_code: int | None = None, secret: str = "") -> Result:
        before = contents(registry)
        for_people, for_machines = umkm(*args), umkm(*args, "--json")
        for result in (for_people, for_machines):
            assert result.exit_code in (CHANGING_NOTHING if exit_code is None else (exit_code,)), result
            assert_presentable(result, secret)
        document = for_machines.json()
        assert document["schema"] == "umkm.error/1"
        assert document["error"] != "internal", document
        assert " " in document["message"]
        assert contents(registry) == before
        return for_machines

    return run


def picture(path: Path, size: int = 320) -> Path:
    """Blots that a matcher can hold on to."""
    rng = np.random.default_rng(7)
    small = rng.integers(0, 255, (size // 16, size // 16, 3), dtype=np.uint8)
    Image.fromarray(small).resize((size, size), Image.Resampling.BICUBIC).save(path)
    return path


def png_of_size(width: int, height: int) -> bytes:
    """A small file whose header promises much."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def contents(home: Path) -> object:
    """Every row of every table, and the names of all stored pictures."""
    database = home / "umkm.db"
    if not database.is_file():
        return sorted(path.name for path in home.rglob("*")) if home.is_dir() else None
    with sqlite3.connect(database) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"'))) for table in tables}
    connection.close()
    return rows, sorted(str(path) for path in (home / "images").rglob("*") if path.is_file())


def files(home: Path) -> dict[str, bytes]:
    """Every file but those that SQLite keeps beside an open database."""
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file() and ".db-" not in path.name}


def counted(home: Path, table: str) -> int:
    with sqlite3.connect(home / "umkm.db") as connection:
        number = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    connection.close()
    return int(number)


def assert_presentable(result: Result, secret: str = "") -> None:
    said = result.out + result.err
    assert "Traceback" not in said
    assert not _FORBIDDEN.search(said), said
    assert not _RAW_KEY.search(result.err), result.err
    assert not _STEERING.search(said), said
    for private in (NIK, PHONE, ADDRESS, *([secret] if secret else [])):
        assert private not in said


def as_user(*args: str | bytes, timeout: float = 60, **environment: str) -> Result:
    """A process of its own, with arguments as bytes and an environment that a test chose."""
    command = [sys.executable, "-m", "umkm_cli", *args]
    done = subprocess.run(command, capture_output=True, timeout=timeout, env={**os.environ, **environment}, check=False)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


# Pictures


def _bytes_file(data: bytes) -> Callable[[Path, Path], Path]:
    def make(folder: Path, _: Path) -> Path:
        path = folder / "gambar.jpg"
        path.write_bytes(data)
        return path

    return make


def _truncated(folder: Path, motif: Path) -> Path:
    path = folder / "terpotong.png"
    path.write_bytes(motif.read_bytes()[: motif.stat().st_size // 2])
    return path


def _gif(folder: Path, _: Path) -> Path:
    Image.new("RGB", (100, 100)).save(folder / "gambar.jpg", "GIF")
    return folder / "gambar.jpg"


def _folder(folder: Path, _: Path) -> Path:
    (folder / "folder.png").mkdir()
    return folder / "folder.png"


def _pipe(folder: Path, _: Path) -> Path:
    os.mkfifo(folder / "pipa.png")
    return folder / "pipa.png"


def _link_loop(folder: Path, _: Path) -> Path:
    (folder / "putar.png").symlink_to(folder / "putar.png")
    return folder / "putar.png"


NO_PICTURES = {
    "no image": (_bytes_file(b"bukan gambar"), "image_not_an_image"),
    "truncated": (_truncated, "image_truncated"),
    "signature only": (_bytes_file(b"\x89PNG\r\n\x1a\n"), "image_truncated"),
    "empty": (_bytes_file(b""), "image_empty"),
    "bomb": (_bytes_file(png_of_size(50_000, 50_000)), "image_too_large"),
    "GIF as JPEG": (_gif, "image_unsupported"),
    "SVG as JPEG": (_bytes_file(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), "image_unsupported"),
    "PDF as JPEG": (_bytes_file(b"%PDF-1.7\n"), "image_unsupported"),
    "folder": (_folder, "file_is_folder"),
    "missing": (lambda folder, _: folder / "tidak ada.png", "file_not_found"),
    "long name": (lambda folder, _: folder / ("x" * 5000 + ".png"), "file_not_readable"),
    "steering name": (lambda folder, _: folder / "\x1b[31m\x9b\u202e.png", "file_not_found"),
}
if os.name == "posix":
    NO_PICTURES |= {
        "pipe": (_pipe, "image_not_an_image"),
        "endless device": (lambda *_: Path("/dev/zero"), "image_not_an_image"),
        "empty device": (lambda *_: Path("/dev/null"), "image_not_an_image"),
        "link loop": (_link_loop, "file_not_readable"),
    }


@pytest.mark.parametrize("case", NO_PICTURES)
def test_what_is_no_picture_ends_in_a_sentence(
    case: str, refused: Callable[..., Result], umkm: Run, prepared: Path, registry: Path, tmp_path: Path
) -> None:
    make, code = NO_PICTURES[case]
    path = make(tmp_path, prepared / "motif.png")

    for command in (
        ("motif", "register", path, "--vendor", VENDOR, "--title", "T"),
        ("product", "add", path, "--vendor", VENDOR, "--name", "T"),
        ("product", "edit", PRODUCT, "--image", path),
        ("motif", "compare", path, MOTIF),
        ("heritage", "add", path, "--name", "Kawung"),
        ("case", "open", "--complainant", "Ani", "--picture", path),
    ):
        refused(*command, exit_code=1).refused(code)

    checked = umkm("motif", "check", path, "--no-record", "--json")
    assert checked.exit_code == 1
    assert_presentable(checked)
    if case == "folder":  # its pictures are meant, and there is none
        checked.refused("folder_without_pictures")
    else:
        result = checked.json()["results"][0]
        assert (result["verdict"], result["alert"], result["matches"]) == ("not_judged", False, [])
        assert "unreadable" in result["reasons"]

    hashed = umkm("motif", "hash", path, "--json")
    assert (hashed.exit_code, hashed.json()["results"][0]["error"]) == (1, code)
    assert_presentable(hashed)


def test_unreadable_picture_among_readable_ones_hides_none(
    umkm: Run, registry: Path, prepared: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "tidak ada.png"
    result = umkm("motif", "check", missing, prepared / "motif.png", "--no-record", "--json").ok()
    first, second = result.json()["results"]
    assert (first["verdict"], second["verdict"], second["alert"]) == ("not_judged", "copy", True)


def test_picture_without_permission(
    refused: Callable[..., Result], prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = prepared / "motif.png"
    ordinary = Path.open

    def no_permission(self: Path, *args: object, **kwargs: object) -> object:
        if self == locked:
            raise PermissionError(13, "Permission denied", str(self))
        return ordinary(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", no_permission)
    refused("motif", "register", locked, "--vendor", VENDOR, "--title", "T").refused("file_not_readable")


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (500, 500)])
def test_picture_too_small_or_plain_is_not_judged(
    umkm: Run, registry: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("RGB", size, "white").save(tmp_path / "polos.png")
    result = umkm("motif", "check", tmp_path / "polos.png", "--no-record", "--json")
    assert_presentable(result)
    assert result.json()["schema"] == "umkm.check/1", result.out
    judged = result.json()["results"][0]
    assert (judged["verdict"], judged["alert"]) == ("not_judged", False)
    assert {"too_small", "too_plain"} & set(judged["reasons"])


# Names and other texts

ODD_NAMES = {
    "sql": "Robert'); DROP TABLE vendor;--",
    "markup": "[red]x[/red] [/nope] :smile:",
    "placeholders": "{name} {0} %s %(x)s",
    "formula": "=cmd|' /C calc'!A0",
    "emoji": "Bátik 🧵 الباتيك 蜡染",
}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_odd_name_is_stored_and_shown_as_it_is(umkm: Run, registry: Path, name: str) -> None:
    made = umkm("register", f"--name={name}", f"--owner={name}", f"--ref={name}", "--json").ok().json()
    assert (made["name"], made["owner"], made["ref"]) == (name, name, name)
    assert umkm("vendor", "show", name, "--json").ok().json()["code"] == made["code"]
    for args in (("vendor", "show", name), ("vendor", "list"), ("vendor", "list", "--search", name)):
        shown = umkm(*args).ok()
        assert name in shown.out
        assert_presentable(shown)
    assert counted(registry, "vendor") == 3
    umkm("audit", "verify").ok()


BAD_TEXTS = {
    "300 characters": ("Bátik 🧵" * 60)[:300],
    "control": "a\x07b",
    "300 with control": "🧵\x1b[2J\x00" * 60,
    "escape": "\x1b[31mmerah\x1b[0m",
    "NUL": "a\x00b",
    "C1": "\x9b31m",
    "direction": "\u202egnp.exe",
    "blank": "   ",
    "nothing": "",
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_text_that_cannot_be_shown_is_refused(refused: Callable[..., Result], prepared: Path, text: str) -> None:
    refused("register", f"--name={text}", exit_code=1).refused("invalid_fields")
    refused("vendor", "show", text, exit_code=1)
    if text.strip():
        refused("register", "--name", "Batik C", f"--ref={text}", exit_code=1).refused("invalid_fields")
        refused("vendor", "edit", VENDOR, f"--owner={text}", exit_code=1)
        refused("motif", "edit", MOTIF, f"--title={text}", exit_code=1)
        refused("product", "edit", PRODUCT, f"--name={text}", exit_code=1)
        refused("vendor", "list", f"--kecamatan={text}", exit_code=1)


REASONED = {
    "vendor close": ("vendor", "close", VENDOR),
    "motif withdraw": ("motif", "withdraw", MOTIF),
    "product close": ("product", "close", PRODUCT),
    "case decide": ("case", "decide", CASE, "--outcome", "weak"),
}


@pytest.mark.parametrize("command", REASONED.values(), ids=REASONED)
def test_reason_is_a_sentence_that_can_be_shown(refused: Callable[..., Result], command: tuple[str, ...]) -> None:
    refused(*command, "--reason", "\x1b[2J", exit_code=1).refused("invalid_fields")
    refused(*command, "--reason", "x" * 5000, exit_code=1).refused("invalid_fields")
    refused(*command, "--reason", "  ", exit_code=1).refused("reason_missing")
    refused(*command, exit_code=2).refused("usage")


BAD_FIELDS = [
    ("nik", "35780155089"),
    ("nik", "357801550890000X"),
    ("nib", "99"),
    ("npwp", "012345678901234"),
    ("phone", "telepon 0899 rahasia"),
    ("email", "rahasia"),
    ("address", "rahasia" * 1000),
    ("latitude", "nan"),
    ("longitude", "1e999"),
    ("employees", "9" * 400),
    ("capital", "9" * 40),
    ("since", "99999"),
    ("kbli", "x;y"),
    ("scale", "raksasa"),
    ("consent-date", "31/2/2024"),
    ("source", "\x1b"),
]


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
def test_bad_value_is_refused_and_stays_unsaid(refused: Callable[..., Result], field: str, value: str) -> None:
    personal = field in ("nik", "npwp", "phone", "email", "address")
    refused("register", "--name", "C", f"--{field}={value}", exit_code=1, secret=value if personal else "")


@pytest.mark.parametrize("language", ["id", "en"])
def test_nik_in_the_wrong_place_stays_unsaid(
    refused: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    refused("vendor", "show", NIK, exit_code=1).refused("vendor_not_found")
    refused("motif", "list", "--vendor", NIK, exit_code=1)
    refused("vendor", "close", NIK, "--reason", "Pindah", exit_code=1)
    refused("motif", "show", NIK, exit_code=1).refused("motif_not_found")
    refused("product", "add", "--name", "X", "--vendor", NIK, exit_code=1).refused("vendor_not_found")
    refused("product", "link", PRODUCT, NIK, exit_code=1).refused("motif_not_found")


def test_personal_data_is_masked_wherever_it_is_shown(umkm: Run, registry: Path) -> None:
    for args in (("list",), ("show", VENDOR), ("export",), ("list", "--nik", NIK)):
        for more in ((), ("--json",)):
            result = umkm("vendor", *args, *more).ok()
            assert "Batik A" in result.out
            assert_presentable(Result(0, result.out.replace("\ufeff", ""), result.err))


def test_texts_beside_a_motif_and_a_case(refused: Callable[..., Result], prepared: Path) -> None:
    image = prepared / "motif.png"
    for text in ("\x1b[2J", "x" * 5000):
        for option in ("--title", "--ref", "--source", "--creators", "--description", "--djki-record"):
            title = () if option == "--title" else ("--title", "T")
            command = ("motif", "register", image, "--vendor", VENDOR, *title, f"{option}={text}")
            refused(*command, exit_code=1).refused("invalid_fields")
        for option in ("--name", "--ref", "--source", "--category", "--unit", "--price", "--tkdn", "--pirt", "--halal"):
            command = ("product", "add", image, "--vendor", VENDOR, "--name", "T", f"{option}={text}")
            refused(*command, exit_code=1).refused("invalid_fields")
        refused("product", "edit", PRODUCT, f"--motif={text}", exit_code=1)
        for option in ("--about", "--seller", "--seen-where", "--note", "--price", "--seen-at"):
            command = ("case", "open", "--complainant", "Ani", "--motif", MOTIF, f"{option}={text}")
            refused(*command, exit_code=1).refused("invalid_fields")
        for option in ("--object", "--territory", "--to"):
            refused("licence", "add", "--motif", MOTIF, "--vendor", OTHER_VENDOR, "--number=1", f"{option}={text}")
        refused("heritage", "add", image, f"--name={text}", exit_code=1)


@posix
def test_file_name_that_steers_a_terminal_is_shown_inert(
    umkm: Run, registry: Path, prepared: Path, tmp_path: Path
) -> None:
    odd = shutil.copy(prepared / "motif.png", tmp_path / "aneh\x1b[31m\x9b.png")
    made = umkm("motif", "register", odd, "--vendor", OTHER_VENDOR, "--title", "[red]x[/red]", "--json").ok().json()
    for args in (
        ("motif", "show", made["code"]),
        ("motif", "list"),
        ("motif", "export"),
        ("product", "add", odd, "--vendor", OTHER_VENDOR, "--name", "[red]y[/red]"),
        ("product", "list"),
        ("product", "show", "P-SBY-00002-14"),
        ("product", "check", odd),
        ("product", "export"),
        ("motif", "hash", odd),
        ("motif", "compare", odd, MOTIF),
        ("case", "list"),
    ):
        for more in ((), ("--json",)):
            assert_presentable(umkm(*args, *more).ok())
    assert "[red]x[/red]" in umkm("motif", "list").ok().out


# Codes, and what was done before


def test_wrong_check_digits_and_codes_of_another_kind(refused: Callable[..., Result]) -> None:
    for command in (
        ("vendor", "show"),
        ("motif", "show"),
        ("case", "show"),
        ("vendor", "close", "--reason", "x"),
        ("motif", "withdraw", "--reason", "x"),
        ("product", "show"),
        ("product", "edit", "--price", "1"),
        ("product", "close", "--reason", "x"),
        ("case", "decide", "--outcome", "weak", "--reason", "x"),
        ("licence", "end", "--reason", "x"),
    ):
        noun = command[0]
        letter = {"vendor": "U", "motif": "M", "product": "P", "case": "K", "licence": "L"}[noun]
        refused(*command, f"{letter}-SBY-00001-00", exit_code=1).refused("code_mistyped")
        another = CASE if noun == "vendor" else VENDOR
        refused(*command, another, exit_code=1).refused(f"{noun}_not_found")
        for key in ("*", "%", "_", "../..", f"{letter}-SBY-99999999999999999999-00", "' OR 1=1 --"):
            refused(*command, key, exit_code=1)


def test_second_time_is_refused(umkm: Run, refused: Callable[..., Result]) -> None:
    umkm("case", "decide", CASE, "--outcome", "weak", "--reason", "Hanya pola dasarnya").ok()
    refused("case", "decide", CASE, "--outcome", "strong", "--reason", "Lain", exit_code=1).refused("case_decided")
    umkm("motif", "withdraw", HELD, "--reason", "Permintaan pemilik").ok()
    refused("motif", "withdraw", HELD, "--reason", "Lagi", exit_code=1).refused("motif_withdrawn")
    umkm("product", "close", PRODUCT, "--reason", "Tidak dijual lagi").ok()
    refused("product", "close", PRODUCT, "--reason", "Lagi", exit_code=1).refused("product_closed")
    refused("product", "edit", PRODUCT, "--price", "1", exit_code=1).refused("product_closed")
    umkm("vendor", "close", OTHER_VENDOR, "--reason", "Pindah").ok()
    refused("vendor", "close", OTHER_VENDOR, "--reason", "Lagi", exit_code=1).refused("vendor_closed")
    refused("register", "--name", "C", "--nib", "1234567890123", exit_code=1)
    umkm("audit", "verify").ok()


# Usage

WRONG_USAGE = [
    ("nope",),
    ("--nope",),
    ("\x1b[31m",),
    (),
    ("vendor",),
    ("vendor", "nope"),
    ("vendor", "list", "--nope"),
    ("vendor", "list", "--\x1b[31m"),
    ("vendor", "list", "--limit", "0"),
    ("vendor", "list", "--limit", "x"),
    ("vendor", "show"),
    ("vendor", "show", "a", "b"),
    ("vendor", "import"),
    ("vendor", "import", "a\x00b.csv"),
    ("motif", "check"),
    ("motif", "check", "x.png", "--top", "0"),
    ("motif", "check", "x.png", "--top", "-1"),
    ("motif", "register", "x.png"),
    ("product", "add", "--name", "x"),
    ("product", "link", PRODUCT),
    ("case", "decide", CASE, "--outcome", "maybe", "--reason", "x"),
    ("status", "extra"),
]


@pytest.mark.parametrize("args", WRONG_USAGE)
def test_wrong_usage(umkm: Run, registry: Path, args: tuple[str, ...]) -> None:
    before = contents(registry)
    result = umkm(*args, "--json")
    assert result.exit_code == 2
    result.refused("usage")
    assert_presentable(result)
    people = umkm(*args)
    assert people.exit_code == 2
    assert "Traceback" not in people.err
    assert contents(registry) == before


@posix
@pytest.mark.parametrize(
    "args",
    [
        (b"register", b"--name", b"a\xff\xfe"),
        (b"vendor", b"show", b"\xff"),
        (b"vendor", b"close", VENDOR.encode(), b"--reason", b"\xff"),
        (b"motif", b"compare", b"\xff.png", b"\xff"),
    ],
)
def test_bytes_that_are_no_text(registry: Path, args: tuple[bytes, ...]) -> None:
    before = contents(registry)
    result = as_user(*args, b"--json")
    document = result.refused(result.json()["error"])
    assert document["error"] != "internal", document
    assert result.exit_code in (1, 2)
    assert_presentable(result)
    assert contents(registry) == before


# Sheets

BROKEN_SHEETS: dict[str, tuple[bytes, str]] = {
    "missing column": (b"a;b\n1;2\n", "column_missing"),
    "NUL": (b"name;vendor;title;image\nA\x00B;;;\n", "table_has_nul"),
    "empty": (b"", "table_empty"),
    "binary": (bytes(range(256)) * 8, "not_a_table"),
    "open quotation": (b'name;vendor;title;image\n"A;;;\nB;;;\n', "quote_open"),
    "picture": (b"\x89PNG\r\n\x1a\n", "not_a_table"),
    "100,000 columns": (b";".join(b"k%d" % n for n in range(100_000)) + b"\nx\n", "too_many_columns"),
}


@pytest.mark.parametrize("kind", ["vendor", "motif", "product"])
@pytest.mark.parametrize("case", BROKEN_SHEETS)
def test_broken_sheet_is_refused_whole(umkm: Run, registry: Path, tmp_path: Path, kind: str, case: str) -> None:
    sheet = tmp_path / "daftar.csv"
    sheet.write_bytes(BROKEN_SHEETS[case][0])
    before = contents(registry)
    result = umkm(kind, "import", sheet, "--json")
    assert result.exit_code == 1
    document = result.json()
    assert (document["schema"], document["error"] != "internal") == ("umkm.error/1", True), document
    assert_presentable(result)
    assert len(document["message"]) < 2000
    assert contents(registry) == before
    assert [path.name for path in tmp_path.glob("*.csv")] == ["daftar.csv"]


@posix
@pytest.mark.parametrize("open_quotation", [False, True])
def test_endless_line_costs_little_memory(registry: Path, tmp_path: Path, open_quotation: bool) -> None:
    sheet = tmp_path / "daftar.csv"
    with sheet.open("wb") as file:
        file.write(b'name\n"' if open_quotation else b"name\n")
        for _ in range(30):
            file.write((b"x" * 999 + (b"\n" if open_quotation else b"x")) * 1000)
    before = contents(registry)
    measured = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:]).returncode\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n"
        "sys.exit(code)"
    )
    command = [
        sys.executable,
        "-c",
        measured,
        sys.executable,
        "-m",
        "umkm_cli",
        "vendor",
        "import",
        str(sheet),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] != "internal"
    peak = int(done.stderr.split()[-1]) / (2**20 if sys.platform == "darwin" else 2**10)
    assert peak < MAX_RSS_MB
    assert contents(registry) == before


def test_picture_outside_the_folder_fails_its_row(umkm: Run, registry: Path, prepared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "foto"
    folder.mkdir()
    outside = shutil.copy(prepared / "motif.png", tmp_path / "luar.png")
    cells = [
        "../luar.png",
        "..\\luar.png",
        str(outside),
        "/etc/passwd",
        "C:\\luar.png",
        "a/../../luar.png",
        "\\\\server\\x.png",
    ]
    try:
        (folder / "tautan.png").symlink_to(outside)
        (folder / "dalam").symlink_to(tmp_path, target_is_directory=True)
        cells += ["tautan.png", "dalam/luar.png"]
    except OSError:  # Windows lets few users make links
        pass
    sheet = tmp_path / "motif.csv"
    rows = [f"{VENDOR};Luar {number};{cell}" for number, cell in enumerate(cells)]
    sheet.write_text("vendor;title;image\n" + "\n".join(rows) + "\n", "utf-8")
    motifs = counted(registry, "motif")

    products = tmp_path / "produk.csv"
    products.write_text(sheet.read_text("utf-8").replace("title", "product name", 1), "utf-8")

    for noun, path in (("motif", sheet), ("product", products)):
        result = umkm(noun, "import", path, "--images", folder, "--json")

        document = result.imported()
        assert (document["created"], document["failed"]) == (0, len(cells))
        assert {row["problems"][0]["rule"] for row in document["rows"]} == {"path_outside"}
        assert_presentable(result)
    assert (counted(registry, "motif"), counted(registry, "product")) == (motifs, 1)


def test_sheet_with_odd_cells(umkm: Run, registry: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "daftar.csv"
    sheet.write_text(
        "nama;ref;nik;telepon;alamat\n\x1b[31mX;1;;;\n[red]x[/red];2;;;\n=1+1;3;;;\n"
        '"Robert\'); DROP TABLE vendor;--";4;;;\nC;5;357801550890000X;rahasia 0899;Jalan Rahasia 5\nok;6;;;\x1b\n',
        "utf-8",
    )
    before = counted(registry, "vendor")
    document = umkm("vendor", "import", sheet, "--json").ok()
    assert_presentable(document, "357801550890000X")
    assert (document.json()["created"], document.json()["failed"]) == (3, 3)
    people = umkm("vendor", "import", sheet).ok()
    assert_presentable(people, "357801550890000X")
    assert counted(registry, "vendor") == before + 3
    names = [vendor["name"] for vendor in umkm("vendor", "list", "--json").json()["vendors"]]
    assert {"[red]x[/red]", "=1+1", "Robert'); DROP TABLE vendor;--"} <= set(names)


@posix
def test_export_to_a_device_leaves_it_a_device(umkm: Run, registry: Path) -> None:
    if not Path("/dev/full").is_char_device():
        pytest.skip("no /dev/full here")
    result = umkm("vendor", "export", "/dev/full")
    assert result.exit_code == 3
    assert_presentable(result)
    assert Path("/dev/full").is_char_device()
    assert umkm("vendor", "export", "/tmp").exit_code == 3
    assert umkm("vendor", "export", registry / "tidak" / "ada.csv").exit_code == 3


# The registry's own files

COMMANDS = [("register", "--name", "C"), ("audit", "verify"), ("vendor", "list"), ("status",)]
WRITING = COMMANDS[:2]


def _garbage(home: Path) -> None:
    for path in home.glob("umkm.db*"):
        path.unlink()
    (home / "umkm.db").write_bytes(b"sampah" * 2000)


def _half(home: Path) -> None:
    data = (home / "umkm.db").read_bytes()
    (home / "umkm.db").write_bytes(data[: len(data) // 2])


def _newer(home: Path) -> None:
    with sqlite3.connect(home / "umkm.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def _database_is_folder(home: Path) -> None:
    for path in home.glob("umkm.db*"):
        path.unlink()
    (home / "umkm.db").mkdir()


def _key(data: bytes | None) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        path = home / "keys" / "registry.key"
        path.unlink()
        if data is not None:
            path.write_bytes(data)

    return damage


def _settings(data: bytes) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        (home / "settings.toml").write_bytes(data)

    return damage


def _home_is_file(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("berkas")


DAMAGES: dict[str, tuple[Callable[[Path], None], str, int, list[tuple[str, ...]]]] = {
    "garbage": (_garbage, "database_damaged", 3, COMMANDS),
    "half": (_half, "database_damaged", 3, WRITING),
    "newer": (_newer, "database_newer", 3, COMMANDS),
    "database is a folder": (_database_is_folder, "database_not_writable", 3, COMMANDS),
    "key lost": (_key(None), "key_missing", 3, WRITING),
    "key short": (_key(base64.b64encode(b"abc")), "key_damaged", 3, WRITING),
    "key garbage": (_key(b"\xff\xfe!"), "key_damaged", 3, WRITING),
    "key empty": (_key(b""), "key_damaged", 3, WRITING),
    "settings broken": (_settings(b"a = ["), "settings_unreadable", 3, COMMANDS),
    "settings not text": (_settings(b"\xff\xff"), "settings_unreadable", 3, COMMANDS),
    "office invalid": (_settings(b'office = "x y"'), "bad_setting", 2, COMMANDS),
    "home is a file": (_home_is_file, "home_not_writable", 3, COMMANDS),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_damaged_registry_is_said_and_left_alone(umkm: Run, registry: Path, case: str) -> None:
    damage, code, exit_code, commands = DAMAGES[case]
    damage(registry)
    before = [
        (path, path.read_bytes()) for path in sorted(registry.rglob("*")) if path.is_file() and "db-" not in path.name
    ]
    for command in commands:
        result = umkm(*command, "--json")
        assert (result.exit_code, result.refused(code)["error"]) == (exit_code, code)
        assert_presentable(result)
    after = [
        (path, path.read_bytes()) for path in sorted(registry.rglob("*")) if path.is_file() and "db-" not in path.name
    ]
    assert after == before


def test_home_without_permission(umkm: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_permission(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", no_permission)
    result = umkm("register", "--name", "C", "--json")
    assert result.exit_code == 3
    result.refused("home_not_writable")
    assert_presentable(result)
    assert not home.exists()


def test_full_disk_while_a_picture_is_kept(
    umkm: Run, registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = picture(tmp_path / "baru.png", 352)
    before = contents(registry)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = umkm("motif", "register", fresh, "--vendor", VENDOR, "--title", "Baru", "--json")
    assert result.exit_code in CHANGING_NOTHING
    assert result.json()["error"] != "internal", result.json()
    assert_presentable(result)
    monkeypatch.undo()
    assert before == contents(registry)


# Interrupts


def test_interrupt_in_the_middle(umkm: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from umkm_cli.registry.records import registering

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = contents(registry)
    monkeypatch.setattr(registering, "save_vendor", interrupted)
    result = umkm("register", "--name", "C", "--json")
    assert result.exit_code == 130
    result.refused("interrupted")
    assert_presentable(result)
    assert contents(registry) == before


@posix
def hears_interrupts() -> None:
    """A shell lets what it runs in the background ignore interrupts, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupt_by_signal_keeps_whole_rows(umkm: Run, registry: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "daftar.csv"
    sheet.write_text("name;ref\n" + "".join(f"Usaha {n};R{n}\n" for n in range(20_000)))
    command = [sys.executable, "-m", "umkm_cli", "vendor", "import", str(sheet), "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=hears_interrupts
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()  # the first rows are stored
        process.send_signal(signal.SIGINT)
        out, rest = process.communicate(timeout=PROCESS_TIMEOUT_S)
    err = first + rest
    assert process.returncode == 130
    assert json.loads(out)["schema"]
    assert_presentable(Result(130, out.decode(), err.decode()))
    umkm("audit", "verify").ok()
