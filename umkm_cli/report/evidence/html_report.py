"""The evidence as one page for people: it opens without a network, in any browser, and prints on a few sheets."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from umkm_cli.i18n import t
from umkm_cli.report.evidence.album import PICTURE, Album
from umkm_cli.report.evidence.facts import (
    DISCLAIMERS,
    basis_of,
    decision_sentences,
    file_name,
    heading_of,
    history_rows,
    said_of,
    title_of,
)
from umkm_cli.report.evidence.pair import article, picture_figure
from umkm_cli.report.evidence.shown import ShownPair, brief_columns, brief_row, shown_pairs
from umkm_cli.report.kit.html import document
from umkm_cli.report.kit.markup import Markup, element, joined
from umkm_cli.screening.evidence.documents import evidence_document
from umkm_cli.screening.evidence.kinds import CaseEvidence, CheckEvidence, Evidence
from umkm_cli.wording import case_facts

SHOWN = 5
"""Pairs with their pictures; the page says the others in a table."""


@dataclass(frozen=True)
class EvidencePage:
    """`parts`: texts that stand in `html` exactly once each, `evidence` (JSON) and the Base64 of each picture."""

    html: str
    parts: Mapping[str, str]


def evidence_page(evidence: Evidence, key_id: str | None = None) -> EvidencePage:
    """The page in the user's language, of the edition that `evidence` is (see `for_the_parties`).

    `key_id` names the office's key where the page is going to be signed.
    """
    album = Album()
    pairs = shown_pairs(evidence.pairs)
    shown = pairs[0].query if pairs else evidence.picture if isinstance(evidence, CheckEvidence) else None
    name = album.add("picture", shown, PICTURE) if shown else None
    articles = [article(pair, album, sentence=len(pairs) > 1) for pair in pairs[:SHOWN]]
    alone = None
    if shown is not None and not pairs:
        caption = file_name(shown) or t("evidence.the_picture")
        figure = picture_figure(shown, name, caption, alternative=t("evidence.the_picture"))
        alone = element("section", element("h2", t("evidence.the_picture")), figure, class_="alone")
    stored = _as_json(evidence_document(evidence))
    title = title_of(evidence)
    body = [
        element("header", element("h1", title), *_heading(evidence)),
        element(
            "main",
            _verdict(evidence),
            _case(evidence),
            _index(pairs),
            alone,
            *articles,
            _further(pairs[SHOWN:]),
            _basis(evidence, key_id),
        ),
        _footer(),
        album.kept(),
        element("script", Markup(stored), type="application/json", id="evidence"),
    ]
    html = document(title, _static("evidence.css"), _static("evidence.js"), joined(body))
    return EvidencePage(html, {"evidence": stored, **album.parts})


def _heading(evidence: Evidence) -> list[Markup]:
    made, edition = heading_of(evidence)
    return [element("p", made), element("p", edition, class_="edition")]


def _verdict(evidence: Evidence) -> Markup:
    said = said_of(evidence)
    return element(
        "section",
        element("h2", t("evidence.verdict")),
        element("p", said.label, class_="label"),
        *(element("p", sentence, class_="sentence") for sentence in said.sentences),
        element("p", t("evidence.comparison_only"), class_="quiet"),
        class_="verdict alerts" if said.alert else "verdict",
    )


def _case(evidence: Evidence) -> Markup | None:
    if not isinstance(evidence, CaseEvidence):
        return None
    case = evidence.case
    facts = [element("div", element("dt", name), element("dd", str(value))) for name, value in case_facts(case)]
    decisions = [_decision(item) for item in case.get("decisions") or []]
    return element(
        "section",
        element("h2", t("evidence.case")),
        element("dl", *facts),
        *(decisions or [element("p", t("evidence.case.undecided"))]),
        _history(case),
        class_="case",
    )


def _decision(item: Mapping[str, Any]) -> Markup:
    said, reason = decision_sentences(item)
    return element("p", element("strong", said), " ", reason)


def _history(case: Mapping[str, Any]) -> Markup | None:
    rows = history_rows(case)
    if not rows:
        return None
    names = [t(f"evidence.case.{name}") for name in ("when", "what", "who")]
    return Markup(element("h3", t("evidence.case.history")) + _table(names, rows))


def _index(pairs: list[ShownPair]) -> Markup | None:
    if len(pairs) < 2:
        return None
    links = [element("li", element("a", item.heading, href=f"#pair-{item.number}")) for item in pairs[:SHOWN]]
    more = element("li", element("a", t("evidence.more"), href="#more")) if len(pairs) > SHOWN else None
    return element(
        "nav", element("h2", t("evidence.index")), element("ol", *links), more and element("ul", more), class_="index"
    )


def _further(pairs: list[ShownPair]) -> Markup | None:
    if not pairs:
        return None
    note = element("p", t("evidence.more.note"))
    return element(
        "section",
        element("h2", t("evidence.more")),
        note,
        _table(brief_columns(pairs), map(brief_row, pairs)),
        id="more",
    )


def _basis(evidence: Evidence, key_id: str | None) -> Markup:
    shown = [
        element(
            "div", element("dt", fact.name), element("dd", element("code", fact.value) if fact.is_code else fact.value)
        )
        for fact in basis_of(evidence)
    ]
    if key_id is not None:
        value = t("evidence.basis.key.value", id=key_id)
        shown.append(element("div", element("dt", t("evidence.basis.key")), element("dd", value)))
    return element("section", element("h2", t("evidence.basis")), element("dl", *shown), class_="basis")


def _footer() -> Markup:
    said = [element("li", t(f"evidence.disclaimer.{name}")) for name in DISCLAIMERS]
    return element("footer", element("h2", t("evidence.disclaimers")), element("ul", *said))


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    head = element("tr", *(element("th", name, scope="col") for name in columns))
    body = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    table = element("table", element("thead", head), element("tbody", *body))
    return element("div", table, class_="wide", tabindex="0", role="region", aria_label=t("evidence.more"))


def _as_json(stored: Mapping[str, Any]) -> str:
    """As it can stand in a script element: no markup begins in it."""
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def _static(name: str) -> str:
    return files("umkm_cli.report").joinpath("static", name).read_text("utf-8")
