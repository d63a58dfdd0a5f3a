"""Samspil: Danish cross-sector collaboration models in operation."""

__version__ = "0.1.0"
