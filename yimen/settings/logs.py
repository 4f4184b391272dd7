"""How the platform logs: one line for one fact, on standard error; never the variables of a failing function.

What stands in a variable may be a telephone or an ID number, so a traceback here is the plain one of Python.
"""

from __future__ import annotations

import sys
from typing import Any

import structlog


def configure(log_format: str) -> None:
    """Set structlog up for this process: ``json`` for machines, ``console`` for eyes."""
    look: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    if log_format == "console":
        look = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *look,
        ],
        logger_factory=lambda *_args: structlog.PrintLogger(sys.stderr),
    )
