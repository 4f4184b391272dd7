"""The words of a case: its few states, the verbs that move it, who may, and the facts of its materials and steps."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where a case stands. Few states, many facts."""

    FILED = "filed", _("filed")  # 已提交,待收件核对
    RECEIVED = "received", _("received")  # 已收件,待受理
    CORRECTION = "correction", _("waiting for corrections")  # 待补正
    IN_REVIEW = "in_review", _("being examined")  # 审查中
    AWAITING_PAYMENT = "awaiting_payment", _("waiting for payment")  # 待缴费
    GRANTED = "granted", _("granted, result being made")  # 准予,制证中
    REFUSED = "refused", _("refused, decision to be served")  # 不予,待送达
    READY = "ready", _("ready to be collected")  # 待领取
    HANDED_OVER = "handed_over", _("handed over")  # 已送达
    CLOSED = "closed", _("closed")  # 已办结
    NOT_ACCEPTED = "not_accepted", _("not accepted")  # 不予受理
    WITHDRAWN = "withdrawn", _("withdrawn")  # 已撤回
    TERMINATED = "terminated", _("terminated")  # 终止


class Verb(TextChoices):
    """What can be done to a case. The ledger writes these words."""

    FILE = "file", _("filed")
    TAKE_IN = "take_in", _("taken in at the window")
    RECEIVE = "receive", _("materials received")
    ACCEPT = "accept", _("accepted")
    DEEM_ACCEPTED = "deem_accepted", _("deemed accepted")
    TURN_AWAY = "turn_away", _("not accepted")
    ASK_CORRECTION = "ask_correction", _("corrections asked for")
    SUPPLY_CORRECTION = "supply_correction", _("corrections handed in")
    GIVE_OPINION = "give_opinion", _("opinion given")
    RECORD_SURVEY = "record_survey", _("survey recorded")
    ASK_PAYMENT = "ask_payment", _("payment asked for")
    CONFIRM_PAYMENT = "confirm_payment", _("payment confirmed")
    WAIVE_PAYMENT = "waive_payment", _("fee waived")
    GRANT = "grant", _("granted")
    REFUSE = "refuse", _("refused")
    MAKE_RESULT = "make_result", _("result made")
    HAND_OVER = "hand_over", _("result handed over")
    CLOSE = "close", _("closed")
    WITHDRAW = "withdraw", _("withdrawn")
    TERMINATE = "terminate", _("terminated")
    SEND_PAPER = "send_paper", _("paper sent to the department")
    RECEIVE_PAPER = "receive_paper", _("paper received by the department")


class FilingChannel(TextChoices):
    """How a case came in (GB/T 39046 A.5)."""

    WINDOW = "window", _("window")
    WEB = "web", _("website")
    PHONE = "phone", _("mobile phone")
    KIOSK = "kiosk", _("kiosk")
    API = "api", _("another system")


class Way(TextChoices):
    """How a material was given."""

    NONE = "none", _("not given yet")
    UPLOAD = "upload", _("uploaded")
    PAPER = "paper", _("on paper")
    SCAN = "scan", _("scanned at the window")
    FORM = "form", _("filled in online")
    EXEMPT = "exempt", _("nothing to bring")
    NOT_NEEDED = "not_needed", _("not needed in this case")


class Verdict(TextChoices):
    """What the clerk found when holding a material against its line."""

    OPEN = "open", _("not checked yet")
    GOOD = "good", _("in order")
    FLAWED = "flawed", _("to be corrected")


class StepState(TextChoices):
    """A step of the route in one case."""

    WAITING = "waiting", _("not yet its turn")
    OPEN = "open", _("to be done")
    DONE = "done", _("done")
    DROPPED = "dropped", _("not needed any more")


class Opinion(TextChoices):
    """What a reviewer says."""

    PASS = "pass", _("in favour")
    AGAINST = "against", _("against")


class Decision(TextChoices):
    """How a case was decided."""

    GRANT = "grant", _("granted")
    REFUSE = "refuse", _("refused")


class ClockKind(TextChoices):
    """Limits that run on a case."""

    NOTICE = "notice", _("notice of corrections")  # five working days, XKF art. 32(4)
    CORRECTION = "correction", _("corrections by the applicant")
    PROMISED = "promised", _("promised limit")
    STATUTORY = "statutory", _("statutory limit")
    STEP = "step", _("limit of a step")
    DELIVERY = "delivery", _("making and serving the result")  # ten working days, XKF art. 44


class CollectWay(TextChoices):
    """How a result reaches the person (送达方式)."""

    COUNTER = "counter", _("at the issuing window")
    POST = "post", _("by post")
    ONLINE = "online", _("online")
