"""A report of evidence is one list of sections: which there are when, and that both forms show all of them."""

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from tests.conftest import SAMPLES, Run
from tests.documents import pdf_text
from tests.templates import PACKAGE
from umkm_cli.i18n import use_language
from umkm_cli.registry.office.office import Office
from umkm_cli.report.evidence.html_report import evidence_page
from umkm_cli.report.evidence.pdf_report import evidence_pdf
from umkm_cli.report.evidence.sections import (
    SHOWN,
    BasisSection,
    CaseSection,
    ContentsSection,
    FurtherSection,
    PairPart,
    PairSection,
    Section,
    sections_of,
)
from umkm_cli.screening.asking.checks import check_pictures, sender_of
from umkm_cli.screening.evidence.gathering import evidence_of_case, evidence_of_check
from umkm_cli.screening.evidence.kinds import Evidence
from umkm_cli.screening.evidence.parties import for_the_parties
from umkm_cli.settings import read_settings

SHARED = {"lists", "drawings"}
PAIR_PARTS = ["pictures", "overlay", "numbers", "sides"]


@pytest.fixture
def office(registry: Path) -> Office:
    use_language("id")
    return Office(read_settings())


def of_check(office: Office, name: str) -> Evidence:
    report = check_pictures(office, [str(SAMPLES / "suspect" / f"{name}.jpg")], sender_of(office, None, None))
    return evidence_of_check(office, report, report.results[0])


def of_case(office: Office, umkm: Run) -> Evidence:
    (case,) = umkm("case", "list", "--json").ok().json()["cases"]
    return evidence_of_case(office, case["code"])


def kinds(evidence: Evidence) -> list[str]:
    return [section.kind for section in sections_of(evidence)]


def test_every_kind_has_a_template_and_every_template_a_kind() -> None:
    drawn = {path.name.partition(".")[0] for path in (PACKAGE / "report" / "templates" / "evidence").iterdir()}
    known = {kind.kind for kind in (*get_args(Section), *get_args(PairPart))}
    assert drawn - SHARED == known


def test_a_check_that_finds_nothing_shows_its_picture(office: Office) -> None:
    assert kinds(of_check(office, "unregistered")) == ["verdict", "picture", "basis"]


def test_one_pair_needs_no_contents_and_no_verdict_of_its_own(office: Office) -> None:
    found = sections_of(of_check(office, "crop"))
    assert [section.kind for section in found] == ["verdict", "pair", "basis"]
    pair = found[1]
    assert isinstance(pair, PairSection)
    assert pair.sentence is None
    assert [part.kind for part in pair.parts] == PAIR_PARTS


def test_many_pairs_have_contents_and_the_last_stand_in_a_table(office: Office) -> None:
    evidence = of_check(office, "crop")
    many = replace(evidence, pairs=evidence.pairs * (SHOWN + 2))
    found = sections_of(many)
    assert [section.kind for section in found] == ["verdict", "contents", *["pair"] * SHOWN, "further", "basis"]
    contents, further = found[1], found[-2]
    assert isinstance(contents, ContentsSection)
    assert isinstance(further, FurtherSection)
    assert [place for place, _ in contents.pairs] == [f"pair-{number}" for number in range(1, SHOWN + 1)]
    assert contents.further is not None
    assert len(further.table.rows) == 2


def test_parties_of_a_case_see_no_history_and_no_overlay_of_what_is_hidden(umkm: Run, office: Office) -> None:
    umkm("register", "--name", "Kain Lain", "--ref", "B").ok()
    umkm("motif", "register", SAMPLES / "suspect" / "crop.jpg", "--vendor", "B", "--title", "X", "--unpublished").ok()
    code = umkm("case", "list", "--json").ok().json()["cases"][-1]["code"]
    inside = evidence_of_case(office, code)
    outside = for_the_parties(inside)
    assert kinds(inside) == kinds(outside) == ["verdict", "case", "pair", "basis"]
    for evidence, parts, told in ((inside, PAIR_PARTS, True), (outside, ["pictures", "numbers", "sides"], False)):
        _, case, pair, _ = sections_of(evidence)
        assert isinstance(case, CaseSection)
        assert isinstance(pair, PairSection)
        assert [part.kind for part in pair.parts] == parts
        assert (case.history is not None) is told


@pytest.mark.parametrize("of", ["crop", "mirrored", "unregistered", "case"])
def test_page_and_paper_show_every_section(umkm: Run, office: Office, tmp_path: Path, of: str) -> None:
    evidence = of_case(office, umkm) if of == "case" else of_check(office, of)
    paper = tmp_path / "laporan.pdf"
    paper.write_bytes(evidence_pdf(evidence).data)
    page = html.unescape(re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]+>", " ", evidence_page(evidence).html))
    seen = {"page": _close(page), "paper": _close(pdf_text(paper))}
    for section in sections_of(evidence):
        for told in (section, *(section.parts if isinstance(section, PairSection) else ())):
            for form, text in seen.items():
                assert _close(told.title) in text or (form, told.kind) == ("paper", "contents"), (form, told.title)


def test_only_a_report_that_is_signed_names_a_key(office: Office) -> None:
    evidence = of_check(office, "unregistered")
    unsigned, signed = (sections_of(evidence, key)[-1] for key in (None, "4TGB"))
    assert isinstance(unsigned, BasisSection)
    assert isinstance(signed, BasisSection)
    assert signed.facts[:-1] == unsigned.facts
    assert "4TGB" in signed.facts[-1].value


def _close(text: str) -> str:
    """Without spaces: sheets break long lines."""
    return "".join(text.split())
