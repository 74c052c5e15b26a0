"""Files that leave the office, as scripts read of them: reports and bundles of cases, and what verifying them finds."""

from typing import Literal

from typing_extensions import TypedDict


class ReportDocument(TypedDict):
    """Where the report of a case was written."""

    schema: Literal["umkm.report/1"]
    case: str
    report: str


class SigningKey(TypedDict):
    id: str
    office: str


class BundleDocument(TypedDict):
    """Where a case's evidence was written, all of it as one archive of these files, and with which key it is signed."""

    schema: Literal["umkm.bundle/1"]
    case: str
    file: str
    made_at: str
    key: SigningKey
    files: list[str]
