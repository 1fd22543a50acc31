"""Communique: the world's news in, structured diplomatic events out."""

__version__ = "0.1.0"
