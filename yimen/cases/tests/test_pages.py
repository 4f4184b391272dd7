"""The pages of the register without JavaScript: who may open them, what they say, what they do."""

import json
import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from yimen.cases import actions
from yimen.cases.models import Case, Draft, HandOverList
from yimen.cases.pages.follow import TRIES_PER_ADDRESS
from yimen.cases.terms import CaseState, FilingChannel, Verdict, Way
from yimen.cases.tests.builders import (
    CHEN,
    ITEM,
    LI,
    NOW,
    PLACE,
    a_case,
    a_clerk,
    a_draft,
    a_full_draft,
    a_granted_case,
    a_ready_case,
    a_resident,
    all_good,
    an_accepted_case,
    an_issuer,
    an_officer,
    another_clerk,
    examine,
    on_paper,
    taken_in,
)
from yimen.catalogue.actions import import_item
from yimen.identity.actions import give_mandate
from yimen.identity.models import Staff, User
from yimen.kernel.actors import SYSTEM
from yimen.places.queries import centre

pytestmark = pytest.mark.usefixtures("hall")


@pytest.fixture
def browse(client):
    """``browse(who)``: the client, signed in as a resident or a member of staff."""

    def browse(who=None, language="zh-hans"):
        client.cookies["yimen_language"] = language
        if who is not None:
            user_id = getattr(who, "user_id", 0) or Staff.objects.get(pk=int(who.id)).user_id
            client.force_login(User.objects.get(pk=user_id))
        return client

    return browse


def text(answer):
    return answer.content.decode()


def picture(name="plan.jpg"):
    buffer = BytesIO()
    Image.new("RGB", (80, 60), "white").save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def lie(name="plan.pdf"):
    return SimpleUploadedFile(name, picture().read(), content_type="application/pdf")


def said_at(answer, field):
    """What stands at a field after it was refused."""
    found = re.search(rf'id="{field}-error"[^>]*>(.*?)</p>', text(answer), re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""


def asked_for_corrections(by):
    case = a_case(by)
    all_good(case, but="plan")
    return actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)


# who may come in


def addresses(case, draft):
    """Every address of the register with something in it, by whom it is for."""
    no, file_id = case.case_no, case.materials.get(code="plan").files.get().file_id
    letter_id = case.letters.first().letter_id
    mine = [
        reverse("cases-start", args=[ITEM["code"]]),
        reverse("cases-draft", args=[draft.id]),
        reverse("cases-form", args=[draft.id, "shop"]),
        reverse("cases-material", args=[draft.id, "plan"]),
        reverse("cases-draft-file", args=[draft.id, draft.files.get().file_id]),
        reverse("cases-collection", args=[draft.id]),
        reverse("cases-check-answers", args=[draft.id]),
        reverse("cases-drop", args=[draft.id]),
        reverse("cases-mine"),
        reverse("cases-case", args=[no]),
        reverse("cases-filed", args=[no]),
        reverse("cases-letter", args=[no, letter_id]),
        reverse("cases-file", args=[no, file_id]),
        reverse("cases-proof", args=[no]),
        reverse("cases-correct", args=[no]),
        reverse("cases-withdraw", args=[no]),
    ]
    clerk = [
        reverse("cases-counter"),
        reverse("cases-take-in", args=[ITEM["code"]]),
        reverse("cases-workbench", args=[no]),
        reverse("cases-turn-away", args=[no]),
        reverse("cases-bags"),
        reverse("cases-desk-case", args=[no]),
        reverse("cases-desk-file", args=[no, file_id]),
        reverse("cases-page-image", args=[no, file_id, 1]),
        reverse("cases-desk-letter", args=[no, letter_id]),
    ]
    posts = [
        reverse(f"cases-{name}", args=[no])
        for name in ("judge", "scan", "receive", "supply", "accept", "ask-correction", "confirm-payment")
    ] + [reverse("cases-send-bag")]
    return mine, clerk, posts


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_right_people_come_in_and_nobody_else(browse, client, language):
    chen, li = a_resident(), a_resident("李样本", LI, "li")
    draft, case = a_full_draft(chen), asked_for_corrections(chen)
    mine, clerk, posts = addresses(case, draft)
    client.cookies["yimen_language"] = language

    for address in mine + clerk:
        assert client.get(address).status_code == 302, address
        assert "/accounts/login/" in client.get(address).url
    for address in posts:
        assert "/accounts/login/" in client.post(address).url
    resident = browse(chen, language)
    for address in mine:
        assert resident.get(address).status_code == 200, address
    for address in clerk:
        assert resident.get(address).status_code == 403, address
    for address in posts:
        assert resident.post(address).status_code == 403, address
        assert resident.get(address).status_code == 405 or resident.get(address).status_code == 403
    for address in set(mine) - {reverse("cases-start", args=[ITEM["code"]]), reverse("cases-mine")}:
        assert browse(li, language).get(address).status_code == 404, address
    staff = browse(a_clerk(), language)
    for address in clerk:
        assert staff.get(address).status_code == 200, address
    for address in mine:
        assert staff.get(address).status_code == 403, address
    for address in posts:
        assert staff.get(address).status_code == 405, address


