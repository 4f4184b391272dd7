"""Whether this installation is well: for load balancers, scripts and the launcher."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _instance() -> str:
    """Tells two installations apart without telling anything about them."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"yimen instance", hashlib.sha256).hex()[:16]


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not. One query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database down", "instance": _instance()}, status=503)
    return JsonResponse({"status": "ok", "instance": _instance()})
