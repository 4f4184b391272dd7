"""Clusters for the tests of the supervisor."""

from __future__ import annotations

from pathlib import Path

from launch.postgres import Cluster
from launch.programs import programs


def a_cluster(home: Path, *, password: str = "only-for-tests") -> Cluster:
    """A quick cluster that is not made yet."""
    return Cluster(home, programs(), password, home / "postgres.log", durable=False)