def test_desks_of_other_duties(browse):
    case = a_granted_case()
    issuing, issue = reverse("cases-issuing"), reverse("cases-issue", args=[case.case_no])
    tasks, review = reverse("cases-tasks"), reverse("cases-review", args=[case.case_no])

    seen = {
        name: [browse(who).get(address).status_code for address in (issuing, issue, tasks, review)]
        for name, who in (
            ("issuer", an_issuer()),
            ("decider", an_officer("market.decider")),
            ("clerk", a_clerk()),
            ("other", an_officer("fire.surveyor")),
        )
    }

    assert seen == {
        "issuer": [200, 200, 403, 403],
        "decider": [403, 403, 200, 200],
        "clerk": [403, 403, 403, 403],
        "other": [403, 403, 200, 403],
    }


def test_files_and_pages_are_for_those_with_a_part(browse):
    case = a_case()
    file_id = case.materials.get(code="plan").files.get().file_id
    other = taken_in(a_resident("李样本", LI, "li"))

    for name, more in (("cases-desk-file", []), ("cases-page-image", [1])):
        assert (
            browse(an_officer("fire.reviewer")).get(reverse(name, args=[case.case_no, file_id, *more])).status_code
            == 403
        )
        clerk = browse(a_clerk())
        assert clerk.get(reverse(name, args=[other.case_no, file_id, *more])).status_code == 404
        assert clerk.get(reverse(name, args=[case.case_no, uuid4(), *more])).status_code == 404
    image = clerk.get(reverse("cases-page-image", args=[case.case_no, file_id, 1]))
    assert (image["Content-Type"], image.content[:4]) == ("image/png", b"\x89PNG")
    assert image["Cache-Control"] == "private, max-age=300"
    assert clerk.get(reverse("cases-page-image", args=[case.case_no, file_id, 9])).status_code == 404


# filing


def test_before_one_begins_one_is_told_what_to_have_ready(browse):
    chen = a_resident()
    page = reverse("cases-start", args=[ITEM["code"]])

    assert "经营场所布局图" in text(browse(chen).get(page))
    assert "Have photos or scans" in text(browse(chen, "en").get(page))
    answer = browse(chen).post(page)
    assert answer.url == reverse("cases-draft", args=[Draft.objects.get().id])
    assert browse(chen).post(page).url == answer.url


def test_one_chooses_for_whom_one_applies(browse):
    chen, li = a_resident(), a_resident("李样本", LI, "li")
    mandate = give_mandate(by=li, representative_id=chen.person_id, person_id=li.person_id, now=NOW)
    page = reverse("cases-start", args=[ITEM["code"]])

    assert "李样本" in text(browse(chen).get(page))
    for bad in ("x", str(uuid4())):
        assert browse(chen).post(page, {"mandate": bad}).status_code == 404
    assert browse(chen).post(page, {"mandate": str(mandate.pk)}).status_code == 302
    assert Draft.objects.get().mandate_id == mandate.pk


def test_an_item_that_is_not_online_or_not_there(browse):
    offline = {**ITEM, "content": {**ITEM["content"], "readiness": {"file_online": False, "visits": 2}}}
    import_item(by=SYSTEM, data=offline, now=NOW)
    chen = a_resident()

    assert browse(chen).post(reverse("cases-start", args=[ITEM["code"]])).status_code == 409
    assert browse(chen).get(reverse("cases-start", args=["NO-1"])).status_code in (404, 409)


def test_a_page_of_the_form_keeps_wrong_answers_and_says_what_is_wrong(browse):
    chen = a_resident()
    draft = a_draft(chen)
    page = reverse("cases-form", args=[draft.id, "shop"])
    assert 'value="陈示例"' in text(browse(chen).get(page))  # what is known is filled in

    wrong = browse(chen).post(page, {"shop_name": "小满", "by_agent": "perhaps"})
    assert wrong.status_code == 422
    assert said_at(wrong, "by_agent")
    assert 'value="小满"' in text(wrong)

    for _ in range(2):
        answer = browse(chen).post(page, {"shop_name": "小满", "by_agent": "no"})
        assert answer.url == reverse("cases-draft", args=[draft.id])
    assert browse(chen).get(reverse("cases-form", args=[draft.id, "kitchen"])).status_code == 404


def test_a_line_takes_files_paper_and_takes_them_back(browse):
    chen = a_resident()
    draft = a_draft(chen)
    page, parts = reverse("cases-material", args=[draft.id, "plan"]), reverse("cases-draft", args=[draft.id])
    client = browse(chen)

    nothing = client.post(page)
    assert (nothing.status_code, said_at(nothing, "files")) == (422, "错误: 请先选择文件。")
    lying = client.post(page, {"files": [picture("good.jpg"), lie()]})
    assert lying.status_code == 422
    assert "plan.pdf" in said_at(lying, "files")
    assert "good.jpg" in text(lying)
    assert client.post(page, {"files": picture("more.jpg")}).url == page
    file_id = draft.files.first().file_id
    sent = client.get(reverse("cases-draft-file", args=[draft.id, file_id]))
    assert (sent["X-Content-Type-Options"], sent["Cache-Control"]) == ("nosniff", "private, no-store")
    assert "sandbox" in sent["Content-Security-Policy"]
    assert client.post(page, {"drop": "x"}).status_code == 404
    assert client.post(page, {"drop": str(file_id)}).url == page
    assert draft.files.count() == 1
    assert client.post(page, {"done": "1"}).url == parts
    assert client.post(page, {"paper": "1"}).url == parts
    assert client.post(page, {"no_paper": "1"}).url == page
    assert client.get(reverse("cases-material", args=[draft.id, "extra"])).status_code == 404


