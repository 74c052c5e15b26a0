"""What is listed beside an enumeration, because it stands in another room, lists all of it."""

from enum import StrEnum
from typing import get_args

import pytest

from umkm_cli.documents import cases, checks
from umkm_cli.registry.cases.case import CaseOutcome
from umkm_cli.registry.cases.events import CaseStep
from umkm_cli.registry.records.motif_files import FileKind
from umkm_cli.report import djki_pack
from umkm_cli.screening.judging.judge import Excuse, Verdict


@pytest.mark.parametrize(
    ("literal", "enumeration"),
    [
        (cases.CaseOutcomeName, CaseOutcome),
        (cases.CaseStepName, CaseStep),
        (checks.VerdictName, Verdict),
        (checks.ExcuseName, Excuse),
    ],
)
def test_documents_know_every_word(literal: object, enumeration: type[StrEnum]) -> None:
    assert set(get_args(literal)) == {item.value for item in enumeration}


def test_every_kind_of_paper_has_its_folder_in_a_pack() -> None:
    assert set(djki_pack._FOLDERS) == set(FileKind)
