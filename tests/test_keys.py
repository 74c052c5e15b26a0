"""Every key that the program can ask for has its text in both languages, and every text can be asked for."""

import pytest

from tests.catalogues import counted, messages
from tests.conftest import Run
from tests.keys import built
from tests.keys.reading import Asked, Reader
from umkm_cli.settings import LANGUAGES

NOT_FIELDS = ("schema", "views", "files", "motifs", "vendor", "motif")


def built_keys() -> list[Asked]:
    return [item for item in built.asked() if item.is_built]


def must(item: Asked) -> set[str]:
    """The keys that a pattern stands for and that are asked for without asking first whether there is one."""
    family = built.family_of(item)
    return set() if family is None or item.asking else {built.filled(item.key, name) for name in family.must}


def reachable() -> set[str]:
    families = ((item.key, built.family_of(item)) for item in built_keys())
    filled = {built.filled(key, name) for key, names in families if names for name in names.must | names.may}
    return filled | built.plain_keys()


def test_what_stands_in_a_key_that_is_built_is_known() -> None:
    unknown = [f"{item.module}:{item.line}: {item.key}" for item in built_keys() if built.family_of(item) is None]
    assert not unknown, "Say in `families` of tests/keys/built.py what may stand in the braces: " + "; ".join(unknown)


def test_what_is_known_of_built_keys_is_used() -> None:
    used = {item.key for item in built_keys()} | {item.shape for item in built_keys()}
    left = sorted(built.families().keys() - used)
    assert not left, f"No such key is built any more; take it out of tests/keys/built.py: {left}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_is_asked_for_has_its_text(language: str) -> None:
    plain = {item.key for item in built.asked() if not item.is_built} | built.template_keys()
    wanted = plain.union(*map(must, built_keys()))
    assert len(wanted) > 1200
    missing = sorted(wanted - messages(language).keys())
    assert not missing, f"Asked for, but without a text in `{language}`: {missing}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_asked_for(language: str) -> None:
    dead = sorted(messages(language).keys() - reachable())
    assert not dead, f"Nothing asks for these; take them out of both catalogues: {dead}"


def test_what_is_counted_is_asked_for_with_its_count() -> None:
    several = counted("id")
    for item in built.asked():
        keys = must(item) if item.is_built else {item.key}
        wrong = keys - several if item.counting else keys & several
        assert not wrong, f"{item.module}:{item.line}: {sorted(wrong)}: with forms for counts `tn`, without `t`"


@pytest.mark.parametrize("noun", ["vendor", "motif", "product"])
def test_all_that_is_shown_of_a_record_has_a_name(umkm: Run, registry: object, noun: str) -> None:
    umkm("product", "add", "--vendor", "A-001", "--name", "Kain", "--ref", "P-1").ok()
    ref = {"vendor": "A-001", "motif": "M-01", "product": "P-1"}[noun]
    document = umkm(noun, "show", ref, "--json").ok().json()
    assert not {f"field.{name}" for name in document if name not in NOT_FIELDS} - messages("id").keys()


READ = {
    "choice": ('t("a.b" if many else "a.c")', {"a.b", "a.c"}),
    "loop": ('[t(f"a.{n}") for n in ("b", "c")]', {"a.b", "a.c"}),
    "pairs": ('[t(f"a.{n}") for n, _ in [("b", 1), ("c", 2)]]', {"a.b", "a.c"}),
    "table": ('def f(x): return t({"x": "a.b", "y": "a.c"}.get(x, "a.d"))', {"a.b", "a.c", "a.d"}),
    "parameter": ('def f(n, m="a.d"): t(n), t(m)\nf("a.b")\nf(n="a.c")', {"a.b", "a.c", "a.d"}),
    "parameters": ('def f(m, n): t(f"{m}.{n}")\nf("a", "b")\nf("c", "d")', {"a.b", "c.d"}),
    "assignment": ('def f(x):\n  key = "a.b"\n  if x: key = "a.c"\n  t(key)', {"a.b", "a.c"}),
    "result": ('def g(x): return "b" if x else "c"\nUmkmError(g(1))', {"error.b", "error.c"}),
    "rule": ('Problem("nik", "1", rule="b")', {"rule.b"}),
    "hole": ('t(f"a.{x.value}")', {"a.{x.value}"}),
    "hole in a sum": ('t("a." + x)', {"a.{x}"}),
    "call to come": ("def f(n): t(n)", {"{n}"}),
}


@pytest.mark.parametrize("case", READ)
def test_keys_are_read_from_the_text_as_far_as_it_says_them(case: str) -> None:
    text, keys = READ[case]
    assert {item.key for item in Reader({"umkm_cli": text}).asked()} == keys


def test_a_pattern_has_a_star_for_each_hole() -> None:
    item = Asked("verdict.{what}{match['relation'] or {}}.sentence", "umkm_cli", 1)
    assert item.is_built
    assert item.shape == "verdict.**.sentence"
