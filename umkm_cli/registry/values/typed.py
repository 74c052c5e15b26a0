"""From the text that a person typed or a sheet holds to a value. Options and imports read alike.

Each reader takes non-empty text and raises `ValueProblem` with a stable rule key.
"""

import re
import unicodedata
from datetime import date, timedelta

from umkm_cli import clock

MAX_CHARS = 2000
MAX_RUPIAH = 10**15
_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb", "pebruari"),
    ("maret", "march", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "ags", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov"),
    ("desember", "december", "des", "dec"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_YES = frozenset({"ya", "y", "yes", "true", "1", "benar", "ada", "iya"})
_NO = frozenset({"tidak", "tdk", "no", "n", "false", "0", "bukan", "belum", "salah"})
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u2064\u3164\ufeff\uffa0"
"""What takes no room and says nothing, marks of direction among it; what joins letters or picks their form is none."""
_ZERO_WIDTH = re.compile(f"[{INVISIBLE}]")
_UNSHOWABLE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff{INVISIBLE}]")
"""Control characters, what turns the direction of text, and halves of pairs that no encoding holds."""


class ValueProblem(ValueError):  # noqa: N818 - it is reported, not raised to the user
    """Text that cannot be the value it should be."""

    def __init__(self, rule: str, **params: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.params = params


def clean(text: str) -> str:
    """NFC, ordinary spaces, nothing invisible, trimmed: what a spreadsheet leaves behind is not the clerk's fault."""
    return _SPACES.sub(" ", _ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text))).strip()


def read_text(text: str, limit: int = MAX_CHARS) -> str:
    """Rules `control_characters`, `too_long`. Line breaks inside become spaces."""
    cleaned = clean(re.sub(r"[\r\n\u2028\u2029]+", " ", text))
    if _UNSHOWABLE.search(cleaned):
        raise ValueProblem("control_characters")
    if len(cleaned) > limit:
        raise ValueProblem("too_long", limit=limit, length=len(cleaned))
    return cleaned


def shown(text: str, limit: int = 80) -> str:
    """What was typed, fit to be printed in a message about it."""
    visible = _UNSHOWABLE.sub("\ufffd", text)
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


def read_name(text: str) -> str:
    return read_text(text, 200)


def read_list(text: str) -> list[str]:
    """Parts between `;`, `|` or line breaks, else between commas; each once."""
    separator = r"[;|\n]" if re.search(r"[;|\n]", text) else ","
    parts = [read_text(part, 300) for part in re.split(separator, text)]
    return list(dict.fromkeys(part for part in parts if part))


def read_rupiah(text: str) -> int:
    """Whole rupiah, however grouped: `Rp 1.500.000,00`, `1,500,000`, `1500000`. Rules `not_money`, `has_cents`, ….

    A single separator followed by three digits groups thousands, `1,500` too, since no sum has thousandths of a rupiah.
    Sen are accepted where they are zero. Number words (`2 juta`) are refused: what they count is not always rupiah.
    """
    cleaned = re.sub(r"(?i)^(-?)\s*(rp\.?|idr)\s*", r"\1", clean(text)).replace(" ", "")
    cleaned = re.sub(r",-+$", "", cleaned)
    digits = _whole(re.sub(r"^[-+]", "", cleaned)).lstrip("0")
    if cleaned.startswith("-") and digits:
        raise ValueProblem("negative")
    if len(digits) > len(str(MAX_RUPIAH)) or int(digits or 0) > MAX_RUPIAH:
        raise ValueProblem("too_large")
    return int(digits or 0)


def _whole(text: str) -> str:
    for group, point in ((".", ","), (",", ".")):
        form = rf"(\d{{1,3}}(?:\{group}\d{{3}})+|\d+)(?:\{point}(\d{{1,2}}))?"
        if found := re.fullmatch(form, text):
            if int(found[2] or 0):
                raise ValueProblem("has_cents")
            return found[1].replace(group, "")
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", text):
        raise ValueProblem("excel_scientific")
    raise ValueProblem(
        "money_in_words" if re.search(r"\d.*(juta|jt|rb|ribu|miliar|milyar|triliun|[mk]$)", text, re.I) else "not_money"
    )


def read_count(text: str) -> int:
    cleaned = re.sub(r"^(\d+)[.,]0$", r"\1", clean(text))  # a fraction to the program that wrote it
    if not re.fullmatch(r"\d{1,3}(?:\.\d{3}){0,2}|\d{1,9}", cleaned):
        raise ValueProblem("not_a_count")
    return int(cleaned.replace(".", ""))


def read_year(text: str) -> int:
    cleaned = clean(text)
    if not re.fullmatch(r"\d{4}", cleaned) or not 1800 <= int(cleaned) <= clock.today().year:
        raise ValueProblem("not_a_year", latest=clock.today().year)
    return int(cleaned)


def read_decimal(text: str) -> float:
    cleaned = clean(text).replace(",", ".")
    if not re.fullmatch(r"[-+]?\d{1,9}(?:\.\d{1,12})?", cleaned):
        raise ValueProblem("not_a_number")
    return float(cleaned)


def read_flag(text: str) -> bool:
    word = clean(text).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueProblem("not_yes_or_no")


def read_date(text: str) -> str:
    """ISO day. The day comes first where the year does not. Rules `not_a_date`, `two_digit_year`, `no_such_day`, ….

    Dates of tomorrow and later are left to the caller: a licence may end in the future, a birth may not.
    """
    cleaned = clean(text)
    cleaned = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$", "", cleaned)
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", cleaned):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", cleaned):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if re.fullmatch(r"\d{1,2}[-/. ](\d{1,2}|[A-Za-z]+)[-/. ]\d{2}", cleaned):
        raise ValueProblem("two_digit_year")
    if found := re.fullmatch(r"(\d{1,2})[- ]([A-Za-z]+)\.?[- ](\d{4})", cleaned):
        month = _MONTH_OF.get(found[2].casefold())
        if month is not None:
            return _day(int(found[3]), month, int(found[1]))
    if found := re.fullmatch(r"([34]\d{4})(?:\.\d+)?", cleaned):
        likely = date(1899, 12, 30) + timedelta(days=int(found[1]))
        raise ValueProblem("excel_date", likely=f"{likely.day}/{likely.month}/{likely.year}")
    raise ValueProblem("not_a_date")


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise ValueProblem("no_such_day") from error
