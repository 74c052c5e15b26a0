"""The evidence as one page for people: it opens without a network, in any browser, and prints on a few sheets."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from umkm_cli.i18n import t
from umkm_cli.report.album import PICTURE, Album
from umkm_cli.report.evidence_pair import article, file_name, kind_of_event, picture_figure
from umkm_cli.report.html import document
from umkm_cli.report.markup import Markup, Piece, element, joined
from umkm_cli.report.numbers import expected
from umkm_cli.report.shown import ShownPair, query_name, registered_name, shown_pairs
from umkm_cli.screening.evidence import Evidence
from umkm_cli.wording import case_facts, dated, day, match_sentence, remarks_on, sentence_of, verdict_label

SHOWN = 5
"""Pairs with their pictures; the page says the others in a table."""


@dataclass(frozen=True)
class EvidencePage:
    """`parts`: texts that stand in `html` exactly once each, `evidence` (JSON) and the Base64 of each picture."""

    html: str
    parts: Mapping[str, str]


def evidence_page(evidence: Evidence) -> EvidencePage:
    """The page in the user's language, of the edition that `evidence` is (see `for_the_parties`)."""
    album = Album()
    pairs = shown_pairs(evidence.pairs)
    shown = pairs[0].query if pairs else evidence.picture
    name = album.add("picture", shown, PICTURE) if shown else None
    articles = [article(pair, album, sentence=len(pairs) > 1) for pair in pairs[:SHOWN]]
    alone = None
    if shown is not None and not pairs:
        caption = file_name(shown) or t("evidence.the_picture")
        figure = picture_figure(shown, name, caption, alternative=t("evidence.the_picture"))
        alone = element("section", element("h2", t("evidence.the_picture")), figure, class_="alone")
    stored = _as_json(evidence.document())
    title = _title(evidence)
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
            _basis(evidence),
        ),
        _footer(),
        album.kept(),
        element("script", Markup(stored), type="application/json", id="evidence"),
    ]
    html = document(title, _static("evidence.css"), _static("evidence.js"), joined(body))
    return EvidencePage(html, {"evidence": stored, **album.parts})


def _title(evidence: Evidence) -> str:
    if evidence.case is not None:
        return t("evidence.title_case", code=evidence.case["code"])
    return t("evidence.title")


def _heading(evidence: Evidence) -> list[Markup]:
    edition = "parties" if evidence.for_parties else "internal"
    moment: dict[str, str] = {"date": day(evidence.made_at), "time": evidence.made_at[11:16]}
    made = t("evidence.made_by", actor=evidence.actor, **moment) if evidence.actor else t("evidence.made", **moment)
    registry = t("evidence.registry", office=evidence.office)
    return [element("p", f"{registry} · {made}"), element("p", t(f"evidence.edition.{edition}"), class_="edition")]


def _verdict(evidence: Evidence) -> Markup:
    said = _said_of_check(evidence) if evidence.checked else _said_of_case(evidence)
    label, alert, sentences = said
    return element(
        "section",
        element("h2", t("evidence.verdict")),
        element("p", label, class_="label"),
        *(element("p", sentence, class_="sentence") for sentence in sentences),
        element("p", t("evidence.comparison_only"), class_="quiet"),
        class_="verdict alerts" if alert else "verdict",
    )


def _said_of_check(evidence: Evidence) -> tuple[str, bool, list[str]]:
    assert evidence.checked is not None
    checked, report = evidence.checked
    outcome = checked.outcome
    alerting = next((pair.match for pair in evidence.pairs if pair.match["alert"]), None)
    sentence = match_sentence(alerting) if outcome.alert and alerting else sentence_of(checked, report)
    label = (f"{t('alert')} – " if outcome.alert else "") + verdict_label(outcome)
    return label, outcome.alert, [sentence, *remarks_on(outcome, report.sender)]


def _said_of_case(evidence: Evidence) -> tuple[str, bool, list[str]]:
    """What persons decided, else what the pictures show."""
    case = evidence.case or {}
    decisions = case.get("decisions") or []
    alert = case.get("status") != "decided"
    label = t(f"outcome.{decisions[-1]['outcome']}") if decisions and not alert else t("alert")
    found = [match_sentence(pair.match) for pair in evidence.pairs[:1]] or [t("evidence.case.without_pairs")]
    return label, alert, found


