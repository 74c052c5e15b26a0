"""The bench of size runs, reduced: among some hundred views the index names nearly every attacked picture's."""

from pathlib import Path

from tests.bench.scale import measured, pictures_of


def test_the_index_names_what_is_looked_for(tmp_path: Path) -> None:
    small, larger = measured(pictures_of(None)[:12], [100, 400], 12, tmp_path)
    assert (small.views, larger.views) == (100, 400)
    assert small.found[-1] >= larger.found[-1] >= 0.75
    assert 4_500 < larger.bytes_each < 20_000
