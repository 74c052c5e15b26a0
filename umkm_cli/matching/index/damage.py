"""That a segment is damaged; told without the libraries that read one."""


class DamagedSegment(ValueError):  # noqa: N818
    """The file is not what was written: cut, altered, or not a segment at all."""
