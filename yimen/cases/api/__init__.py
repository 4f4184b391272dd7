"""Cases for other systems: file, act, read."""

from yimen.cases.api import acts, file, read
from yimen.cases.api.desk import router

__all__ = ["acts", "file", "read", "router"]
