"""Two processes at one registry; the long form is `tests/bench/concurrency.py`."""

from pathlib import Path

import pytest

from tests.bench.concurrency import import_at_once, register_at_once
from tests.bench.crash import write_motifs, write_vendors
from tests.bench.processes import Registry
from tests.conftest import Run
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.registering.registrar import HELD, Draft, MotifRegistrar
from umkm_cli.settings import read_settings


def test_two_processes_that_register_at_once_lose_nothing(tmp_path: Path) -> None:
    assert register_at_once(Registry(tmp_path / "registry"), 20) == []


@pytest.mark.parametrize("attempt", range(2))
def test_two_first_users_share_one_key_and_one_set_of_tables(attempt: int, tmp_path: Path) -> None:
    assert register_at_once(Registry(tmp_path / "registry"), 1) == []


def test_two_imports_of_one_file_give_each_vendor_once(tmp_path: Path) -> None:
    sheet = write_vendors(tmp_path, 120, 1)

    assert import_at_once(Registry(tmp_path / "registry"), sheet, 120) == []


def test_a_motif_that_another_process_registered_meanwhile_is_seen(
    umkm: Run, umkm_process: Run, tmp_path: Path
) -> None:
    from umkm_cli.screening.judging.pictures import prepare_picture

    mine, other = (umkm("register", "--name", name, "--json").ok().json()["code"] for name in ("Satu", "Dua"))
    write_motifs(tmp_path, 1, 1)
    picture = tmp_path / "pictures" / "0.png"
    office = Office(read_settings())
    registrar = MotifRegistrar(office)
    registrar.refresh()
    theirs = umkm_process("motif", "register", picture, "--vendor", other, "--title", "Asli", "--json").ok().json()

    with office.work() as work:
        registrar.refresh()
        vendor_id = umkm_id(office, mine)
        draft = Draft(vendor_id, {"title": "Tiruan", "title_key": "tiruan"})
        saved = registrar.register(work, draft, [prepare_picture(picture.read_bytes(), picture.name)])

    assert saved.held
    assert [judged.standing.code for _, outcome in saved.outcomes for judged in outcome.alerting] == [theirs["code"]]
    assert umkm("motif", "show", saved.code or "", "--json").ok().json()["status"] == HELD


def umkm_id(office: Office, code: str) -> str:
    with office.reading() as reader:
        return str(reader.value("SELECT id FROM vendor WHERE code = :code", code=code))
