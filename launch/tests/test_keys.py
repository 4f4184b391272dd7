"""The secrets of an installation: made once, and never made again beside data that need the old ones."""

from pathlib import Path

import pytest

from launch.keys import keys_in
from launch.say import Obstacle


def test_keys_are_made_once_and_read_by_their_owner_alone(tmp_path: Path) -> None:
    keys = keys_in(tmp_path)

    assert keys_in(tmp_path) == keys
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_keys_lost_beside_their_data_are_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()

    with pytest.raises(Obstacle, match="is missing beside its database"):
        keys_in(tmp_path)


def test_keys_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")

    with pytest.raises(Obstacle, match="cannot be read as secrets"):
        keys_in(tmp_path)
