"""Yimen (一门): one hall, one window, one website, one number."""

__version__ = "0.1.0"
