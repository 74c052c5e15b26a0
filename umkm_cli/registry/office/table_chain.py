"""The audit chain through the tables, in the session of the changes that it records."""

from sqlalchemy import select
from sqlmodel import Session

from umkm_cli.db.reading import Reader, Row
from umkm_cli.db.store import session_reader
from umkm_cli.db.tables import Audit, AuditHead


class TableChain:
    """See `audit.Chain`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._head: AuditHead | None = None

    @property
    def reader(self) -> Reader:
        return session_reader(self._session)

    def head(self) -> Row | None:
        self._head = self._session.execute(select(AuditHead).with_for_update()).scalar_one_or_none()
        return None if self._head is None else self._head.model_dump()

    def entry(self, seq: int) -> Row | None:
        found = self._session.get(Audit, seq)
        return None if found is None else found.model_dump()

    def append(self, entry: Row, head: Row) -> None:
        self._session.add(Audit(**entry))
        if self._head is None:
            self._head = AuditHead(**head)
        for name, value in head.items():
            setattr(self._head, name, value)
        self._session.add(self._head)
