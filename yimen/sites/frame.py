"""What every page's frame needs to know: who runs this hall, who is looking, in which language."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """Values for the base template."""
    return {"user": request.user, "messages": ()}
