"""The environment, read once and typed. docs/settings.md describes every setting; a house test compares."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Environment:
    """What an operator may set. Names in the environment are the field names in capitals after ``YIMEN_``."""

    #: ``postgresql://user:password@host:port/database``; the login must be a member of the role it takes.
    database_url: str
    #: ``yimen_app`` for everything that serves people; ``yimen_owner`` for migrations.
    database_role: str
    #: Connections kept open by one web process.
    pool_size: int
    #: Where files given or made are kept, outside the code.
    data_dir: Path
    #: Django's secret: sessions, signatures of forms.
    secret_key: str
    #: ``number:base64(32 bytes)``, comma separated, newest first: what personal data are sealed with.
    data_keys: str
    #: Comma separated host names this installation answers to.
    hosts: str
    #: Full addresses (scheme and host) that may post forms, comma separated.
    origins: str
    #: The address people reach, for links and QR codes.
    base_url: str
    #: A file with the shift of the clock in seconds; empty outside the demo.
    clock_file: str
    #: ``host:port`` of the mail server; empty keeps mail waiting in its table.
    smtp: str
    #: Which SMS gateway carries words: ``demo`` (an inbox page) or a module of ``channels.gateways``.
    sms_gateway: str
    #: Which mail gateway: ``demo`` or ``smtp``.
    mail_gateway: str
    #: The address from which mail comes.
    mail_from: str
    #: Where the demo's SMS gateway listens: ``http://127.0.0.1:PORT/sms``; empty keeps SMS waiting.
    demo_sms_url: str
    #: ``json`` or ``console``.
    log_format: str
    #: The largest file that is taken, in megabytes.
    max_upload_mb: int
    #: The largest picture that is taken, in million pixels.
    max_picture_megapixels: int
    #: The longest PDF that is taken, in pages.
    max_pdf_pages: int


def read(source: dict[str, str] | None = None) -> Environment:
    """The settings of this process, from ``YIMEN_…`` variables (``DATABASE_URL`` is taken too)."""
    given = dict(os.environ) if source is None else source

    def text(name: str, default: str) -> str:
        return given.get(f"YIMEN_{name}", default)

    return Environment(
        database_url=text("DATABASE_URL", given.get("DATABASE_URL", "postgresql://yimen@127.0.0.1:5432/yimen")),
        database_role=text("DATABASE_ROLE", "yimen_app"),
        pool_size=int(text("POOL_SIZE", "0")),
        data_dir=Path(text("DATA_DIR", str(ROOT / ".yimen" / "data"))),
        secret_key=text("SECRET_KEY", ""),
        data_keys=text("DATA_KEYS", ""),
        hosts=text("HOSTS", "127.0.0.1,localhost"),
        origins=text("ORIGINS", ""),
        base_url=text("BASE_URL", "http://127.0.0.1:8000"),
        clock_file=text("CLOCK_FILE", ""),
        smtp=text("SMTP", ""),
        sms_gateway=text("SMS_GATEWAY", "demo"),
        mail_gateway=text("MAIL_GATEWAY", "demo"),
        mail_from=text("MAIL_FROM", "no-reply@localhost"),
        demo_sms_url=text("DEMO_SMS_URL", ""),
        log_format=text("LOG_FORMAT", "json"),
        max_upload_mb=int(text("MAX_UPLOAD_MB", "20")),
        max_picture_megapixels=int(text("MAX_PICTURE_MEGAPIXELS", "50")),
        max_pdf_pages=int(text("MAX_PDF_PAGES", "200")),
    )


ENV = read()
