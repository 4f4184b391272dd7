"""Files come to lie under their hash; letters are set once."""

import io
import stat
import uuid
from hashlib import sha256

import pypdfium2
import pytest
from PIL import Image

from yimen.documents.actions import draw_up, set_letter, store_upload
from yimen.documents.errors import FileTooLarge, GlyphMissing, NoRoom, PageNotFound, WrongLetterNumber
from yimen.documents.models import File, Letter
from yimen.documents.queries import file_rows, find_letter, open_file, page_png
from yimen.documents.terms import LetterKind
from yimen.documents.tests.builders import NOON, RESIDENT, a_pdf, a_picture, some_facts
from yimen.kernel.errors import NotFound
from yimen.kernel.ids import is_checked


def an_upload(content=None, name="plan.pdf"):
    return store_upload(
        by=RESIDENT, name=name, content=io.BytesIO(content or a_pdf(2)), subject_kind="draft", subject_id="7", now=NOON
    )


def a_letter(kind=LetterKind.REFUSAL, language="zh-hans", **facts):
    return draw_up(
        kind=kind, subject_kind="case", subject_no="BA1", facts=some_facts(**facts), language=language, now=NOON
    )


def test_upload_lies_under_the_hash_of_what_is_kept(db, own_folder):
    file = an_upload()

    place = own_folder / "files" / file.sha256.hex()[:2] / file.sha256.hex()[2:4] / file.sha256.hex()
    assert sha256(place.read_bytes()).digest() == file.sha256
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [entry.name for entry in place.parent.iterdir()] == [place.name]
    (row,) = file_rows([file.id, uuid.uuid4()])
    assert (row.name, row.pages, row.size, row.given_by) == ("plan.pdf", 2, place.stat().st_size, "resident:3f0c")


def test_same_bytes_lie_there_once_and_have_two_rows(db, own_folder):
    content = a_pdf()

    first, second = an_upload(content), an_upload(content, name="again.pdf")

    assert first.id != second.id
    assert len([entry for entry in own_folder.rglob("*") if entry.is_file()]) == 1


def test_refused_upload_leaves_nothing(db, own_folder, settings):
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(FileTooLarge):
        an_upload(b"%PDF-" + bytes(1024 * 1024))

    assert (File.objects.count(), list(own_folder.iterdir())) == (0, [])


def test_full_disk_is_said_in_a_sentence(db, own_folder, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NoRoom):
        an_upload()

    assert File.objects.count() == 0
    assert [entry for entry in own_folder.rglob("*") if entry.is_file()] == []


def test_pages_are_shown_as_pictures(db):
    pdf, photo = an_upload(a_pdf(2)), an_upload(a_picture(size=(4000, 1000)), name="wide.jpg")

    assert max(Image.open(io.BytesIO(page_png(pdf.id, 2))).size) == 1600
    assert Image.open(io.BytesIO(page_png(photo.id, 1))).size == (1600, 400)
    for file, page in ((pdf, 0), (pdf, 3), (photo, 2)):
        with pytest.raises(PageNotFound):
            page_png(file.id, page)


def test_unknown_keys_are_not_found(db):
    for ask in (open_file, lambda key: page_png(key, 1), lambda key: set_letter(letter_id=key, now=NOON)):
        with pytest.raises(NotFound):
            ask(uuid.uuid4())


def test_letters_are_numbered_with_a_check_character(db):
    receipt, refusal = a_letter(LetterKind.RECEIPT), a_letter()

    assert (receipt.number[:10], refusal.number[:10]) == ("SJ20261123", "WS20261123")
    assert is_checked(receipt.number)
    assert int(refusal.number[10:16]) == int(receipt.number[10:16]) + 1


def test_letter_is_set_once_and_stays_byte_for_byte(db):
    letter = a_letter()

    first, second = set_letter(letter_id=letter.id, now=NOON), set_letter(letter_id=letter.id, now=NOON)

    assert first.id == second.id
    assert (first.name, first.media_type, first.pages) == (f"{letter.number}.pdf", "application/pdf", 1)
    Letter.objects.filter(pk=letter.id).update(file=None)
    assert set_letter(letter_id=letter.id, now=NOON).sha256 == first.sha256


def test_letter_is_found_by_its_number_however_it_is_typed(db):
    letter = a_letter()
    before = find_letter(letter.number)
    set_letter(letter_id=letter.id, now=NOON)

    found = find_letter(f" {letter.number[:2].lower()} {letter.number[2:10]}-{letter.number[10:]}")

    assert before.sha256_hex == ""
    assert found.sha256_hex == sha256(open_file(Letter.objects.get().file_id).path.read_bytes()).hexdigest()
    assert found.facts == some_facts(pin="")


def test_wrong_check_character_is_said_and_unknown_is_none(db):
    with pytest.raises(WrongLetterNumber):
        find_letter("WS20261123000042A")
    with pytest.raises(WrongLetterNumber):
        find_letter("")
    letter = a_letter()
    Letter.objects.all().delete()
    assert find_letter(letter.number) is None


@pytest.mark.parametrize(("name", "missing"), [("王𪨧", "𪨧"), ("王🙂", "🙂")])
def test_sign_without_a_glyph_stops_the_letter(db, name, missing):
    letter = a_letter(applicant_name=name)

    with pytest.raises(GlyphMissing) as refused:
        set_letter(letter_id=letter.id, now=NOON)

    assert refused.value.params == {"characters": missing}
    assert File.objects.count() == 0


def test_names_of_the_neighbours_and_rare_names_are_set(db):
    for name in ("𠮷野家", "王𬭎", "陳𨋢", "李䶮", "김민수", "さくら・ヴァレンティナ", "Nguyễn Ðức", "Zoë Müller"):
        file = set_letter(letter_id=a_letter(applicant_name=name).id, now=NOON)
        with pypdfium2.PdfDocument(open_file(file.id).path) as pdf:
            assert name in pdf[0].get_textpage().get_text_range()
