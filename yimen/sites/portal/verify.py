"""Is this paper genuine? A letter by its number, and a PDF held against the one that we made."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yimen.documents.errors import FileEmpty, FileTooLarge, WrongLetterNumber
from yimen.documents.queries import LetterRow, find_letter
from yimen.identity.rules import mask_name
from yimen.kernel.errors import Refusal


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Type the number of a letter, or scan its code and come straight to the answer."""
    number = request.GET.get("number", "").strip()[:60].replace("/", "")
    if not number:
        return render(request, "sites/verify.html", {"number": "", "letter": None})
    return redirect("documents-check-letter", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Whether we wrote this letter, what it is about, and whether the PDF at hand is the one that we made."""
    try:
        letter = find_letter(number)
    except WrongLetterNumber as error:
        return render(request, "sites/verify.html", {"number": number[:60], "letter": None, "error": error}, status=404)
    if letter is None:
        return render(
            request, "sites/verify.html", {"number": number[:60], "letter": None, "is_unknown": True}, status=404
        )
    page = {"number": letter.number, "letter": letter, "applicant": mask_name(letter.facts.applicant_name)}
    if request.method != "POST":
        return render(request, "sites/verify.html", page)
    try:
        return render(request, "sites/verify.html", {**page, "is_same": _is_same(letter, request.FILES.get("file"))})
    except Refusal as error:
        return render(request, "sites/verify.html", {**page, "file_error": error}, status=error.status)


def _is_same(letter: LetterRow, upload: UploadedFile[bytes] | None) -> bool:
    """Whether the upload is the letter, byte for byte. Nothing of it is kept."""
    name = (upload.name or "")[:80] if upload else ""
    if upload is None or not upload.size:
        raise FileEmpty(field="file", name=name)
    if upload.size > settings.MAX_UPLOAD_MB * 1024 * 1024:
        raise FileTooLarge(field="file", name=name, max_mb=settings.MAX_UPLOAD_MB)
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest() == letter.sha256_hex
