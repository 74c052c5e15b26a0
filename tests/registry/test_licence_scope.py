"""A licence covers what it names, nothing that it does not, and nothing that was not said."""

import pytest

from umkm_cli.problems import InvalidFieldsError
from umkm_cli.registry.records.licence_scope import ValidLicence, read_use, words

LICENCE = ValidLicence(
    "1",
    None,
    {"technique": words("cap"), "object": words("Kemeja, Kain panjang"), "territory": words("Kota Surabaya, Sidoarjo")},
)


@pytest.mark.parametrize(
    ("technique", "object_", "territory", "unstated", "exceeded"),
    [
        ("cap", "kemeja", "sidoarjo", (), ()),
        ("cap", "kain  PANJANG, kemeja", "Kota Surabaya; Sidoarjo", (), ()),
        ("cap", "kemeja, tas", "Sidoarjo", (), ("object",)),
        ("printing", "kemeja", "Sidoarjo", (), ("technique",)),
        ("cap", "kemeja", "Jawa Timur", (), ("territory",)),
        ("cap", "kemeja", "Indonesia", (), ("territory",)),
        (None, "kemeja", "", ("technique", "territory"), ()),
        (None, "tas", "Sidoarjo", ("technique",), ("object",)),
    ],
)
def test_scope(
    technique: str | None, object_: str, territory: str, unstated: tuple[str, ...], exceeded: tuple[str, ...]
) -> None:
    use = read_use(technique, object_, territory)
    assert (LICENCE.unstated(use), LICENCE.exceeded(use)) == (unstated, exceeded)
    assert LICENCE.covers(use) == (not unstated and not exceeded)


def test_a_licence_without_restrictions_covers_everything() -> None:
    assert ValidLicence("1", None, {"technique": words(None), "object": words(" ")}).covers(read_use(None))


def test_what_cannot_be_shown_is_refused() -> None:
    with pytest.raises(InvalidFieldsError) as refused:
        read_use("cap", "tas\x07")
    assert [(problem.field, problem.rule) for problem in refused.value.problems] == [("object", "control_characters")]
