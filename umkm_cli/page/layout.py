"""The page itself, its texts filled in from the catalogues."""

from umkm_cli.page.sitting import techniques
from umkm_cli.registry.pictures.files import MAX_FILE_BYTES
from umkm_cli.report.kit.templates import rendered


def page_html() -> str:
    return rendered("umkm_cli.page", "page", techniques=techniques(), most_bytes=MAX_FILE_BYTES)
