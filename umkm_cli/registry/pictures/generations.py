"""Which generation of fingerprints searches go by, and how many pictures still wait for the current one.

An extractor that changes leaves a registry with fingerprints of the one before; `umkm motif reindex` makes new ones.
Until the last searched picture has its new one, the older generation serves wherever the matcher can read it: nothing
becomes unfindable, and an answer in the middle is the same as before, not one by the scores of two generations.
"""

from dataclasses import dataclass

from umkm_cli.db.reading import Reader
from umkm_cli.matching.describing.generations import EXTRACTOR, READABLE
from umkm_cli.registry.pictures.designs import Design


@dataclass(frozen=True)
class IndexState:
    """Pictures that are searched; of them, those with a fingerprint by the current extractor, or by a readable one.

    Searched are the pictures of traditional patterns and of designs that are neither withdrawn nor closed.
    """

    pictures: int = 0
    current: int = 0
    readable: int = 0

    @property
    def older(self) -> int:
        """Pictures that only an older generation can find."""
        return self.readable - self.current

    @property
    def missing(self) -> int:
        """Pictures that cannot be found at all."""
        return self.pictures - self.readable

    @property
    def order(self) -> tuple[str, ...]:
        """Extractors by preference. Of older generations the oldest is the whole one: it goes when the next is."""
        return READABLE if self.current == self.pictures else READABLE[::-1]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Stable keys for what an answer must say about the index: nothing where it is up to date."""
        stale = ("index_stale",) if self.current < self.pictures else ()
        return (*stale, "index_incomplete") if self.missing else stale


def index_state(reader: Reader, *kinds: Design) -> IndexState:
    """Over the designs of these kinds, all where none is named: no search depends on what it does not search."""
    tables = kinds or tuple(Design)
    joins = " ".join(f"LEFT JOIN {kind} ON {kind}.id = view.{kind.column}" for kind in tables)
    wanted = " OR ".join(f"{kind}.status <> '{kind.gone}'" for kind in tables)
    names = _names(READABLE)
    has = "SELECT 1 FROM fingerprint WHERE fingerprint.sha256 = searched.sha256 AND fingerprint.extractor"
    row = reader.one(
        "SELECT count(*) AS pictures, "
        f"sum(CASE WHEN EXISTS ({has} = :newest) THEN 1 ELSE 0 END) AS up_to_date, "
        f"sum(CASE WHEN EXISTS ({has} IN ({_list(names)})) THEN 1 ELSE 0 END) AS readable "
        f"FROM (SELECT DISTINCT view.sha256 AS sha256 FROM view {joins} "
        "LEFT JOIN heritage ON heritage.id = view.heritage_id "
        f"WHERE {wanted} OR heritage.status = 'active') AS searched",
        newest=EXTRACTOR,
        **names,
    )
    assert row is not None, "an aggregate has one row"
    return IndexState(row["pictures"], row["up_to_date"] or 0, row["readable"] or 0)


def serving(index: IndexState) -> tuple[str, dict[str, str]]:
    """SQL for the one row of `fingerprint` that a row of `view` is searched by, and the parameters of that SQL."""
    names = _names(index.order)
    ranks = " ".join(f"WHEN :{name} THEN {rank}" for rank, name in enumerate(names))
    best = (
        "SELECT kept.extractor FROM fingerprint AS kept "
        f"WHERE kept.sha256 = view.sha256 AND kept.extractor IN ({_list(names)}) "
        f"ORDER BY CASE kept.extractor {ranks} END LIMIT 1"
    )
    return f"fingerprint.sha256 = view.sha256 AND fingerprint.extractor = ({best})", names


def _names(extractors: tuple[str, ...]) -> dict[str, str]:
    return {f"extractor_{position}": extractor for position, extractor in enumerate(extractors)}


def _list(names: dict[str, str]) -> str:
    return ", ".join(f":{name}" for name in names)
