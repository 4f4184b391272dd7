"""Facts for every occasion, and people to write to."""

from yimen.identity.actions import register_person
from yimen.identity.models import User
from yimen.identity.terms import IdType
from yimen.kernel import clock
from yimen.kernel.actors import SYSTEM
from yimen.notices.actions import send_notice
from yimen.notices.terms import FACTS, Occasion

#: What each fact looks like in real life.
SAMPLES = {
    "case_no": "BA20261010-00012-7",
    "item_name": "居住证签注",
    "applicant_name": "陈小满",
    "link": "https://hall.example/my/cases/BA20261010-00012-7/",
    "due_on": "2016-10-19",
    "why": "缺少住所证明。",
    "amount": "20.00元",
    "centre": "区政务服务中心",
    "address": "建安一路99号",
    "hours": "周一至周五 9:00–20:00",
    "code": "204613",
    "minutes": "5",
}


def facts_of(occasion: Occasion) -> dict[str, str]:
    """Exactly the facts that the occasion declares."""
    return {name: SAMPLES[name] for name in FACTS[occasion]}


def a_user(name: str = "xiaoman") -> User:
    """Somebody with an account."""
    return User.objects.create_user(name, "a long password")


def a_notice(*, key: str = "case:1:filed", occasion: Occasion = Occasion.CASE_FILED, **given: object):
    """A notice that has been written."""
    given = {"language": "zh-hans", "facts": facts_of(occasion), "now": clock.now(), **given}
    return send_notice(occasion=occasion, key=key, **given)


def a_resident() -> User:
    """Somebody with an account who has said who they are."""
    person = register_person(
        by=SYSTEM, name="陈小满", id_type=IdType.CITIZEN, id_number="11010519491231002X", phone="", now=clock.now()
    )
    user = a_user()
    user.person = person
    user.save()
    return user
