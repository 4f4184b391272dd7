"""People are written to once, in their language, by every way there is."""

from datetime import timedelta

import pytest

from yimen.channels.models import Message
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM
from yimen.ledger.queries import lines
from yimen.notices.actions import edit_template, mark_read, send_notice
from yimen.notices.errors import FactMissing, NoTemplate
from yimen.notices.models import Notice, Template
from yimen.notices.terms import Occasion
from yimen.notices.tests.builders import a_notice, a_user, facts_of

pytestmark = pytest.mark.django_db


def sent():
    return list(Message.objects.order_by("id").values_list("channel", "address", "title", "text", "subject_kind"))


def test_a_resident_is_written_to_by_all_ways():
    user = a_user()

    notice = a_notice(occasion=Occasion.CASE_CLOSED, user_id=user.id, phone="13800000000", email="a@example.org")

    assert notice.title == "办完了 BA20261010-00012-7"
    assert sent() == [
        ("sms", "13800000000", "", "您的居住证签注（编号BA20261010-00012-7）已全部办完，谢谢您。", "notice"),
        ("mail", "a@example.org", notice.title, notice.text, "notice"),
    ]


def test_without_an_address_nothing_is_sent():
    a_notice(user_id=a_user().id)

    assert sent() == []


def test_the_same_key_writes_once():
    first = a_notice(key="case:7:granted", phone="13800000000")
    second = a_notice(key="case:7:granted", phone="13800000000")

    assert (first.key, second) == ("case:7:granted", None)
    assert (Notice.objects.count(), len(sent())) == (1, 1)


def test_a_language_without_words_falls_back_to_chinese():
    notice = a_notice(language="fr")

    assert (notice.language, notice.title) == ("zh-hans", "我们收到了您的申请 BA20261010-00012-7")


def test_an_occasion_without_any_words_is_an_error():
    Template.objects.filter(occasion=Occasion.CASE_FILED).delete()

    with pytest.raises(NoTemplate):
        a_notice()


def test_a_missing_fact_writes_nothing():
    with pytest.raises(FactMissing):
        send_notice(occasion=Occasion.CASE_FILED, key="k", facts={}, language="en", phone="1", now=clock.now())

    assert (Notice.objects.count(), sent()) == (0, [])


def test_a_code_goes_out_and_is_not_kept():
    notice = a_notice(occasion=Occasion.SIGN_IN_CODE, phone="13800000000")

    assert "204613" not in notice.text
    assert Message.objects.values_list("text", "is_secret").get() == (
        "验证码204613，5分钟内有效。不要告诉任何人，工作人员也不会问您要。",
        True,
    )


def test_reading_counts_once_and_only_for_the_person():
    user, now = a_user(), clock.now()
    notice = a_notice(user_id=user.id)

    stranger = mark_read(by=a_user("stranger").id, notice_id=notice.id, now=now)
    first = mark_read(by=user.id, notice_id=notice.id, now=now)
    again = mark_read(by=user.id, notice_id=notice.id, now=now + timedelta(days=1))

    notice.refresh_from_db()
    assert (stranger, first, again, notice.read_at) == (False, True, False, now)


def edit(**given):
    words = {"occasion": Occasion.CASE_CLOSED, "language": "en", "title": "Done: {case_no}", "text": "Bye.", "sms": ""}
    return edit_template(by=SYSTEM, now=clock.now(), **{**words, **given})


def test_edited_words_are_used_and_stand_in_the_ledger():
    edit()

    notice = a_notice(occasion=Occasion.CASE_CLOSED, language="en", phone="13800000000")

    assert (notice.title, notice.text, sent()) == ("Done: BA20261010-00012-7", "Bye.", [])
    assert [line.verb for line in lines("notices:case_closed.en")] == ["edit_template"]


def test_words_that_cannot_be_filled_are_refused():
    with pytest.raises(FactMissing):
        edit(sms="{id_number}")


def test_every_occasion_and_language_is_seeded():
    assert Template.objects.count() == len(Occasion) * 4
    assert facts_of(Occasion.SIGN_IN_CODE) == {"code": "204613", "minutes": "5"}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh-hans", "最迟 2016 年 10 月 19 日，我们会告诉您是否受理。"),
        ("en", "By 19 Oct 2016 at the latest we will tell you whether we take it on."),
    ],
)
def test_a_day_is_written_in_the_language_of_the_words(language, line):
    assert line in a_notice(language=language).text.split("\n")


def test_a_due_date_in_words_stays_as_it_is():
    facts = {**facts_of(Occasion.CASE_ACCEPTED), "due_on": "30 个工作日"}

    assert "办结期限：30 个工作日" in a_notice(occasion=Occasion.CASE_ACCEPTED, facts=facts).text.split("\n")
