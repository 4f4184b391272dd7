"""What nobody can store is refused at the door."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/items/?q=%00", "/check/%00/", "/centres/%00/"])
def test_a_nul_in_an_address_is_refused_in_words(client, address):
    answer = client.get(address)

    assert answer.status_code in {400, 404}


@pytest.mark.django_db
def test_a_nul_in_a_form_is_refused_in_words(client):
    answer = client.post("/check/", {"case_no": "BA\0", "pin": "1"})

    assert answer.status_code == 400
    assert "cannot be stored" in answer.content.decode() or "存" in answer.content.decode()