def test_a_centre_is_chosen_from_those_that_take_the_item_in(browse):
    chen = a_resident()
    draft = a_draft(chen)
    page, client = reverse("cases-collection", args=[draft.id]), browse(chen)

    wrong = client.post(page, {"centre": 10**6})
    assert (wrong.status_code, bool(said_at(wrong, "centre"))) == (422, True) or wrong.status_code == 409
    assert client.post(page, {"centre": "x"}).status_code == 404
    assert client.post(page, {"centre": centre(PLACE).id, "collect": "by balloon"}).status_code == 404
    assert client.post(page, {"centre": centre(PLACE).id}).url == reverse("cases-draft", args=[draft.id])


def test_a_filing_is_sent_once_and_confirmed_with_number_and_pin(browse):
    chen = a_resident()
    draft = a_full_draft(chen)
    page, client = reverse("cases-check-answers", args=[draft.id]), browse(chen)
    assert "小满餐饮店" in text(client.get(page))

    undeclared = client.post(page)
    assert undeclared.status_code == 422
    assert "请确认" in said_at(undeclared, "declare") or said_at(undeclared, "declare")
    first = client.post(page, {"declare": "yes"}, headers={"User-Agent": "A Mobile phone"})
    second = client.post(page, {"declare": "yes"})

    case = Case.objects.get()
    assert first.url == second.url == reverse("cases-filed", args=[case.case_no])
    assert case.channel == FilingChannel.PHONE
    done = text(client.get(first.url))
    assert case.case_no in done
    assert case.pin in done
    assert "食品安全管理制度" in done  # the paper to bring
    assert "Bring these papers" in text(browse(chen, "en").get(first.url))
    assert client.get(page).status_code == 404


def test_sending_too_early_says_what_is_missing(browse):
    chen = a_resident()
    draft = a_draft(chen)

    answer = browse(chen).post(reverse("cases-check-answers", args=[draft.id]), {"declare": "yes"})

    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_sending_for_somebody_whose_mandate_has_ended(browse):
    chen, li = a_resident(), a_resident("李样本", LI, "li")
    mandate = give_mandate(by=li, representative_id=chen.person_id, person_id=li.person_id, now=NOW)
    draft = a_full_draft(chen)
    Draft.objects.filter(pk=draft.id).update(mandate=mandate)
    type(mandate).objects.filter(pk=mandate.pk).update(withdrawn_at=NOW)

    answer = browse(chen).post(reverse("cases-check-answers", args=[draft.id]), {"declare": "yes"})

    assert answer.status_code == 403
    assert "授权在有效期内" in text(answer)


def test_a_draft_is_thrown_away_after_asking(browse):
    chen = a_resident()
    draft = a_draft(chen)
    page, client = reverse("cases-drop", args=[draft.id]), browse(chen)

    assert "不能恢复" in text(client.get(page)) or ITEM["name"] in text(client.get(page))
    assert client.post(page).url == reverse("cases-mine")
    assert client.post(page).status_code == 404


# following


def test_my_cases_and_drafts(browse):
    chen = a_resident()
    a_draft(chen)
    case = a_case(chen)
    page = text(browse(chen).get(reverse("cases-mine")))

    assert case.case_no in page
    assert page.count(ITEM["name"]) == 2
    assert "Food business licence (new)" in text(browse(chen, "en").get(reverse("cases-mine")))
    before = f"{case.filed_at.isoformat()}_{case.id}"
    assert case.case_no not in text(browse(chen).get(reverse("cases-mine"), {"before": before}))
    assert browse(chen).get(reverse("cases-mine"), {"before": "2016-13-45T00:00"}).status_code == 404


def test_a_case_says_where_it_stands_and_why_that_day(browse):
    chen = a_resident()
    case = an_accepted_case(chen)
    page = reverse("cases-case", args=[case.case_no])

    chinese, english = text(browse(chen).get(page)), text(browse(chen, "en").get(page))

    assert "审查中" in chinese
    assert "10 月 12 日" in chinese
    assert "Wed 12 Oct" in english
    assert "working days left" in english
    assert LI not in chinese
    assert CHEN not in chinese
    assert case.pin not in chinese


def test_letters_are_pdf_with_safe_headers(browse):
    chen = a_resident()
    case = a_case(chen)
    letter_id = case.letters.get().letter_id

    answer = browse(chen).get(reverse("cases-letter", args=[case.case_no, letter_id]))

    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Cache-Control"] == "private, no-store"
    assert browse(chen).get(reverse("cases-letter", args=[case.case_no, uuid4()])).status_code == 404
    assert browse(chen).get(reverse("cases-file", args=[case.case_no, uuid4()])).status_code == 404


