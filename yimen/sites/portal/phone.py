"""What a phone asks for when the portal is put on its first screen; and what robots may read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.sites.frame import institution

#: What the offline page needs; its own address first.
SHELL_SHEETS = ("tokens", "base", "frame", "forms", "parts", "steps", "portal", "print")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown when there is no connection: knows nobody and nothing, may lie in the phone for ever."""
    return render(request, "sites/offline.html")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The web app manifest, in the reader's language."""
    name = str(institution().name)
    words = {
        "id": "/",
        "name": name,
        "short_name": _("Yimen"),
        "description": _("File, follow and collect: government services through one door."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0f3a71",
        "icons": [
            {"src": static("ui/icons/door.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(_icon(size, purpose) for size in (192, 512) for purpose in ("any", "maskable")),
        ],
    }
    return JsonResponse(words, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def _icon(size: int, purpose: str) -> dict[str, str]:
    name = f"door-{size}.png" if purpose == "any" else f"door-mask-{size}.png"
    return {"src": static(f"ui/icons/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows the offline page; it stands at the top so that it covers every page."""
    shell = [static(f"ui/css/{sheet}.css") for sheet in SHELL_SHEETS]
    answer = render(request, "sites/sw.js", {"shell": shell}, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Guides may be found; whatever concerns one person, one case or the staff may not be looked for."""
    closed = ("/my/", "/desk/", "/check/", "/verify/", "/accounts/", "/api/", "/language/", "/elder/", "/demo/")
    lines = ["User-agent: *", *(["Disallow: /"] if settings.DEMO else [f"Disallow: {path}" for path in closed])]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The old address of the small picture."""
    return HttpResponsePermanentRedirect(static("ui/icons/door-32.png"))
