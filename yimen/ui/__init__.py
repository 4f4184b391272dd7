"""Looks that know no domain: the page frame, components, static files."""