def test_only_receipts_carry_the_pin_and_every_letter_the_type():
    case = an_accepted_case()

    letters = {row.letter.kind: row.letter for row in case.letters.select_related("letter")}

    assert {kind: letter.pin for kind, letter in letters.items()} == {"W01": case.pin, "W02": ""}
    assert not any("pin" in letter.facts for letter in letters.values())
    assert {letter.facts["item_type"] for letter in letters.values()} == {"行政许可"}


def test_the_proof_of_a_case_is_taken_home(browse):
    chen = a_resident()
    case = a_case(chen)

    answer = browse(chen).get(reverse("cases-proof", args=[case.case_no]))

    assert answer["Content-Disposition"] == f'attachment; filename="proof-{case.case_no}.json"'
    assert json.loads(answer.content)


def test_corrections_are_handed_in_all_at_once(browse):
    chen = a_resident()
    case = asked_for_corrections(chen)
    page, client = reverse("cases-correct", args=[case.case_no]), browse(chen)
    assert "没有标面积" in text(client.get(page))

    assert client.post(page).status_code == 422
    assert client.post(page, {"files-plan": lie()}).status_code == 415
    assert client.post(page, {"files-plan": picture("better.jpg")}).url == reverse("cases-case", args=[case.case_no])
    assert client.post(page, {"files-plan": picture("again.jpg")}).status_code == 409
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED


def test_paper_that_is_only_promised_leaves_the_case_waiting(browse):
    chen = a_resident()
    case = asked_for_corrections(chen)
    page = reverse("cases-correct", args=[case.case_no])

    assert browse(chen).post(page, {"paper-plan": "yes"}).status_code == 422

    assert "到“BA-XX政务服务中心”的窗口" in text(browse(chen).get(page))
    case.refresh_from_db()
    assert case.state == CaseState.CORRECTION


def test_a_page_that_grew_old_corrects_nothing(browse):
    chen = a_resident()
    case = asked_for_corrections(chen)
    page = reverse("cases-correct", args=[case.case_no])

    assert browse(chen).post(page, {"files-plan": picture(), "revision": "1"}).status_code == 409


def test_what_the_clerk_notes_is_not_shown_before_it_is_said(browse):
    chen = a_resident()
    case = a_case(chen)
    all_good(case, but="plan")

    answer = browse(chen).get(reverse("cases-correct", args=[case.case_no]))

    assert answer.url == reverse("cases-case", args=[case.case_no])


def test_withdrawing_once(browse):
    chen = a_resident()
    case = a_case(chen)
    page, client = reverse("cases-withdraw", args=[case.case_no]), browse(chen)

    assert client.post(page, {"revision": "7"}).status_code == 409
    assert client.post(page, {"revision": "²"}).url == reverse("cases-case", args=[case.case_no])
    assert client.post(page).status_code == 409
    assert client.get(page).url == reverse("cases-case", args=[case.case_no])
    assert "撤回" in text(client.get(reverse("cases-case", args=[case.case_no])))


