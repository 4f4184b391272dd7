"""Uploads that are what they say, and all those that are not."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from yimen.documents import errors
from yimen.documents.rules import Limits, clean, page_as_png, pdfium, safe_name
from yimen.documents.rules import pdfs as pdf_rules
from yimen.documents.tests.builders import a_pdf, a_picture

LIMITS = Limits(max_mb=1, max_megapixels=2, max_pages=3)


def taken(name, content):
    return clean(name, content, LIMITS)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("身份证.jpg", a_picture(), ("身份证.jpg", "image/jpeg")),
        ("scan.PNG", a_picture("PNG"), ("scan.png", "image/png")),
        ("sticker", a_picture("PNG", mode="RGBA"), ("sticker.png", "image/png")),
        ("chat.jpg", a_picture("PNG"), ("chat.png", "image/png")),
        ("photo.webp", a_picture("WEBP"), ("photo.jpg", "image/jpeg")),
        ("clear.webp", a_picture("WEBP", mode="RGBA", color=(9, 9, 9, 9)), ("clear.png", "image/png")),
        ("cmyk.jpg", a_picture(mode="CMYK"), ("cmyk.jpg", "image/jpeg")),
        ("grey.jpg", a_picture(mode="L"), ("grey.jpg", "image/jpeg")),
        ("fax.png", a_picture("PNG", mode="1"), ("fax.png", "image/png")),
        ("plan.pdf", a_pdf(2), ("plan.pdf", "application/pdf")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_taken_and_as_what(name, content, kept):
    found = taken(name, content)

    assert (found.name, found.media_type) == kept


def test_honest_pdf_is_kept_byte_for_byte():
    content = a_pdf(2)

    assert (taken("a.pdf", content).content, taken("a.pdf", content).pages) == (content, 2)


def a_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", bytes(50_000_000))
    return out.getvalue()


EXE = b"MZ\x90\x00\x03" + bytes(200)
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("empty.pdf", b"", errors.FileEmpty),
        ("huge.pdf", b"%PDF-1.7" + bytes(1024 * 1024), errors.FileTooLarge),
        ("photo.jpg", EXE, errors.FileIsSomethingElse),
        ("photo.jpg", HTML, errors.FileIsSomethingElse),
        ("photo.jpg", a_pdf(), errors.FileIsSomethingElse),
        ("plan.pdf", a_picture(), errors.FileIsSomethingElse),
        ("plan.pdf", a_zip(), errors.FileIsSomethingElse),
        ("bomb.zip", a_zip(), errors.FileTypeNotAccepted),
        ("page.html", HTML, errors.FileTypeNotAccepted),
        ("noname", b"\0\1\2\3", errors.FileTypeNotAccepted),
        ("vector.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", errors.FileTypeNotAccepted),
        ("film.gif", a_picture("GIF"), errors.FileTypeNotAccepted),
        ("torn.jpg", a_picture(size=(600, 600))[:600], errors.FileBroken),
        ("torn.png", a_picture("PNG")[:40], errors.FileBroken),
        ("head.jpg", b"\xff\xd8\xff", errors.FileBroken),
        ("head.webp", b"RIFF\0\0\0\0WEBPVP8 ", errors.FileBroken),
        ("torn.pdf", b"%PDF-1.7\nnothing", errors.FileBroken),
        ("wide.png", a_picture("PNG", size=(2_000, 1_001), mode="1"), errors.PictureTooLarge),
        ("long.pdf", a_pdf(4), errors.PdfTooLong),
        ("empty pages.pdf", a_pdf(0), errors.FileBroken),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_and_why(name, content, refusal):
    with pytest.raises(errors.FileNotAccepted) as refused:
        taken(name, content)

    assert type(refused.value) is refusal
    assert name.split(".")[0] in str(refused.value)


def test_refusal_names_both_types():
    with pytest.raises(errors.FileIsSomethingElse) as refused:
        taken("photo.jpg", a_pdf())

    assert refused.value.params == {"name": "photo.jpg", "claimed": "JPEG", "found": "PDF"}


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked():
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(bytes(1000))) + _chunk(b"IEND", b"")

    with pytest.raises(errors.PictureTooLarge):
        taken("bomb.png", bomb)


def test_picture_loses_place_camera_and_what_hides_behind_it():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera", 6  # maker, and: turn me
    content = a_picture(size=(60, 40), exif=exif, comment=b"secret") + b"PK\x03\x04 a second file"

    found = taken("photo.jpg", content)

    picture = Image.open(io.BytesIO(found.content))
    assert (picture.size, dict(picture.getexif())) == ((40, 60), {})
    assert b"secret" not in found.content
    assert b"PK\x03\x04" not in found.content


def _armed(pdf):
    """Everything that a PDF can do by itself."""
    script = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.JavaScript, JS="app.alert('boo')")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    pdf.Root.OpenAction = script
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", script]))
    pdf.attachments["hidden.exe"] = EXE
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=[])
    page = pdf.pages[0].obj
    page.AA = pikepdf.Dictionary(O=launch)
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch),
            pdf.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
            ),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/"),
            ),
        ]
    )


def test_pdf_is_disarmed_and_stays_readable():
    found = taken("armed.pdf", a_pdf(1, _armed))

    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        text = b"".join(thing.unparse(resolved=True) for thing in pdf.objects)
        for word in (
            b"JavaScript",
            b"Launch",
            b"EmbeddedFile ",
            b"/AA",
            b"OpenAction",
            b"XFA",
            b"FileAttachment",
            b"boo",
        ):
            assert word not in text
        assert b"https://example.org/" in text
        assert (len(pdf.pages), dict(pdf.attachments)) == (1, {})


@pytest.mark.parametrize("user", ["", "secret"])
def test_locked_pdf_is_refused(user):
    locked = a_pdf(1, encryption=pikepdf.Encryption(owner="owner", user=user))

    with pytest.raises(errors.PdfLocked):
        taken("locked.pdf", locked)


def test_pdf_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_rules, "MAX_UNPACKED", 1_000_000)

    def swell(pdf):
        pdf.pages[0].obj.Contents = pdf.make_stream(zlib.compress(bytes(2_000_000)), Filter=pikepdf.Name.FlateDecode)

    with pytest.raises(errors.FileSwells):
        taken("swell.pdf", a_pdf(1, swell))


def test_pdf_of_nothing_but_beginnings_is_refused_at_once():
    """Each would be looked into: a small file would keep a processor busy for minutes."""
    with pytest.raises(errors.FileSwells):
        taken("streams.pdf", b"%PDF-1.4\n" + b"stream\n" * (pdf_rules.MAX_STREAMS + 2))


def test_damaged_pdf_is_kept_as_viewers_can_open_it():
    """Cut off in the middle, its index is gone; the pages are still there."""
    whole = a_pdf(2)
    found = taken("cut.pdf", whole[: whole.index(b"xref")])

    assert (found.pages, pdfium.shown_pages(found.content)) == (2, 2)


def test_page_that_draws_for_minutes_is_given_up(monkeypatch, tmp_path):
    """A clerk who opens it must not keep all others of this process waiting."""
    monkeypatch.setattr(pdfium, "PATIENCE", 0.05)

    def scrawl(pdf):
        pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 m 500 500 l 0 800 l h f " * 20_000)

    (tmp_path / "slow.pdf").write_bytes(taken("slow.pdf", a_pdf(1, scrawl)).content)
    with pytest.raises(errors.PageNotShown):
        page_as_png(tmp_path / "slow.pdf", "application/pdf", 1)


def test_pdf_packed_twice_is_refused():
    twice = b"%PDF-1.4\n1 0 obj<</Filter[/FlateDecode /FlateDecode]/Length 3>>stream\nabc\nendstream"

    with pytest.raises(errors.FileSwells):
        taken("twice.pdf", twice)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\合同.pdf", "合同.pdf"),
        ("..", "file.pdf"),
        ("", "file.pdf"),
        (".htaccess", "file.pdf"),
        ("a\0b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("cod\u202efdp.exe", "codfdp.pdf"),
        ('<"x">?.pdf', "_x_.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("v1.2 final.pdf", "v1.2 final.pdf"),
    ],
)
def test_names_lose_what_is_dangerous(given_name, kept):
    assert safe_name(given_name, "pdf") == kept


@given(st.text())
def test_no_name_leads_anywhere_else(name):
    found = safe_name(name, "pdf")

    assert not set(found) & set('/\\\0\r\n<>:"|?*')
    assert 5 <= len(found) <= 120
    assert not found.startswith(".")
