"""Traditional patterns that nobody owns: their names and reference pictures."""

from typing import TYPE_CHECKING, cast

from umkm_cli.db.reading import Reader
from umkm_cli.registry.values.folding import fold

if TYPE_CHECKING:
    from umkm_cli.db.tables import Heritage
    from umkm_cli.documents.licences import ListedHeritage
    from umkm_cli.registry.office.work import Work


def heritage_named(work: "Work", name: str, origin: str | None, source_note: str | None) -> tuple["Heritage", bool]:
    """The pattern of this name, made where it is new (then True)."""
    from sqlmodel import select

    from umkm_cli.db.tables import Heritage
    from umkm_cli.registry.office.codes import CodeKind

    known = work.session.exec(
        select(Heritage).where(Heritage.name_key == fold(name), Heritage.status == "active")
    ).first()
    if known is not None:
        said = {"origin": origin, "source_note": source_note}
        work.changed("heritage", known, {key: value for key, value in said.items() if value is not None})
        return known, False
    pattern = Heritage(
        code=work.code(CodeKind.HERITAGE), name=name, name_key=fold(name), origin=origin, source_note=source_note
    )
    work.created("heritage", pattern)
    return pattern, True


def list_heritage(reader: Reader) -> "list[ListedHeritage]":
    rows = reader.rows(
        "SELECT heritage.code AS code, heritage.name AS name, heritage.origin AS origin, "
        "heritage.source_note AS source_note, count(view.id) AS pictures, heritage.created_at AS created_at "
        "FROM heritage LEFT JOIN view ON view.heritage_id = heritage.id WHERE heritage.status = 'active' "
        "GROUP BY heritage.id, heritage.code, heritage.name, heritage.origin, heritage.source_note, "
        "heritage.created_at ORDER BY heritage.name"
    )
    return cast("list[ListedHeritage]", rows)
