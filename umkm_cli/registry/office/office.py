"""The registry as the use cases see it: one object that writes, audits and reads."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.db.moments import now
from umkm_cli.db.reading import Reader, reading
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.office.loss import find_loss, refuse_emptied
from umkm_cli.registry.office.secrets import Secrets, open_secrets, settle_key
from umkm_cli.registry.office.work import Work
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.db.store import Store
    from umkm_cli.registry.office.audit import AuditTrail
    from umkm_cli.registry.office.notes import Notes


@dataclass
class Office:
    """This office's registry. Cheap to make; what needs the heavy libraries loads when it is first used."""

    settings: Settings
    _up_to_date: bool = field(default=False, init=False, repr=False)

    @contextlib.contextmanager
    def work(self, *, clock_answered: bool = False) -> Iterator[Work]:
        """All that happens inside is kept together with its audit entries, or nothing is.

        Raises `UmkmError` where something of the registry is gone (see `loss`), and `clock_behind` unless the clock is
        `clock_answered` for.
        """
        secrets = self.secrets
        if not self._up_to_date:
            self._bring_up_to_date(clock_answered)
        with self._transaction(secrets, clock_answered) as work:
            yield work
        self._settle_key(work.audit)

    @contextlib.contextmanager
    def notes(self, database: Path) -> Iterator["Notes"]:
        """The same for rows that stand alone, in `database`, which is this registry's SQLite file: nothing heavy loads.

        Raises as `work` does.
        """
        from umkm_cli.db.examination import examine_daily
        from umkm_cli.db.plain import plain_transaction
        from umkm_cli.registry.office.audit import AuditTrail
        from umkm_cli.registry.office.notes import Notes, PlainChain

        secrets = self.secrets
        if not self._up_to_date:
            self._bring_up_to_date(False)
        examine_daily(self.settings)
        with plain_transaction(self.settings, database) as writer:
            trail = AuditTrail(PlainChain(writer), secrets, self.settings.actor)
            yield Notes(writer, trail, self.settings)
        self._settle_key(trail)

    @contextlib.contextmanager
    def reading(self, *, unchanging: bool = False) -> Iterator[Reader]:
        """`unchanging`: the registry of one moment (see `reading_only`).

        Raises `UmkmError` `database_emptied` where pictures or keys tell that there was something to read.
        """
        with reading(self.settings, unchanging=unchanging) as reader:
            refuse_emptied(self.settings, reader)
            yield reader

    def begin(self) -> None:
        """Make sure that the record of changes has begun and may go on, before something is made that outlives it.

        Raises `UmkmError` as `work` does.
        """
        from umkm_cli.db.schema import HEAD
        from umkm_cli.registry.office.trusted_time import REGISTRY, clock_behind, is_behind

        with self.reading() as reader:
            if (loss := find_loss(self.settings, reader)) is not None:
                raise loss
            last = reader.value("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")
        if last is None:
            with self.work() as work:
                work.record("begin", REGISTRY, HEAD)
        elif is_behind(now(), last):
            raise clock_behind(now(), last)

    def close(self) -> None:
        """Let go of the registry's files; whoever writes next opens them again."""
        store: Store | None = self.__dict__.pop("_store", None)
        if store is not None:
            store.close()

    @cached_property
    def secrets(self) -> Secrets:
        """Raises `UmkmError` as `open_secrets` does, where something is gone (see `loss`), and `wrong_key`."""
        with reading(self.settings) as reader:
            if (loss := find_loss(self.settings, reader)) is not None:
                raise loss
            head = reader.one("SELECT key_id FROM audit_head WHERE id = 1")
        secrets = open_secrets(self.settings, registry_is_empty=head is None)
        if head is not None and head["key_id"] not in (None, secrets.id):
            raise UmkmError("wrong_key", exit_code=MISSING)
        return secrets

    def _bring_up_to_date(self, clock_answered: bool) -> None:
        from umkm_cli.registry.office.adopting import bring_up_to_date, is_up_to_date

        with self.reading() as reader:
            done = is_up_to_date(reader, self.secrets)
        if not done:
            with self._transaction(self.secrets, clock_answered) as work:
                bring_up_to_date(work)
        self._up_to_date = True

    @contextlib.contextmanager
    def _transaction(self, secrets: Secrets, clock_answered: bool) -> Iterator[Work]:
        from umkm_cli.registry.office.audit import AuditTrail
        from umkm_cli.registry.office.table_chain import TableChain

        with self._store.transaction() as session:
            trail = AuditTrail(TableChain(session), secrets, self.settings.actor, clock_answered=clock_answered)
            yield Work(session, trail, secrets, self.settings)

    def _settle_key(self, trail: "AuditTrail") -> None:
        if trail.begun:
            with contextlib.suppress(OSError):  # whoever works next tries again
                settle_key(self.settings)

    @cached_property
    def _store(self) -> "Store":
        from umkm_cli.db.store import Store

        return Store(self.settings)
