"""A sheet names pictures inside one folder, however it spells them, and none outside."""

import os
from pathlib import Path

import pytest

from umkm_cli.importing.paths import picture_paths
from umkm_cli.problems import InvalidFieldsError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "foto motif"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.png", "sub/b.png"):
        (folder / name).write_bytes(b"x")
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "foto motif 2").mkdir()
    return folder


def names(folder: Path, cell: str) -> list[str]:
    return [path.relative_to(folder.resolve()).as_posix() for path in picture_paths(folder, cell)]


def rules(folder: Path, cell: str) -> list[str]:
    with pytest.raises(InvalidFieldsError) as caught:
        picture_paths(folder, cell)
    return [problem.rule for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a.png", ["a.png"]),
        ("./a.png", ["a.png"]),
        ("sub/b.png", ["sub/b.png"]),
        ("sub\\b.png", ["sub/b.png"]),
        ("sub\\..\\a.png", ["a.png"]),
        ("a.png; sub/b.png", ["a.png", "sub/b.png"]),
        ("a.png|sub/b.png|", ["a.png", "sub/b.png"]),
        ("a.png\na.png", ["a.png"]),
        ('"a.png"', ["a.png"]),
        ("WhatsApp Image 2024-05-01 at 10.00.jpeg", ["WhatsApp Image 2024-05-01 at 10.00.jpeg"]),
    ],
)
def test_paths_inside(folder: Path, cell: str, found: list[str]) -> None:
    assert names(folder, cell) == found


def test_an_absolute_path_inside_is_accepted(folder: Path) -> None:
    assert names(folder, str(folder / "sub" / "b.png")) == ["sub/b.png"]


@pytest.mark.parametrize(
    "cell",
    [
        "../secret.png",
        "..\\secret.png",
        "sub/../../secret.png",
        "../foto motif 2/a.png",
        "/etc/passwd",
        "\\\\server\\share\\a.png",
        "C:\\Users\\x\\a.png",
        "a\0.png",
    ],
)
def test_paths_outside_fail(folder: Path, cell: str) -> None:
    assert rules(folder, cell) == ["path_outside"]


def test_every_bad_path_of_a_cell_is_named(folder: Path) -> None:
    assert rules(folder, "../x.png; a.png; /y.png") == ["path_outside", "path_outside"]


@pytest.mark.parametrize("cell", ["", " ; | "])
def test_no_path_at_all(folder: Path, cell: str) -> None:
    assert rules(folder, cell) == ["required"]


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege on Windows")
def test_a_link_that_leaves_the_folder_fails_and_one_that_stays_does_not(folder: Path, tmp_path: Path) -> None:
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "up").symlink_to(tmp_path)
    (folder / "in.png").symlink_to(folder / "a.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")

    assert rules(folder, "out.png") == ["path_outside"]
    assert rules(folder, "up/secret.png") == ["path_outside"]
    assert rules(folder, "loop.png") == ["path_outside"]
    assert names(folder, "in.png") == ["a.png"]
    linked = tmp_path / "linked"
    linked.symlink_to(folder)
    assert names(linked, "a.png") == ["a.png"]
    assert names(linked, str(linked / "a.png")) == ["a.png"]