def test_who_guesses_behind_the_proxy_locks_out_nobody_else(client, settings):
    """All visitors of a real hall come from the proxy's address: tries are counted for the address that it saw."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    page, case = reverse("cases-check"), a_case()
    for number in range(TRIES_PER_ADDRESS):
        given = {"case_no": f"BA26-1124-{number:06d}-X", "pin": "000000"}
        client.post(page, given, headers={"X-Forwarded-For": "192.0.2.1"})
    given = {"case_no": case.case_no, "pin": case.pin}
    guesser = client.post(page, given, headers={"X-Forwarded-For": "192.0.2.1"})
    neighbour = client.post(page, given, headers={"X-Forwarded-For": "198.51.100.7, 192.0.2.2"})

    assert (guesser.status_code, neighbour.status_code) == (429, 302)


def test_a_case_is_checked_by_number_and_pin(client):
    case = a_case()
    page = reverse("cases-check")
    assert client.get(page, {"case_no": case.case_no}).status_code == 200
    assert client.get(reverse("cases-checked", args=[case.case_no])).url == page
    assert client.get(reverse("cases-checked-proof", args=[case.case_no])).status_code == 404

    assert client.post(page, {"case_no": case.case_no, "pin": "x"}).status_code == 404
    assert client.post(page, {"case_no": "\0", "pin": "\0"}).status_code == 400
    answer = client.post(page, {"case_no": case.case_no.replace("-", "").lower(), "pin": case.pin})

    assert answer.url == reverse("cases-checked", args=[case.case_no])
    shown = text(client.get(answer.url))
    assert case.case_no in shown
    assert "陈示例" not in shown
    assert json.loads(client.get(reverse("cases-checked-proof", args=[case.case_no])).content)


def test_after_five_wrong_pins_a_case_waits(client):
    case, other = a_case(key="key-1"), a_case(a_resident("李样本", LI, "li"), key="key-2")
    page = reverse("cases-check")

    tries = [client.post(page, {"case_no": case.case_no, "pin": "no"}).status_code for _ in range(6)]

    assert tries == [404] * 5 + [429]
    assert client.post(page, {"case_no": case.case_no, "pin": case.pin}).status_code == 429
    assert client.post(page, {"case_no": other.case_no, "pin": other.pin}).status_code == 302


# the window


def intake(**changes):
    given = {
        "key": "window-key-1",
        "name": "陈示例",
        "phone": "13800000001",
        "id_type": "111",
        "id_number": CHEN,
        "shop_name": "小满餐饮店",
        "by_agent": "no",
        "paper-plan": "yes",
        "copies-plan": "2",
        "language": "en",
    }
    return given | changes


def test_the_window_lists_what_waits_and_finds_items(browse):
    case = a_case()
    clerk = browse(a_clerk())

    assert case.case_no in text(clerk.get(reverse("cases-counter")))
    assert ITEM["code"] in text(clerk.get(reverse("cases-counter"), {"item": "食品"}))
    assert "陈示例" not in text(clerk.get(reverse("cases-counter"), {"q": "王"}))
    after = f"{case.filed_at.isoformat()}_{case.id}"
    assert case.case_no not in text(clerk.get(reverse("cases-counter"), {"after": after}))
    assert clerk.get(reverse("cases-counter"), {"after": "x"}).status_code == 404


def test_an_application_is_taken_in_over_the_counter_once(browse):
    page, clerk = reverse("cases-take-in", args=[ITEM["code"]]), browse(a_clerk())
    assert "经营场所布局图" in text(clerk.get(page))

    first = clerk.post(page, intake(**{"scan-rules": picture()}))
    second = clerk.post(page, intake())

    case = Case.objects.get()
    assert first.url == second.url == reverse("cases-workbench", args=[case.case_no])
    assert (case.state, case.channel, case.language) == (CaseState.RECEIVED, FilingChannel.WINDOW, "en")
    assert {row.code: row.way for row in case.materials.all()} == {
        "form": Way.FORM,
        "plan": Way.PAPER,
        "rules": Way.SCAN,
        "proxy": Way.NOT_NEEDED,
    }
    assert case.materials.get(code="plan").copies == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id_number": CHEN[:-1] + "0"}, "id_number"),
        ({"name": " "}, "name"),
        ({"phone": "12"}, "phone"),
        ({"by_agent": "x"}, "by_agent"),
        ({"applicant": "organisation", "firm_name": "小满", "uscc": "91440306"}, "uscc"),
        ({"applicant": "organisation", "firm_name": "", "uscc": "91440306"}, "firm_name"),
    ],
)
def test_what_is_wrong_at_the_window_is_said_at_its_field(browse, wrong, field):
    answer = browse(a_clerk()).post(reverse("cases-take-in", args=[ITEM["code"]]), intake(**wrong))

    assert answer.status_code == 422
    assert said_at(answer, field)
    assert "小满餐饮店" in text(answer)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("odd", [{"copies-plan": "²"}, {"copies-plan": "99999"}, {"language": "tlh"}, {"collect": "x"}])
def test_odd_but_harmless_at_the_window(browse, odd):
    browse(a_clerk()).post(reverse("cases-take-in", args=[ITEM["code"]]), intake(**odd))

    case = Case.objects.get()
    assert case.language in {"en", "zh-hans"}
    assert case.materials.get(code="plan").copies in {0, 2}


def test_days_are_given_in_three_boxes_at_the_window_too(browse):
    fields = [{"code": "opening", "label": "开业日期", "type": "date"}]
    form = {"steps": [{"code": "shop", "title": "店铺", "fields": fields}]}
    content = {**ITEM["content"], "form": form, "materials": ITEM["content"]["materials"][:3]}
    import_item(by=SYSTEM, data={**ITEM, "content": content}, now=NOW)
    page, clerk = reverse("cases-take-in", args=[ITEM["code"]]), browse(a_clerk())
    boxes = {"opening-year": "2016", "opening-month": "10", "opening-day": "32"}
    kept = {key: value for key, value in intake().items() if key not in ("shop_name", "by_agent")}

    wrong = clerk.post(page, kept | boxes)
    right = clerk.post(page, kept | boxes | {"opening-day": "8"})

    assert wrong.status_code == 422
    assert 'value="32"' in text(wrong)
    assert right.status_code == 302
    assert json.loads(Case.objects.get().answers) == {"opening": "2016-10-08"}


def test_an_item_that_this_centre_does_not_take_in(browse):
    other = another_clerk()
    only_here = {**ITEM["content"], "service_points": {"centres": [PLACE]}}
    import_item(by=SYSTEM, data={**ITEM, "content": only_here}, now=NOW)

    answer = browse(other).post(reverse("cases-take-in", args=[ITEM["code"]]), intake())

    assert answer.status_code == 409
    assert Case.objects.count() == 0
    assert browse(other).get(reverse("cases-take-in", args=["NO-1"])).status_code in (404, 409)


def test_the_workbench_shows_the_line_the_paper_and_the_form(browse):
    case, clerk = a_case(), browse(a_clerk())
    page = reverse("cases-workbench", args=[case.case_no])

    shown = text(clerk.get(page, {"line": "plan", "page": "²", "file": "x"}))

    assert "标出面积" in shown
    assert "小满餐饮店" in shown
    assert "/1/" in shown
    assert "10 月 12 日" in shown  # accepted today, it would be due
    assert clerk.get(reverse("cases-workbench", args=["BA16-0924-999999-0"])).status_code == 404
    assert browse(another_clerk()).get(page).status_code == 200  # it could take the paper


def test_lines_are_judged_one_by_one(browse):
    case, clerk = a_case(), browse(a_clerk())
    page = reverse("cases-judge", args=[case.case_no])

    assert clerk.post(page, {"line": "plan", "verdict": "flawed"}).status_code == 422
    assert clerk.post(page, {"line": "extra", "verdict": "good"}).status_code == 404
    for _ in range(2):
        answer = clerk.post(page, {"line": "plan", "verdict": "flawed", "flaw": "没有标面积"})
        assert answer.url == reverse("cases-workbench", args=[case.case_no])
    assert clerk.post(page, {"line": "rules", "verdict": "good"}).status_code == 302
    assert case.materials.get(code="plan").flaw == "没有标面积"
    assert case.materials.get(code="rules").verdict == Verdict.GOOD


def test_papers_are_scanned_for_their_line(browse):
    case, clerk = taken_in(), browse(a_clerk())
    page = reverse("cases-scan", args=[case.case_no])

    assert clerk.post(page, {"line": "plan"}).status_code == 422
    assert clerk.post(page, {"line": "plan", "scan": lie()}).status_code == 415
    assert clerk.post(page, {"line": "plan", "scan": picture()}).status_code == 302
    assert case.materials.get(code="plan").files.count() == 1


def test_paper_of_an_online_case_is_received_once(browse):
    case, clerk = a_case(given=on_paper()), browse(a_clerk())
    page = reverse("cases-receive", args=[case.case_no])

    assert clerk.post(page, {"papers": ["plan", "rules"], "revision": "1"}).status_code == 302
    assert clerk.post(page, {"papers": ["plan"], "revision": "1"}).status_code == 409
    assert clerk.post(page, {"papers": ["plan"]}).status_code == 422
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED


def test_a_case_is_accepted_when_every_line_is_in_order_and_once(browse):
    case, clerk = a_case(), browse(a_clerk())
    page = reverse("cases-accept", args=[case.case_no])

    too_early = clerk.post(page, {"revision": "1"})
    assert too_early.status_code == 422
    assert "经营场所布局图" in text(too_early)
    all_good(case)
    assert clerk.post(page, {"revision": "1"}).status_code == 302
    assert clerk.post(page, {"revision": "1"}).status_code == 409
    assert clerk.post(reverse("cases-judge", args=[case.case_no]), {"line": "plan"}).status_code == 409


def test_corrections_are_asked_for_once(browse):
    case, clerk = a_case(), browse(a_clerk())
    page = reverse("cases-ask-correction", args=[case.case_no])
    all_good(case)
    assert clerk.post(page, {"revision": "1"}).status_code == 422
    all_good(case, but="plan")

    assert clerk.post(page, {"revision": "1"}).status_code == 302
    assert clerk.post(page).status_code == 409


def test_corrections_are_taken_in_at_the_window(browse):
    case, clerk = asked_for_corrections(a_resident()), browse(a_clerk())
    bench, supply = (reverse(f"cases-{name}", args=[case.case_no]) for name in ("workbench", "supply"))
    assert case.case_no in text(clerk.get(reverse("cases-counter"), {"q": case.case_no}))
    assert case.case_no not in text(clerk.get(reverse("cases-counter")))
    assert 'name="paper-plan"' in text(clerk.get(bench))

    assert clerk.post(supply).status_code == 422
    assert clerk.post(supply, {"paper-plan": "yes", "revision": "1"}).status_code == 409
    assert clerk.post(supply, {"paper-plan": "yes", "scan-plan": picture(), "revision": "2"}).url == bench
    assert clerk.post(supply, {"paper-plan": "yes"}).status_code == 409
    assert "/correction/" not in text(clerk.get(bench))  # there is no second notice
    assert "没有照要求交来" in text(clerk.get(reverse("cases-turn-away", args=[case.case_no])))


def test_a_window_that_cannot_take_corrections_says_where_they_go(browse):
    case = taken_in()
    all_good(case, but="plan")
    actions.ask_correction(by=a_clerk(), case_id=case.id, now=NOW)

    shown = text(browse(another_clerk()).get(reverse("cases-workbench", args=[case.case_no])))

    assert "补正请到那里，或者在网上办" in shown
    assert "/supply/" not in shown


def test_paper_that_was_left_out_is_received_later(browse):
    case, clerk = taken_in(given={}), browse(a_clerk())
    bench, receive = (reverse(f"cases-{name}", args=[case.case_no]) for name in ("workbench", "receive"))
    assert 'name="papers" value="plan"' in text(clerk.get(bench))

    assert clerk.post(receive, {"revision": "1"}).status_code == 422
    assert clerk.post(receive, {"papers": ["extra"], "revision": "1"}).status_code == 404
    assert clerk.post(receive, {"papers": ["plan", "rules"], "revision": "1"}).url == bench
    assert 'name="papers"' not in text(clerk.get(bench))


def test_a_case_filed_for_another_centre_is_found_and_taken_over_with_its_paper(browse):
    case, other = a_case(given=on_paper()), another_clerk()
    clerk, look = browse(other), reverse("cases-look")
    bench = reverse("cases-workbench", args=[case.case_no])

    assert bench in text(clerk.get(look, {"q": case.case_no}, follow=True))
    shown = text(clerk.get(bench))
    assert f"{PLACE}政务服务中心" in shown
    assert "/accept/" not in shown
    assert clerk.post(reverse("cases-receive", args=[case.case_no]), {"papers": ["plan"]}).url == bench
    assert "/accept/" in text(clerk.get(bench))


def test_whoever_reads_a_case_is_led_to_where_they_can_act(browse):
    case = an_accepted_case()
    page = reverse("cases-desk-case", args=[case.case_no])
    review, bench = reverse("cases-review", args=[case.case_no]), reverse("cases-workbench", args=[case.case_no])

    led = {
        post: [address in text(browse(an_officer(post)).get(page)) for address in (bench, review)]
        for post in (f"clerk.{PLACE}", "market.reviewer", "market.decider", f"issuer.{PLACE}")
    }

    assert led == {
        f"clerk.{PLACE}": [True, False],
        "market.reviewer": [False, True],
        "market.decider": [False, False],
        f"issuer.{PLACE}": [False, False],
    }


def test_turning_away_needs_reason_and_basis(browse):
    case, clerk = a_case(), browse(a_clerk())
    page = reverse("cases-turn-away", args=[case.case_no])

    nothing = clerk.post(page)
    assert (nothing.status_code, bool(said_at(nothing, "reason"))) == (422, True)
    no_basis = clerk.post(page, {"reason": "不归我们管"})
    assert (no_basis.status_code, bool(said_at(no_basis, "legal_basis"))) == (422, True)
    assert "不归我们管" in text(no_basis)
    given = {"reason": "不归我们管", "legal_basis": "许可法三十二条", "correct_agency": "水务局", "revision": "1"}
    assert clerk.post(page, given).status_code == 302
    assert clerk.post(page, given).status_code == 409


# behind the counter


def with_a_fee():
    fee = {"name": "证照工本费", "amount_fen": 1000, "basis": "收费目录"}
    import_item(by=SYSTEM, data={**ITEM, "content": {**ITEM["content"], "fees": [fee]}}, now=NOW)
    case = an_accepted_case()
    examine(case)
    return case


def test_a_fee_is_asked_for_and_paid_before_the_decision(browse):
    case = with_a_fee()
    review, paid = reverse("cases-review", args=[case.case_no]), reverse("cases-confirm-payment", args=[case.case_no])
    decider, clerk = an_officer("market.decider"), a_clerk()

    assert browse(decider).post(review, {"act": "grant"}).status_code == 409
    assert browse(decider).post(review, {"act": "payment"}).status_code == 302
    assert browse(decider).post(review, {"act": "payment"}).status_code == 409
    assert "10 元" in text(browse(clerk).get(reverse("cases-workbench", args=[case.case_no])))
    assert browse(clerk).post(paid, {"receipt_no": " "}).status_code == 422
    assert browse(clerk).post(paid, {"receipt_no": "粤财 001"}).status_code == 302
    assert browse(clerk).post(paid, {"receipt_no": "粤财 001"}).status_code == 409
    assert browse(decider).post(review, {"act": "grant"}).status_code == 302


def test_the_task_list_leads_to_the_case(browse):
    case = an_accepted_case()
    reviewer, page = an_officer("market.reviewer"), reverse("cases-tasks")

    shown = text(browse(reviewer).get(page))
    assert case.case_no in shown
    assert "审查" in shown
    assert "Review" in text(browse(reviewer, "en").get(page))
    assert case.case_no not in text(browse(reviewer).get(page, {"kind": "survey"}))
    assert case.case_no not in text(browse(reviewer).get(page, {"due": "today"}))
    assert case.case_no not in text(browse(reviewer).get(page, {"q": "王"}))
    assert browse(reviewer).get(page, {"after": "x"}).status_code == 404


def test_opinion_survey_and_countersignature_then_the_decision(browse):
    case = an_accepted_case()
    page = reverse("cases-review", args=[case.case_no])
    reviewer, surveyor = an_officer("market.reviewer"), an_officer("market.surveyor")
    colleague = an_officer("market.surveyor", 1)

    silent = browse(reviewer).post(page, {"act": "opinion", "opinion": "pass", "text": " "})
    assert (silent.status_code, bool(said_at(silent, "text"))) == (422, True)
    assert browse(reviewer).post(page, {"act": "dance"}).status_code == 404
    given = {"act": "opinion", "opinion": "pass", "text": "材料齐全。", "revision": "2"}
    assert browse(reviewer).post(page, given).status_code == 302
    assert browse(reviewer).post(page, given).status_code == 409
    assert browse(reviewer).post(page, {**given, "revision": ""}).status_code == 403
    alone = browse(surveyor).post(page, {"act": "survey", "opinion": "pass", "text": "符合。"})
    assert alone.status_code == 422
    assert colleague.label in text(alone)
    found = {"act": "survey", "opinion": "against", "text": "距厕所 10 米。", "people": [colleague.id, "²", "x"]}
    assert browse(surveyor).post(page, found).status_code == 302
    assert browse(an_officer("fire.reviewer")).post(page, {**given, "revision": ""}).status_code == 302
    decider = browse(an_officer("market.decider"))
    shown = text(decider.get(page, {"line": "plan", "page": "7"}))
    assert "距厕所 10 米。" in shown
    bare = decider.post(page, {"act": "refuse", "text": "距污染源过近。"})
    assert (bare.status_code, bool(said_at(bare, "legal_basis"))) == (422, True)
    refusal = {"act": "refuse", "text": "距污染源过近。", "legal_basis": "办法第十一条"}
    assert decider.post(page, refusal).status_code == 302
    assert decider.post(page, refusal).status_code == 409


def test_the_desk_finds_a_case_by_its_number(browse):
    case, reviewer = an_accepted_case(), an_officer("market.reviewer")
    look, page = reverse("cases-look"), reverse("cases-desk-case", args=[case.case_no])

    assert browse(reviewer).get(look, {"q": case.case_no.replace("-", "")}).url == page
    assert browse(reviewer).get(look).url == reverse("desk-home")
    assert browse(reviewer).get(look, {"q": "BA16-0924-999999-0"}).status_code == 404
    assert case.case_no in text(browse(reviewer).get(page))
    assert browse(an_officer("market.decider")).get(page).status_code == 200
    assert browse(an_officer("fire.decider")).get(page).status_code == 403


# issuing, and paper on its way


def test_a_result_is_made_and_handed_over_once_to_whom_it_belongs(browse):
    a_resident("李样本", LI, "li")
    case = a_granted_case()
    page, issuer = reverse("cases-issue", args=[case.case_no]), browse(an_issuer())
    assert case.case_no in text(issuer.get(reverse("cases-issuing")))
    revision = str(Case.objects.get(pk=case.id).revision)

    assert issuer.post(page, {"revision": revision}).url == page
    assert issuer.post(page, {"revision": revision}).status_code == 409
    stranger = issuer.post(page, {"id_type": "111", "id_number": LI})
    assert (stranger.status_code, bool(said_at(stranger, "id_number"))) == (422, True)
    assert issuer.post(page, {"id_type": "111", "id_number": CHEN}).url == page
    assert issuer.post(page, {"id_type": "111", "id_number": CHEN}).status_code == 409
    assert case.case_no not in text(issuer.get(reverse("cases-issuing")))
    assert issuer.get(reverse("cases-issuing"), {"after": "x"}).status_code == 404


def test_who_is_in_the_issuing_list(browse):
    case = a_ready_case()
    issuer = browse(an_issuer())

    assert case.case_no in text(issuer.get(reverse("cases-issuing"), {"q": case.case_no}))
    assert case.case_no not in text(issuer.get(reverse("cases-issuing"), {"q": "王"}))


def test_paper_goes_in_a_sealed_bag_and_is_signed_for_once(browse):
    case = taken_in()
    waiting = taken_in(a_resident("李样本", LI, "li"), key="key-2")
    all_good(case)
    actions.accept_case(by=a_clerk(), case_id=case.id, now=NOW)
    bags, send = reverse("cases-bags"), reverse("cases-send-bag")
    clerk, reviewer = a_clerk(), an_officer("market.reviewer")
    given = {"agency": case.agency_id, "cases": [str(case.id)], "bag_no": "F-0001"}
    assert case.case_no in text(browse(clerk).get(bags))

    nameless = browse(clerk).post(send, {**given, "bag_no": ""})
    assert (nameless.status_code, bool(said_at(nameless, f"bag_no-{case.agency_id}"))) == (422, True)
    assert browse(clerk).post(send, {**given, "agency": "x"}).status_code == 404
    assert browse(clerk).post(send, {**given, "cases": ["x"]}).status_code == 404
    assert browse(clerk).post(send, {**given, "cases": [str(waiting.id)]}).status_code == 422  # not accepted yet
    assert browse(clerk).post(send, given).url == bags
    assert browse(clerk).post(send, given).status_code == 422
    number = HandOverList.objects.get().number
    assert browse(clerk).get(reverse("cases-bag-list", args=[number]))["Content-Type"] == "application/pdf"
    assert browse(clerk).get(reverse("cases-bag-list", args=["JJ-1"])).status_code == 404
    receive = reverse("cases-receive-bag", args=[number])
    assert browse(an_officer("fire.reviewer")).post(receive).status_code == 403
    assert browse(an_officer("fire.reviewer")).get(reverse("cases-bag-list", args=[number])).status_code == 404
    assert "F-0001" in text(browse(reviewer).get(bags))
    assert browse(reviewer).post(receive).url == bags
    assert browse(reviewer).post(receive).status_code == 409
    assert browse(reviewer).post(reverse("cases-receive-bag", args=["JJ-1"])).status_code == 404
