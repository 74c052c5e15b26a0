"""Every document by its name."""

from umkm_cli.documents import checks, common, comparing, evidence, licences, office, schemas, vendors

DOCUMENTS: dict[str, type] = {
    "umkm.audit/1": office.AuditDocument,
    "umkm.check/1": checks.CheckDocument,
    "umkm.clock/1": office.ClockDocument,
    "umkm.compare/1": comparing.CompareDocument,
    "umkm.duplicates/1": comparing.DuplicatesDocument,
    "umkm.error/1": common.ErrorDocument,
    "umkm.evidence/1": evidence.EvidenceDocument,
    "umkm.hash/1": comparing.HashDocument,
    "umkm.heritage/1": licences.HeritageDocument,
    "umkm.heritages/1": licences.HeritagesDocument,
    "umkm.key/1": office.KeyDocument,
    "umkm.keys/1": office.KeysDocument,
    "umkm.licence/1": licences.LicenceDocument,
    "umkm.licences/1": licences.LicencesDocument,
    "umkm.page/1": office.PageDocument,
    "umkm.reindex/1": comparing.ReindexDocument,
    "umkm.schema/1": schemas.SchemaDocument,
    "umkm.schemas/1": schemas.SchemasDocument,
    "umkm.status/1": office.StatusDocument,
    "umkm.trusted_key/1": office.TrustedKeyDocument,
    "umkm.vendor/1": vendors.VendorDocument,
    "umkm.vendors/1": vendors.VendorsDocument,
}
