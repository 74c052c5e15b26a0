"""The types of picture that are kept; apart from what reads them, so that asking where one lies loads no library."""

_EXTENSIONS = {
    "PNG": ".png",
    "JPEG": ".jpg",
    "WEBP": ".webp",
    "TIFF": ".tif",
    "BMP": ".bmp",
    "HEIC": ".heic",
    "HEIF": ".heif",
    "AVIF": ".avif",
}


def extension(format: str) -> str:
    """The suffix under which a file of this type is stored, with its dot."""
    return _EXTENSIONS[format]
