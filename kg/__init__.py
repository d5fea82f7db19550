"""ZoneKG: newspaper pages in, an evidence-backed knowledge graph out, offline."""

__version__ = "0.1.0"
