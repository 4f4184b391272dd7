"""The same acts for other systems: one API under ``/api/v1``, with problem documents for every refusal."""
