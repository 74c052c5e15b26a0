"""The kelurahan of Surabaya by code and by name, what somebody may have meant, and in which kecamatan they lie."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from umkm_cli.problems import Level, Problem
from umkm_cli.registry.values.region_codes import SURABAYA, find_kelurahan, kecamatan_name
from umkm_cli.registry.values.typed import ValueProblem

LIKE_PERCENT = 60
"""How alike a name must be to be suggested; what is less alike says nothing to whoever reads it."""


@dataclass(frozen=True)
class Kelurahan:
    """`merged_into` is the code of the one that a former kelurahan is part of now."""

    code: str
    name: str
    merged_into: str | None = None

    @property
    def kecamatan(self) -> str:
        """The code."""
        return self.code[:8]


@cache
def kelurahan_of_surabaya() -> dict[str, Kelurahan]:
    """By code, former ones too."""
    lines = files("umkm_cli.registry.values").joinpath("kelurahan_surabaya.csv").read_text("utf-8").splitlines()
    known = [Kelurahan(*line.split(";")) for line in lines if not line.startswith("#")]
    return {item.code: item for item in known}


def kelurahan_named(text: str, kecamatan: str | None) -> list[Kelurahan]:
    """Those of Surabaya with this name, only those in `kecamatan` (a code) where it has one.

    Case, spacing, and a leading "Kel." are forgiven. Wonorejo is the name of two.
    """
    key = _kelurahan_key(text)
    named = [item for item in kelurahan_of_surabaya().values() if _kelurahan_key(item.name) == key]
    return [item for item in named if item.kecamatan == kecamatan] or named


def nearest_kelurahan(text: str, kecamatan: str | None) -> Kelurahan | None:
    """The one that somebody may have meant: of `kecamatan` (a code) where any there is like it at all."""
    from rapidfuzz import fuzz, process

    today = _today()
    key = _kelurahan_key(text)
    for among in ([item for item in today if item.kecamatan == kecamatan], today):
        keys = [_kelurahan_key(item.name) for item in among]
        if found := process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=LIKE_PERCENT):
            return among[found[2]]
    return None


def kelurahan_name(code: str | None) -> str | None:
    """For people; what is no code of Surabaya stays as it is."""
    known = kelurahan_of_surabaya().get(code) if code else None
    return known.name if known else code


def read_kelurahan(text: str) -> str:
    """A code with its dots, or a name as it stands, for `judge_kelurahan`, which knows the kecamatan, too.

    Rules `kelurahan_form`, `kelurahan_code_unknown`.
    """
    code = find_kelurahan(text)
    if code is None and re.search(r"\d", text):
        raise ValueProblem("kelurahan_form")
    if code is None or not code.startswith(SURABAYA) or code in kelurahan_of_surabaya():
        return code or text
    there = [f"{item.name} ({item.code})" for item in _today() if item.kecamatan == code[:8]]
    raise ValueProblem("kelurahan_code_unknown" if there else "kelurahan_form", there=", ".join(there))


def judge_kelurahan(read: dict[str, Any], problems: list[Problem], known: Mapping[str, Any]) -> None:
    """A name becomes its code where it is one of Surabaya's; what is unknown is kept as written.

    The code holds the kecamatan's, which is taken from it where none is stated.
    """
    text = read.get("kelurahan")
    if not text:
        return
    kecamatan = read.get("kecamatan", known.get("kecamatan"))
    code = find_kelurahan(text)
    if code is None and (kecamatan is None or kecamatan.startswith(SURABAYA)):
        code = _code_of_kelurahan(text, kecamatan, problems)
    if code is None:
        return
    former = kelurahan_of_surabaya().get(code)
    if former and former.merged_into:
        code = former.merged_into
        today = {"name": former.name, "now": kelurahan_name(code)}
        problems.append(Problem("kelurahan", text, "kelurahan_merged", Level.WARNING, today))
    read["kelurahan"] = code
    if not kecamatan:
        read["kecamatan"] = code[:8]
    elif kecamatan != code[:8]:
        where = {"actual": kecamatan_name(code[:8]), "stated": kecamatan_name(kecamatan)}
        problems.append(Problem("kelurahan", text, "kelurahan_elsewhere", Level.WARNING, where))


def _code_of_kelurahan(name: str, kecamatan: str | None, problems: list[Problem]) -> str | None:
    """Of Surabaya, by name; None with a warning where no one or more than one is called so."""
    found = kelurahan_named(name, kecamatan)
    if len(found) == 1:
        return found[0].code
    if found:
        places = ", ".join(f"{kecamatan_name(item.kecamatan)} ({item.code})" for item in found)
        problems.append(Problem("kelurahan", name, "kelurahan_ambiguous", Level.WARNING, {"places": places}))
    elif nearest := nearest_kelurahan(name, kecamatan):
        meant = {"nearest": nearest.name, "kecamatan": kecamatan_name(nearest.kecamatan), "code": nearest.code}
        problems.append(Problem("kelurahan", name, "kelurahan_unknown", Level.WARNING, meant))
    else:
        problems.append(Problem("kelurahan", name, "kelurahan_unlike", Level.WARNING))
    return None


def _today() -> list[Kelurahan]:
    return [item for item in kelurahan_of_surabaya().values() if item.merged_into is None]


def _kelurahan_key(text: str) -> str:
    return re.sub(r"[^a-z]", "", re.sub(r"^(kelurahan|kel)[.\s]+", "", text.strip().lower()))
