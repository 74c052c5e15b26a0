"""What a report of evidence says in words: the same for the page and for the printed document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from umkm_cli.i18n import t, tn
from umkm_cli.registry.cases.case import CaseStatus
from umkm_cli.report.evidence.numbers import expected
from umkm_cli.report.evidence.shown import ShownPair, shown_pairs
from umkm_cli.report.evidence.timeline import KINDS
from umkm_cli.screening.evidence.kinds import CaseEvidence, CheckEvidence, Evidence
from umkm_cli.screening.evidence.origins import Origin, Shown
from umkm_cli.wording import case_step, match_sentence, moment, remarks_on, sentence_of, timed, verdict_label

DISCLAIMERS = ("comparison", "djki", "signature")


@dataclass(frozen=True)
class Said:
    """The verdict: what it is called, whether it asks for a person's look, and its sentences."""

    label: str
    alert: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """Something that the evidence rests on; `is_code` where it is to be compared sign by sign."""

    name: str
    value: str
    is_code: bool = False


@dataclass(frozen=True)
class SideRow:
    """A fact of both sides, the picture's first; `key` is the last part of its name in the catalogue."""

    key: str
    name: str
    values: tuple[str, str]

    @property
    def is_code(self) -> bool:
        return self.key == "sha256"


def title_of(evidence: Evidence) -> str:
    if isinstance(evidence, CaseEvidence):
        return t("evidence.title_case", code=evidence.code)
    return t("evidence.title")


def heading_of(evidence: Evidence) -> tuple[str, str]:
    """Which office made the report and when, and for whom it is."""
    provenance = evidence.provenance
    when, actor = moment(provenance.made_at), provenance.actor
    made = t("evidence.made_by", actor=actor, when=when) if actor else t("evidence.made", when=when)
    return f"{t('evidence.registry', office=provenance.office)} · {made}", t(f"evidence.edition.{provenance.edition}")


def said_of(evidence: Evidence) -> Said:
    return _said_of_check(evidence) if isinstance(evidence, CheckEvidence) else _said_of_case(evidence)


def decision_sentences(decision: Mapping[str, Any]) -> tuple[str, str]:
    """What was decided when and, where that is told, by whom; and why."""
    outcome, when = t(f"outcome.{decision['outcome']}"), moment(decision["at"])
    reason = t("evidence.case.reason", reason=decision["reason"])
    if decision.get("actor"):
        said = t("evidence.case.decided_by", date=when, outcome=outcome, actor=decision["actor"])
    else:
        said = t("evidence.case.decided", date=when, outcome=outcome)
    return said, reason


def history_rows(case: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """When, what and who, of all that happened in a case that is told."""
    events = case.get("events", [])
    return [(moment(event["at"], short=True), case_step(event, case), str(event["actor"])) for event in events]


def side_rows(pair: ShownPair) -> list[SideRow]:
    """What is known of both sides; of days it is told where they are not known."""
    query = _side_facts(pair.query, pair.pair.query_origin, pair.query_name.design)
    motif = _side_facts(pair.motif, pair.pair.motif_origin, pair.motif_name.design)
    return [
        SideRow(key, t(f"evidence.fact.{key}"), (_told(key, query[key]), _told(key, motif[key])))
        for key in query
        if key in KINDS or query[key] or motif[key]
    ]


def _told(key: str, value: str | None) -> str:
    return value or (t("evidence.unknown") if key in KINDS else "–")


def _side_facts(shown: Shown, origin: Origin, name: str) -> dict[str, str | None]:
    """What is known of a side, by the last part of its name in the catalogue (`evidence.fact.…`)."""
    vendor = origin.vendor
    published = _day(origin.first_published)
    if published and origin.first_published_place:
        published = t("evidence.dated_place", date=published, place=origin.first_published_place)
    size = t("evidence.fact.size.value", width=shown.width, height=shown.height) if shown.width else None
    return {
        "design": name,
        "vendor": " ".join(filter(None, (vendor.name, _bracketed(vendor.code)))) if vendor else None,
        "creators": ", ".join(origin.creators) or None,
        "created": _day(origin.created),
        "first_published": published,
        "registered": _day(origin.registered),
        "seen": _day(origin.seen),
        "seen_where": origin.seen_where,
        "djki": " / ".join(filter(None, (origin.djki_application, origin.djki_record))) or None,
        "filename": file_name(shown),
        "size": size,
        "sha256": shown.sha256,
    }


def basis_of(evidence: Evidence, key_id: str | None = None) -> list[Fact]:
    """With what the evidence was found, among how much, at which state of the record of changes, and who signs it."""
    engine, audit = evidence.provenance.engine, evidence.provenance.audit
    used = (("extractor", engine.extractor), ("matcher", engine.matcher), ("thresholds", engine.thresholds))
    parts = [t(f"evidence.basis.{name}", version=version) for name, version in used]
    counts = [tn(f"evidence.basis.registry_{name}", count) for name, count in engine.registry.items()]
    versions = ", ".join(f"{name} {version}" for name, version in evidence.provenance.versions.items())
    state = t("evidence.basis.audit.value", entries=audit.entries, mac=audit.mac) if audit else None
    facts = [
        Fact("engine", ", ".join(parts)),
        Fact("registry", ", ".join(counts)),
        Fact("versions", versions),
        Fact("audit", state or t("evidence.basis.audit.none"), True),
    ]
    if isinstance(evidence, CheckEvidence):
        document = evidence.checked.document()
        facts.insert(0, Fact("sha256", document["sha256"] or "", True))
        facts.insert(3, Fact("expected", expected(document["expected_false_alarms"])))
    if key_id is not None:
        facts.append(Fact("key", t("evidence.basis.key.value", id=key_id)))
    return [Fact(t(f"evidence.basis.{fact.name}"), fact.value, fact.is_code) for fact in facts if fact.value]


def file_name(shown: Shown) -> str | None:
    """Without the folders that it was given with."""
    return re.split(r"[/\\]", shown.filename)[-1] or None


def _said_of_check(evidence: CheckEvidence) -> Said:
    outcome = evidence.checked.outcome
    alerting = next((pair.match for pair in evidence.pairs if pair.match["alert"]), None)
    found = sentence_of(evidence.checked, evidence.report)
    sentence = match_sentence(alerting) if outcome.alert and alerting else found
    label = (f"{t('alert')} – " if outcome.alert else "") + verdict_label(outcome)
    return Said(label, outcome.alert, (sentence, *remarks_on(outcome, evidence.report.sender)))


def _said_of_case(evidence: CaseEvidence) -> Said:
    """What persons decided, else what the pictures show."""
    decisions, alert = evidence.case["decisions"], evidence.case["status"] != CaseStatus.DECIDED.value
    label = t(f"outcome.{decisions[-1]['outcome']}") if decisions and not alert else t("alert")
    found = [pair.sentence for pair in shown_pairs(evidence.pairs[:1])] or [t("evidence.case.without_pairs")]
    return Said(label, alert, tuple(found))


def _bracketed(code: str | None) -> str | None:
    return f"({code})" if code else None


def _day(text: str | None) -> str | None:
    return str(timed(text)) if text else None
