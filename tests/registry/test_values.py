"""From text to values, as people and spreadsheets write them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_cli import clock
from umkm_cli.registry.values.typed import (
    ValueProblem,
    read_count,
    read_date,
    read_decimal,
    read_flag,
    read_list,
    read_rupiah,
    read_text,
    read_year,
    shown,
)

Reader = Callable[[str], Any]


def rule_of(reader: Reader, text: str) -> str:
    with pytest.raises(ValueProblem) as refused:
        reader(text)
    return refused.value.rule


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("Rp 1.500.000,00", 1_500_000),
        ("Rp1.500.000,-", 1_500_000),
        ("Rp. 1.500.000,--", 1_500_000),
        ("IDR 1,500,000.00", 1_500_000),
        ("rp\u00a01 500 000", 1_500_000),
        ("1500000.0", 1_500_000),
        ("1500000,00", 1_500_000),
        ("0", 0),
        ("1.500", 1_500),
        ("1,500", 1_500),
        ("2.000.000.000", 2_000_000_000),
    ],
)
def test_money_however_grouped(text: str, rupiah: int) -> None:
    assert read_rupiah(text) == rupiah


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1.500.000,50", "has_cents"),
        ("1.5", "has_cents"),
        ("1,50", "has_cents"),
        ("2 juta", "money_in_words"),
        ("Rp 2,5 jt", "money_in_words"),
        ("500rb", "money_in_words"),
        ("1.5E+09", "excel_scientific"),
        ("1.50.000", "not_money"),
        ("1.500,000", "not_money"),
        ("dua ribu", "not_money"),
        ("Rp", "not_money"),
        ("-", "not_money"),
        ("--5", "not_money"),
        ("-5000", "negative"),
        ("9" * 16, "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_money_that_is_refused(text: str, rule: str) -> None:
    assert rule_of(read_rupiah, text) == rule


@given(st.integers(0, 10**15))
def test_money_round_trips_in_every_form(amount: int) -> None:
    indonesian = f"{amount:,}".replace(",", ".")
    for form in (str(amount), indonesian, f"Rp {indonesian},00", f"{amount:,}.00", f"{indonesian},-"):
        assert read_rupiah(form) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("17/8/2024", "17-08-2024", "17.8.2024", "2024-08-17", "2024/8/17", "17 Agustus 2024", "17 AGU 2024"),
        *("17-Aug-2024", "2024-08-17 00:00:00", "2024-08-17T00:00:00", " 17\u00a0agustus  2024 "),
    ],
)
def test_dates_day_first(text: str) -> None:
    assert read_date(text) == "2024-08-17"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("31/2/2024", "no_such_day"),
        ("8/17/2024", "no_such_day"),
        ("29 Februari 2023", "no_such_day"),
        ("0/0/0000", "no_such_day"),
        ("17/8/24", "two_digit_year"),
        ("17 Agustus 24", "two_digit_year"),
        ("45521", "excel_date"),
        ("kemarin", "not_a_date"),
        ("17 Agustusan 2024", "not_a_date"),
        ("2024", "not_a_date"),
    ],
)
def test_dates_that_are_refused(text: str, rule: str) -> None:
    assert rule_of(read_date, text) == rule


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_dates_round_trip(day: date) -> None:
    assert read_date(day.isoformat()) == day.isoformat()
    assert read_date(f"{day.day}/{day.month}/{day.year:04d}") == day.isoformat()


@pytest.mark.parametrize("text", ["ya", "YA", "y", "yes", "1", "true", "TRUE", " Benar "])
def test_yes(text: str) -> None:
    assert read_flag(text) is True


@pytest.mark.parametrize("text", ["tidak", "Tdk", "no", "n", "0", "false", "FALSE"])
def test_no(text: str) -> None:
    assert read_flag(text) is False


@pytest.mark.parametrize("text", ["t", "mungkin", "2", "yatidak"])
def test_neither_yes_nor_no(text: str) -> None:
    assert rule_of(read_flag, text) == "not_yes_or_no"


def test_text_is_trimmed_composed_and_freed_of_what_sheets_leave() -> None:
    assert read_text("\ufeff  Batik\u00a0Se\u0301runi \t") == "Batik S\u00e9runi"
    assert read_text("Jl. Rungkut 5\r\nSurabaya") == "Jl. Rungkut 5 Surabaya"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1b[31mb", "a\x7fb", "a\x85b", "a\u202eb", "a\udc80b"])
def test_text_that_cannot_be_shown_is_refused(text: str) -> None:
    assert rule_of(read_text, text) == "control_characters"


def test_text_has_a_limit_in_characters() -> None:
    assert read_text("🧵" * 200, 200) == "🧵" * 200
    assert rule_of(lambda text: read_text(text, 200), "🧵" * 201) == "too_long"


@given(st.text())
def test_what_is_read_reads_the_same_again_and_can_be_stored(text: str) -> None:
    try:
        read = read_text(text)
    except ValueProblem:
        return
    assert read_text(read) == read
    read.encode()


@given(st.text(st.characters()))
def test_what_a_message_repeats_can_be_printed(text: str) -> None:
    assert "\x1b" not in shown(text)
    assert len(shown(text)) <= 80
    shown(text).encode()


def test_lists() -> None:
    assert read_list("a; b ;a;;") == ["a", "b"]
    assert read_list("a, b") == ["a", "b"]
    assert read_list("x,y | z") == ["x,y", "z"]
    assert read_list(";") == []


@pytest.mark.parametrize(("text", "number"), [("-7,2575", -7.2575), ("112.75", 112.75), ("7", 7.0), ("-0,5", -0.5)])
def test_decimals_with_comma_or_point(text: str, number: float) -> None:
    assert read_decimal(text) == number


@pytest.mark.parametrize("text", ["1.234,5", "nan", "inf", "1e5", "", "7°"])
def test_decimals_that_are_refused(text: str) -> None:
    assert rule_of(read_decimal, text) == "not_a_number"


def test_counts_and_years() -> None:
    assert read_count("12") == 12
    assert read_count("1.200") == 1200
    assert rule_of(read_count, "12 orang") == "not_a_count"
    assert rule_of(read_count, "-1") == "not_a_count"
    assert read_year("1998") == 1998
    assert rule_of(read_year, str(clock.today().year + 1)) == "not_a_year"
    assert rule_of(read_year, "98") == "not_a_year"
