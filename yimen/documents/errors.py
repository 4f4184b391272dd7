"""Ways in which documents say no. Each names the file and the rule."""

from django.utils.translation import gettext_lazy as _

from yimen.kernel.errors import NotFound, Refusal


class FileNotAccepted(Refusal):
    """The file cannot be taken in."""

    code = "documents.file-not-accepted"
    message = _("The file “%(name)s” cannot be accepted.")
    status = 422


class FileEmpty(FileNotAccepted):
    """Nothing in it."""

    code = "documents.file-empty"
    message = _("The file “%(name)s” is empty.")


class FileTooLarge(FileNotAccepted):
    """More bytes than are taken."""

    code = "documents.file-too-large"
    message = _("The file “%(name)s” is too large. A file may have %(max_mb)s MB at most.")
    status = 413


class FileTypeNotAccepted(FileNotAccepted):
    """A type that is not taken, whatever it is called."""

    code = "documents.file-type-not-accepted"
    message = _("The file “%(name)s” is not accepted: its content is %(found)s. Give a JPEG, PNG, WebP or PDF file.")
    status = 415


class FileIsSomethingElse(FileNotAccepted):
    """Its name says one thing, its content another."""

    code = "documents.file-is-something-else"
    message = _("The file “%(name)s” says it is %(claimed)s but its content is %(found)s.")
    status = 415


class FileBroken(FileNotAccepted):
    """It begins like a picture or a PDF, but cannot be read."""

    code = "documents.file-broken"
    message = _("The file “%(name)s” is damaged and cannot be opened.")


class PictureTooLarge(FileNotAccepted):
    """More pixels than anybody needs; a few bytes may hide a picture that fills the memory."""

    code = "documents.picture-too-large"
    message = _("The picture “%(name)s” has too many pixels. It may have %(max_megapixels)s million at most.")


class PdfLocked(FileNotAccepted):
    """Encrypted."""

    code = "documents.pdf-locked"
    message = _("The PDF “%(name)s” is protected by a password. Save it without protection and give it again.")


class PdfTooLong(FileNotAccepted):
    """More pages than are taken."""

    code = "documents.pdf-too-long"
    message = _("The PDF “%(name)s” has %(pages)s pages. A PDF may have %(max_pages)s at most.")


class FileSwells(FileNotAccepted):
    """A few bytes that unpack to a flood."""

    code = "documents.file-swells"
    message = _("The file “%(name)s” unpacks to far more than it seems to hold.")


class NoRoom(Refusal):
    """The disk is full."""

    code = "documents.no-room"
    message = _("There is no room for files at the moment. Nothing was saved; please try again later.")
    status = 507


class GlyphMissing(Refusal):
    """A character that no font of the letters has: better no letter than one with a box in a name."""

    code = "documents.glyph-missing"
    message = _("The letter cannot be set: its fonts have no sign for “%(characters)s”.")
    status = 422


class PageNotFound(NotFound):
    """The file has no such page."""

    code = "documents.page-not-found"
    message = _("The file has no page %(page)s.")


class PageNotShown(Refusal):
    """A page that cannot be drawn, or not within a few seconds."""

    code = "documents.page-not-shown"
    message = _("Page %(page)s cannot be shown here. Open the file itself.")
    status = 422


class WrongLetterNumber(NotFound):
    """Not a number of a letter: a character is wrong."""

    code = "documents.wrong-letter-number"
    message = _(
        "“%(number)s” is not the number of a letter. Please compare it with the letter, character by character."
    )
