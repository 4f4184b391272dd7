"""The demo: one machine, invented people, a clock that can be moved."""

from yimen.settings.base import *

DEMO = True
#: Passkeys are tried on ``http://localhost``.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
