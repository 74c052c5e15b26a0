"""A status is taken as people call it, in either language, and by its key."""

import pytest

from tests.conftest import SAMPLES, Run


@pytest.fixture
def held(umkm: Run) -> None:
    """One motif that is recorded, one that waits, one that is withdrawn; a product that is closed."""
    for ref in ("A-1", "A-2"):
        umkm("register", "--name", f"Batik {ref}", "--ref", ref).ok()
    register = ("motif", "register", SAMPLES / "motifs" / "daun-bakau.jpg")
    umkm(*register, "--vendor", "A-1", "--title", "Daun", "--ref", "M-1").ok()
    umkm(*register, "--vendor", "A-2", "--title", "Daun", "--ref", "M-2").ok()
    semanggi = ("motif", "register", SAMPLES / "motifs" / "semanggi.jpg", "--vendor", "A-1", "--title", "Semanggi")
    umkm(*semanggi, "--ref", "M-3").ok()
    umkm("motif", "withdraw", "M-3", "--reason", "Permintaan").ok()
    umkm("product", "add", "--vendor", "A-1", "--name", "Tas", "--ref", "P-1").ok()
    umkm("product", "close", "P-1", "--reason", "Habis").ok()


def test_as_people_call_it(umkm: Run, held: None) -> None:
    def refs(noun: str, status: str) -> list[str]:
        return [item["ref"] for item in umkm(noun, "list", "--status", status, "--json").ok().json()[f"{noun}s"]]

    for word in ("held", "menunggu penelaahan", "Menunggu Penelaahan", "waiting for a decision", "menunggu-penelaahan"):
        assert refs("motif", word) == ["M-2"], word
    for word in ("registered", "tercatat"):
        assert refs("motif", word) == ["M-1"], word
    for word in ("withdrawn", "ditarik", "DITARIK"):
        assert refs("motif", word) == ["M-3"], word
    for word in ("all", "semua", "Semua"):
        assert refs("motif", word) == ["M-1", "M-2", "M-3"], word
    for word in ("closed", "ditutup"):
        assert refs("product", word) == ["P-1"], word
    assert refs("product", "dijual") == []


def test_an_unknown_one_is_refused_with_those_that_there_are(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = umkm("motif", "list", "--status", "tahan", "--json")
    assert "menunggu penelaahan (held), ditarik (withdrawn), semua (all)" in done.refused("unknown_status")["message"]
    assert done.exit_code == 2
    monkeypatch.setenv("UMKM_LANG", "en")
    assert "on sale (active)" in umkm("product", "list", "--status", "x", "--json").refused("unknown_status")["message"]
