"""Where a business lies: kecamatan, kelurahan and coordinates, as people write them."""

from typing import Any

from umkm_cli.problems import Level, Problem
from umkm_cli.registry.values.fields import ValueReader, Warnings
from umkm_cli.registry.values.kelurahan import read_kelurahan
from umkm_cli.registry.values.region_codes import find_kecamatan, find_kelurahan, is_listed, nearest_kecamatan
from umkm_cli.registry.values.typed import ValueProblem, read_decimal, read_text

_INDONESIA = ((-11.5, 6.5), (94.5, 141.5))


def kecamatan(text: str, warnings: Warnings) -> str:
    name = read_text(text, 100)
    code = find_kecamatan(name)
    if code is None:
        raise ValueProblem("kecamatan_unknown", nearest=nearest_kecamatan(name))
    if not is_listed(code.replace(".", "")):
        warnings.append(("region_unlisted", {}))
    return code


def kelurahan(text: str, warnings: Warnings) -> str:
    name = read_kelurahan(read_text(text, 100))
    code = find_kelurahan(name)
    if code and not is_listed(code[:8].replace(".", "")):
        warnings.append(("region_unlisted", {}))
    return name


def within(limit: float) -> ValueReader:
    def read(text: str, _: Warnings) -> float:
        number = read_decimal(text)
        if abs(number) > limit:
            raise ValueProblem("not_a_place", limit=limit)
        return number

    return read


def judge_place(read: dict[str, Any], problems: list[Problem]) -> None:
    """A place has both coordinates, and lies in Indonesia."""
    place = (read.get("latitude"), read.get("longitude"))
    if (place[0] is None) != (place[1] is None) and not {"latitude", "longitude"} <= read.keys():
        problems.append(Problem("latitude", "", "coordinates_incomplete", Level.WARNING))
    elif any(x is not None and not low <= x <= high for x, (low, high) in zip(place, _INDONESIA, strict=True)):
        problems.append(Problem("latitude", "", "outside_indonesia", Level.WARNING))
