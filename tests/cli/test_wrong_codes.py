"""Codes that are mistyped or of another kind, and what was done already."""

from collections.abc import Callable

from tests.conftest import Result, Run
from tests.refusals import CASE, HELD, OTHER_VENDOR, PRODUCT, VENDOR


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
