"""What the registry holds and what needs attention, in numbers."""

from typing import TYPE_CHECKING, cast

from umkm_cli.db.reading import Reader

if TYPE_CHECKING:
    from umkm_cli.documents.office import Counts, UnfinishedImport


def summarise(reader: Reader) -> "Counts":
    """Counts by kind and state."""
    count = reader.value
    return {
        "vendors": {
            "active": count("SELECT count(*) FROM vendor WHERE status = 'active'"),
            "closed": count("SELECT count(*) FROM vendor WHERE status = 'closed'"),
        },
        "motifs": {
            "registered": count("SELECT count(*) FROM motif WHERE status = 'registered'"),
            "held": count("SELECT count(*) FROM motif WHERE status = 'held'"),
            "withdrawn": count("SELECT count(*) FROM motif WHERE status = 'withdrawn'"),
        },
        "products": {
            "active": count("SELECT count(*) FROM product WHERE status = 'active'"),
            "closed": count("SELECT count(*) FROM product WHERE status = 'closed'"),
        },
        "cases": {
            "open": count("SELECT count(*) FROM \"case\" WHERE status = 'open'"),
            "review": count("SELECT count(*) FROM \"case\" WHERE status = 'review'"),
            "decided": count("SELECT count(*) FROM \"case\" WHERE status = 'decided'"),
        },
        "licences": count("SELECT count(*) FROM licence WHERE status = 'active'"),
        "heritage": count("SELECT count(*) FROM heritage WHERE status = 'active'"),
        "checks": count('SELECT count(*) FROM "check"'),
        "audit_entries": count("SELECT count(*) FROM audit"),
    }


def open_lookback_cases(reader: Reader) -> int:
    """Cases about what was found later that nobody has decided."""
    sql = "SELECT count(*) FROM \"case\" WHERE kind = 'lookback' AND status <> 'decided'"
    return int(reader.value(sql))


def unfinished_imports(reader: Reader) -> "list[UnfinishedImport]":
    """Imports that run, or did not come to their end, newest first, until the same file was imported again."""
    rows = reader.rows(
        "SELECT kind, filename, at, state FROM import_run run WHERE state <> 'done' AND NOT EXISTS ("
        "SELECT 1 FROM import_run again WHERE again.state = 'done' AND again.at >= run.at AND again.kind = run.kind "
        "AND again.source = run.source AND again.sha256 = run.sha256) ORDER BY at DESC LIMIT 5"
    )
    return cast("list[UnfinishedImport]", rows)


def extractors(reader: Reader) -> list[str]:
    rows = reader.rows("SELECT DISTINCT extractor FROM fingerprint ORDER BY extractor")
    return [row["extractor"] for row in rows]
