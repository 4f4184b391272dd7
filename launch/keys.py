"""The secrets of one installation: made once, kept in a file that only its owner reads."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from launch.say import Obstacle


@dataclass(frozen=True, slots=True)
class Keys:
    """Passwords of the three logins, Django's secret, and the key ring for personal data."""

    postgres: str
    yimen_admin: str
    yimen: str
    secret_key: str
    data_keys: str


def new_keys() -> Keys:
    """Fresh ones, from the system's randomness."""
    return Keys(
        postgres=secrets.token_urlsafe(24),
        yimen_admin=secrets.token_urlsafe(24),
        yimen=secrets.token_urlsafe(24),
        secret_key=secrets.token_urlsafe(48),
        data_keys="1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
    )


def keys_in(home: Path) -> Keys:
    """The keys of this home; made at the first call. Lost keys of a database that is there are said, not replaced."""
    path = home / "secrets.json"
    try:
        return Keys(**json.loads(path.read_text(encoding="ascii")))
    except FileNotFoundError:
        pass
    except (ValueError, TypeError):
        raise Obstacle(
            f"{path} cannot be read as secrets: restore it, or remove {home} and lose the demo data."
        ) from None
    if (home / "data").exists():
        raise Obstacle(f"{path} is missing beside its database: restore it, or remove {home} and lose the demo data.")
    keys = new_keys()
    unfinished = path.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(asdict(keys)), encoding="ascii")
    unfinished.replace(path)
    return keys
