"""The options that describe a vendor, shared by `register` and `vendor edit`."""

from typing import Annotated

import typer

from umkm_cli.i18n import t

Owner = Annotated[str | None, typer.Option("--owner", help=t("help.vendor.owner"))]
Nik = Annotated[str | None, typer.Option("--nik", help=t("help.vendor.nik"))]
Nib = Annotated[str | None, typer.Option("--nib", help=t("help.vendor.nib"))]
Npwp = Annotated[str | None, typer.Option("--npwp", help=t("help.vendor.npwp"))]
Kbli = Annotated[str | None, typer.Option("--kbli", help=t("help.vendor.kbli"))]
Scale = Annotated[str | None, typer.Option("--scale", help=t("help.vendor.scale"))]
Kecamatan = Annotated[str | None, typer.Option("--kecamatan", help=t("help.vendor.kecamatan"))]
Kelurahan = Annotated[str | None, typer.Option("--kelurahan", help=t("help.vendor.kelurahan"))]
Address = Annotated[str | None, typer.Option("--address", help=t("help.vendor.address"))]
Phone = Annotated[str | None, typer.Option("--phone", help=t("help.vendor.phone"))]
Email = Annotated[str | None, typer.Option("--email", help=t("help.vendor.email"))]
Website = Annotated[str | None, typer.Option("--website", help=t("help.vendor.website"))]
Marketplaces = Annotated[str | None, typer.Option("--marketplaces", help=t("help.vendor.marketplaces"))]
Latitude = Annotated[str | None, typer.Option("--latitude", help=t("help.vendor.latitude"))]
Longitude = Annotated[str | None, typer.Option("--longitude", help=t("help.vendor.longitude"))]
Employees = Annotated[str | None, typer.Option("--employees", help=t("help.vendor.employees"))]
Capital = Annotated[str | None, typer.Option("--capital", help=t("help.vendor.capital"))]
AnnualSales = Annotated[str | None, typer.Option("--annual-sales", help=t("help.vendor.annual_sales"))]
Since = Annotated[str | None, typer.Option("--since", help=t("help.vendor.since"))]
Epeken = Annotated[str | None, typer.Option("--epeken", help=t("help.vendor.epeken"))]
Mbr = Annotated[str | None, typer.Option("--mbr", help=t("help.vendor.mbr"))]
Curation = Annotated[str | None, typer.Option("--curation", help=t("help.vendor.curation"))]
ConsentDate = Annotated[str | None, typer.Option("--consent-date", help=t("help.vendor.consent_date"))]
ConsentVersion = Annotated[str | None, typer.Option("--consent-version", help=t("help.vendor.consent_version"))]
