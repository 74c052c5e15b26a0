"""Every document by its name."""

from umkm_cli.documents.common import ErrorDocument
from umkm_cli.documents.evidence import EvidenceDocument
from umkm_cli.documents.schemas import SchemaDocument, SchemasDocument
from umkm_cli.documents.vendors import VendorDocument, VendorsDocument

DOCUMENTS: dict[str, type] = {
    "umkm.error/1": ErrorDocument,
    "umkm.evidence/1": EvidenceDocument,
    "umkm.schema/1": SchemaDocument,
    "umkm.schemas/1": SchemasDocument,
    "umkm.vendor/1": VendorDocument,
    "umkm.vendors/1": VendorsDocument,
}
