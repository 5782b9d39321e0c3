"""Drawings of claims: the interactive page and the figures for reports."""

from __future__ import annotations

__all__: list[str] = []
