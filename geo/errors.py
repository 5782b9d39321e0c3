"""The errors this package raises on purpose.

Every message says what went wrong, where, what was expected and what to do
next, so that the command line can print it as it is.
"""

from __future__ import annotations

__all__ = [
    "BoundaryError",
    "GazetteerError",
    "GeoError",
    "ReadError",
    "SchemaError",
    "UsageError",
    "WriteError",
]


class GeoError(Exception):
    """Base of all errors that a user can do something about."""


class UsageError(GeoError):
    """The request itself is wrong: a missing path, an unknown option value."""


class ReadError(GeoError):
    """An input file or its metadata cannot be read safely."""


class WriteError(GeoError):
    """An output file cannot be written: a full disk, missing rights. What was there is still whole."""


class GazetteerError(GeoError):
    """A table under ``data/`` contradicts itself."""


class BoundaryError(GeoError):
    """A boundaries file does not hold the 34 provinces as it must."""


class SchemaError(GeoError):
    """A table lacks columns or holds values that the contract does not allow."""
