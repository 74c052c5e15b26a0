"""What the demonstration showed, as scripts read it."""

from typing import Literal

from typing_extensions import TypedDict

from umkm_cli.documents.checks import CheckResultDocument, VerdictName


class ShownStepDocument(TypedDict):
    """A picture that was checked to show a verdict; `vendor` is the `ref` of the business that handed it in."""

    expected: VerdictName
    found: VerdictName
    as_expected: bool
    vendor: str | None
    technique: str | None
    result: CheckResultDocument


class DemoDocument(TypedDict):
    """Every verdict once; `home` is the folder of the demonstration's registry, null where it was not kept."""

    schema: Literal["umkm.demo/1"]
    home: str | None
    as_expected: bool
    steps: list[ShownStepDocument]
