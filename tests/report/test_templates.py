"""Templates of pages: their texts are in the catalogues, and whatever they are given is escaped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError, nodes

from tests.catalogues import counted, messages
from tests.conftest import SAMPLES, Run
from tests.templates import templates, texts_named
from umkm_cli.i18n import use_language
from umkm_cli.report.evidence.facts import Fact, Said, SideRow
from umkm_cli.report.evidence.numbers import Number
from umkm_cli.report.evidence.sections import (
    BasisSection,
    CaseSection,
    ContentsSection,
    FurtherSection,
    NumbersPart,
    PairPart,
    Section,
    SidesPart,
    Table,
    VerdictSection,
)
from umkm_cli.report.evidence.timeline import SHAPES
from umkm_cli.report.kit.templates import rendered
from umkm_cli.screening.evidence.origins import Origin

HOSTILE = "\"'></p></script><script>document.title='ran'</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
HOSTILE_SECTIONS: list[tuple[Section | PairPart, int]] = [
    (VerdictSection(HOSTILE, Said(HOSTILE, True, (HOSTILE, HOSTILE)), HOSTILE), 5),
    (
        CaseSection(
            *(HOSTILE, (Fact(HOSTILE, HOSTILE),), ((HOSTILE, HOSTILE),), HOSTILE, HOSTILE),
            Table((HOSTILE,), ((HOSTILE,),)),
        ),
        9,
    ),
    (ContentsSection(HOSTILE, ((HOSTILE, HOSTILE),), (HOSTILE, HOSTILE)), 5),
    (FurtherSection(HOSTILE, HOSTILE, Table((HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),))), 7),
    (BasisSection(HOSTILE, (Fact(HOSTILE, HOSTILE), Fact(HOSTILE, HOSTILE, is_code=True))), 5),
    (NumbersPart(HOSTILE, (HOSTILE,), (Number(HOSTILE, HOSTILE, HOSTILE),)), 5),
    (
        SidesPart(
            HOSTILE,
            ((HOSTILE, Origin("picture")), (HOSTILE, Origin("motif"))),
            (SideRow(HOSTILE, HOSTILE, (HOSTILE, HOSTILE)), SideRow("sha256", HOSTILE, (HOSTILE, HOSTILE))),
            HOSTILE,
        ),
        10,
    ),
]
"""With how often what is hostile stands in each, as a text or in an attribute."""


class Elements(HTMLParser):
    """What a browser makes of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.values: list[str] = []
        self._text = ""
        self.feed(html)
        self.close()
        self._end_text()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        self.names.append(tag)
        self.values += [value for _, value in attrs if value is not None]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._end_text()

    def handle_data(self, data: str) -> None:
        self._text += data

    def _end_text(self) -> None:
        self.values.append(self._text)
        self._text = ""


@pytest.mark.parametrize("name", templates())
def test_every_text_that_a_template_names_exists_and_is_counted_where_it_is(name: str) -> None:
    named = texts_named(templates()[name])
    for language in ("id", "en"):
        assert named["t"] | named["tn"] <= messages(language).keys()
    assert named["tn"] <= counted("id")
    assert not named["t"] & counted("id")


@pytest.mark.parametrize("name", templates())
def test_no_template_says_that_something_is_safe(name: str) -> None:
    template = templates()[name]
    assert "safe" not in {used.name for used in template.find_all(nodes.Filter)}
    assert not list(template.find_all((nodes.MarkSafe, nodes.MarkSafeIfAutoescape, nodes.EvalContextModifier)))


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'title' is undefined"):
        rendered("umkm_cli.report", "document", policy="", style="", script="")


@pytest.mark.parametrize(("section", "times"), HOSTILE_SECTIONS, ids=lambda value: getattr(value, "kind", ""))
def test_whatever_a_section_holds_stays_text(section: Section | PairPart, times: int) -> None:
    use_language("id")
    given = {"section": section, "part": section, "shapes": SHAPES, "timeline_of": lambda _: None}
    seen = Elements(rendered("umkm_cli.report", f"evidence/{section.kind}", **given))
    assert not {"script", "img"} & set(seen.names)
    assert sum(value.count(HOSTILE) for value in seen.values) == times


def test_a_hostile_case_reads_as_it_was_typed(umkm: Run, home: Path, tmp_path: Path) -> None:
    """Every text that people type into a case and its motif, in one report."""
    umkm("register", "--name", HOSTILE, "--ref", "A").ok()
    picture = SAMPLES / "motifs" / "daun-bakau.jpg"
    people = ("--creators", HOSTILE, "--first-published", "1-2-2022", "--first-published-place", HOSTILE)
    motif = umkm("motif", "register", picture, "--vendor", "A", "--title", HOSTILE, *people, "--json").ok().json()
    told = ("--about", HOSTILE, "--seller", HOSTILE, "--seen-where", HOSTILE, "--note", HOSTILE)
    seen_in = ("--picture", SAMPLES / "suspect" / "crop.jpg")
    complaint = ("case", "open", "--complainant", HOSTILE, "--motif", motif["code"], *told, *seen_in)
    case = umkm(*complaint, "--json").ok().json()["code"]
    umkm("case", "object", case, "--text", HOSTILE).ok()
    umkm("case", "decide", case, "--outcome", "weak", "--reason", HOSTILE).ok()
    file = tmp_path / "kasus.html"
    umkm("case", "report", case, file).ok()
    page = file.read_text("utf-8")
    seen = Elements(page)
    assert "img" not in seen.names
    assert seen.names.count("script") == len(re.findall(r"<script[ >]", page)) == 3  # its own, the data, the signature
    assert sum(HOSTILE in value for value in seen.values) >= 14
