"""What people work with in Python: `Documents` and `Claims`, and how they are shown.

Everything here is at hand as ``geo.NAME``. Ordinary pandas and geopandas objects
go in and come out; the objects themselves never change.
"""

from __future__ import annotations

__all__: list[str] = []
