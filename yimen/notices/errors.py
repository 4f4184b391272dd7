"""How a notice cannot be written. Both are bugs of the caller or of a template, not answers to people."""

from __future__ import annotations


class FactMissing(LookupError):
    """A template has a place for a fact that was not given or is not declared for the occasion."""


class NoTemplate(LookupError):
    """There are no words for the occasion in any language."""
