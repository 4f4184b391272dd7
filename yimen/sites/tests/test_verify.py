"""Is this paper genuine? Told by number, and by the bytes of a PDF."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yimen.documents.actions import draw_up, set_letter
from yimen.documents.queries import open_file
from yimen.documents.terms import LetterKind
from yimen.documents.tests.builders import NOON, some_facts


@pytest.fixture
def letter(db, settings, tmp_path, an_institution):
    settings.DATA_DIR = tmp_path
    return draw_up(
        kind=LetterKind.GRANT, subject_kind="case", subject_no="BA1", facts=some_facts(), language="zh-hans", now=NOON
    )


@pytest.fixture
def an_institution(db):
    from yimen.places.models import Institution, Region

    region = Region.objects.first() or Region.objects.create(
        code="440306", name="宝安区", path="440306", valid_from=NOON.date()
    )
    return Institution.objects.first() or Institution.objects.create(name="宝安区政务服务中心", region=region)


def test_asking_leads_to_the_letter(letter, client):
    answer = client.get("/verify/", {"number": f" {letter.number[:2].lower()}-{letter.number[2:]} "})

    assert (answer.status_code, answer.url) == (302, f"/verify/{letter.number[:2].lower()}-{letter.number[2:]}/")
    assert client.get(answer.url).status_code == 200


def test_genuine_letter_shows_its_facts_and_no_full_name(letter, client):
    page = client.get(f"/verify/{letter.number}/", headers={"accept-language": "en"}).content.decode()

    assert "食品经营许可（新办）" in page
    assert "王**" in page
    assert "王小满" not in page
    assert "482913" not in page


def test_unknown_and_mistyped_numbers_are_not_found(letter, client):
    other = letter.number[:-1] + ("A" if letter.number[-1] != "A" else "B")

    assert client.get(f"/verify/{other}/").status_code == 404
    assert client.get("/verify/WS20200101000001Z/").status_code == 404
    assert client.get("/verify/%F0%9F%99%82/").status_code == 404


def test_first_page_asks_for_a_number(an_institution, client):
    assert client.get("/verify/").status_code == 200


@pytest.mark.parametrize(("change", "said"), [(b"", "The PDF is genuine"), (b" ", "This PDF is not the one")])
def test_pdf_is_compared_byte_for_byte(letter, client, change, said):
    file = set_letter(letter_id=letter.id, now=NOON)
    content = open_file(file.id).path.read_bytes() + change

    upload = {"file": SimpleUploadedFile("letter.pdf", content)}
    answer = client.post(f"/verify/{letter.number}/", upload, headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_nothing_and_too_much_are_refused_in_a_sentence(letter, client, settings):
    settings.MAX_UPLOAD_MB = 0

    assert client.post(f"/verify/{letter.number}/").status_code == 422
    assert client.post(f"/verify/{letter.number}/", {"file": SimpleUploadedFile("a.pdf", b"x")}).status_code == 413