def _case(evidence: Evidence) -> Markup | None:
    case = evidence.case
    if case is None:
        return None
    facts = [element("div", element("dt", name), element("dd", str(value))) for name, value in case_facts(case)]
    decisions = [_decision(item) for item in case.get("decisions") or []]
    return element(
        "section",
        element("h2", t("evidence.case")),
        element("dl", *facts),
        *(decisions or [element("p", t("evidence.case.undecided"))]),
        _history(case.get("events") or []),
        class_="case",
    )


def _decision(item: Mapping[str, Any]) -> Markup:
    outcome, when = t(f"outcome.{item['outcome']}"), day(item["at"])
    if item.get("actor"):
        said = t("evidence.case.decided_by", date=when, outcome=outcome, actor=item["actor"])
    else:
        said = t("evidence.case.decided", date=when, outcome=outcome)
    return element("p", element("strong", said), " ", t("evidence.case.reason", reason=item["reason"]))


def _history(events: Iterable[Mapping[str, Any]]) -> Markup | None:
    rows = [(str(dated(event.get("at")) or "–"), _event(event), str(event.get("actor") or "–")) for event in events]
    if not rows:
        return None
    names = [t(f"evidence.case.{name}") for name in ("when", "what", "who")]
    return Markup(element("h3", t("evidence.case.history")) + _table(names, rows))


def _event(event: Mapping[str, Any]) -> str:
    text = event.get("text")
    return kind_of_event(str(event.get("kind"))) + (f": {text}" if text else "")


def _index(pairs: list[ShownPair]) -> Markup | None:
    if len(pairs) < 2:
        return None
    links = [
        element("li", element("a", f"{registered_name(item.pair)}", href=f"#pair-{item.number}"))
        for item in pairs[:SHOWN]
    ]
    more = element("li", element("a", t("evidence.more"), href="#more")) if len(pairs) > SHOWN else None
    return element(
        "nav", element("h2", t("evidence.index")), element("ol", *links), more and element("ul", more), class_="index"
    )


def _further(pairs: list[ShownPair]) -> Markup | None:
    if not pairs:
        return None
    columns = [t("evidence.side.query"), t("evidence.side.motif"), *map(t, _FURTHER_COLUMNS)]
    rows = [
        (
            query_name(item.pair),
            registered_name(item.pair),
            item.pair.match["vendor"]["name"],
            t(f"verdict.{item.pair.match['relation']}.label"),
            *(f"±{round(item.pair.match[area] * 100)}%" for area in ("query_area", "motif_area")),
        )
        for item in pairs
    ]
    note = element("p", t("evidence.more.note"))
    return element("section", element("h2", t("evidence.more")), note, _table(columns, rows), id="more")


_FURTHER_COLUMNS = ("column.vendor", "column.relation", "column.picture_area", "column.design_area")


def _basis(evidence: Evidence) -> Markup:
    engine = evidence.engine
    parts = [t(f"evidence.basis.{name}", version=engine[name]) for name in ("extractor", "matcher", "thresholds")]
    counts = [
        t(f"evidence.basis.{name}", n=engine[name])
        for name in ("registry_motifs", "registry_products", "registry_views")
        if engine.get(name) is not None
    ]
    audit = evidence.audit
    head = t("evidence.basis.audit.value", **audit) if audit else t("evidence.basis.audit.none")
    facts: list[tuple[str, Piece]] = [
        ("engine", ", ".join(parts)),
        ("registry", ", ".join(counts) or None),
        ("versions", ", ".join(f"{name} {version}" for name, version in evidence.versions.items())),
        ("audit", element("code", head)),
    ]
    if evidence.checked is not None:
        checked, _ = evidence.checked
        document = checked.document()
        facts.insert(0, ("sha256", element("code", document["sha256"])))
        facts.insert(3, ("expected", expected(document["expected_false_alarms"])))
    shown = [
        element("div", element("dt", t(f"evidence.basis.{name}")), element("dd", value))
        for name, value in facts
        if value
    ]
    return element("section", element("h2", t("evidence.basis")), element("dl", *shown), class_="basis")


def _footer() -> Markup:
    said = [element("li", t(f"evidence.disclaimer.{name}")) for name in ("comparison", "djki", "signature")]
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
