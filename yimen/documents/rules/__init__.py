"""What may be uploaded and what is kept of it; where bytes lie; numbers and wording of letters."""

from yimen.documents.rules.codes import qr_for_page
from yimen.documents.rules.intake import Clean, Limits, clean
from yimen.documents.rules.naming import letter_number, normal_number, safe_name, storage_place
from yimen.documents.rules.pictures import page_as_png

__all__ = [
    "Clean",
    "Limits",
    "clean",
    "letter_number",
    "normal_number",
    "page_as_png",
    "qr_for_page",
    "safe_name",
    "storage_place",
]
