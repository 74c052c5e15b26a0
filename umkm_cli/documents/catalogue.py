"""Every document by its name."""

from umkm_cli.documents import cases, common, licences, office, papers, schemas, vendors

DOCUMENTS: dict[str, type] = {
    "umkm.audit/1": office.AuditDocument,
    "umkm.bundle/1": papers.BundleDocument,
    "umkm.case/1": cases.CaseDocument,
    "umkm.cases/1": cases.CasesDocument,
    "umkm.clock/1": office.ClockDocument,
    "umkm.error/1": common.ErrorDocument,
    "umkm.heritage/1": licences.HeritageDocument,
    "umkm.heritages/1": licences.HeritagesDocument,
    "umkm.key/1": office.KeyDocument,
    "umkm.keys/1": office.KeysDocument,
    "umkm.licence/1": licences.LicenceDocument,
    "umkm.licences/1": licences.LicencesDocument,
    "umkm.page/1": office.PageDocument,
    "umkm.report/1": papers.ReportDocument,
    "umkm.schema/1": schemas.SchemaDocument,
    "umkm.schemas/1": schemas.SchemasDocument,
    "umkm.status/1": office.StatusDocument,
    "umkm.trusted_key/1": office.TrustedKeyDocument,
    "umkm.vendor/1": vendors.VendorDocument,
    "umkm.vendors/1": vendors.VendorsDocument,
}
