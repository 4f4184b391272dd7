"""Words with a fixed set of values; the codes of GB/T 39046—2020 Annex A are named where they exist."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemType(TextChoices):
    """A.1 事项类型, the ones that are applied for."""

    LICENCE = "licence", _("administrative licence")  # 01
    LEVY = "levy", _("levy")  # 04
    BENEFIT = "benefit", _("benefit payment")  # 05
    CONFIRMATION = "confirmation", _("administrative confirmation")  # 07
    AWARD = "award", _("administrative award")  # 08
    ADJUDICATION = "adjudication", _("administrative adjudication")  # 09
    OTHER_POWER = "other_power", _("other administrative power")  # 10
    PUBLIC_SERVICE = "public_service", _("public service")  # 20


class Audience(TextChoices):
    """A.4 服务对象."""

    PERSON = "person", _("residents")
    ENTERPRISE = "enterprise", _("enterprises")
    INSTITUTION = "institution", _("public institutions")
    SOCIAL = "social", _("social organisations")
    STATE = "state", _("state organs")
    OTHER = "other", _("other organisations")


class CaseType(TextChoices):
    """A.6 办件类型."""

    INSTANT = "instant", _("done at once")
    PROMISED = "promised", _("done within a promised time")


class VersionState(TextChoices):
    """The life of a version."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("being checked")
    PUBLISHED = "published", _("published")
    REPLACED = "replaced", _("replaced by a newer version")
    SUSPENDED = "suspended", _("suspended")
    CANCELLED = "cancelled", _("cancelled")


class MaterialKind(TextChoices):
    """材料类型."""

    CERTIFICATE = "certificate", _("certificate or proof")
    FORM = "form", _("application form")
    OTHER = "other", _("other paper")


class MaterialForm(TextChoices):
    """材料形式."""

    PAPER = "paper", _("paper")
    ELECTRONIC = "electronic", _("electronic")
    EITHER = "either", _("paper or electronic")


class Necessity(TextChoices):
    """材料必要性."""

    REQUIRED = "required", _("required")
    OPTIONAL = "optional", _("only in some cases")
    DEFERRABLE = "deferrable", _("may be handed in later")
    EXEMPT = "exempt", _("nothing to bring")


class MaterialSource(TextChoices):
    """来源渠道."""

    APPLICANT = "applicant", _("the applicant")
    GOVERNMENT = "government", _("a department of government")
    FORM = "form", _("filled in online")
    INTERMEDIARY = "intermediary", _("an intermediary")
    OTHER = "other", _("somebody else")


class ResultKind(TextChoices):
    """审批结果类型."""

    CERTIFICATE = "certificate", _("certificate")
    APPROVAL = "approval", _("approval document")
    REGISTRATION = "registration", _("registration")
    PAYMENT = "payment", _("payment")
    OTHER = "other", _("other")


class StepKind(TextChoices):
    """What is done in a step of the route."""

    REVIEW = "review", _("review")
    SURVEY = "survey", _("on-site survey")
    SIGN = "sign", _("countersignature")
    DECIDE = "decide", _("decision")


class LifeEvent(TextChoices):
    """What happens in a life or a firm; the front page leads by these."""

    BIRTH = "birth", _("Having a child")
    SCHOOL = "school", _("Going to school")
    WORK = "work", _("Finding work")
    FAMILY = "family", _("Getting married")
    HOUSING = "housing", _("Renting or buying a home")
    BUSINESS = "business", _("Opening a business")
    OLD_AGE = "old_age", _("Growing old")
    DEATH = "death", _("After a death")
    RESIDENCE = "residence", _("Settling here")
    HEALTH = "health", _("Illness and disability")
    BUILDING = "building", _("Building and renovating")
    TECHNOLOGY = "technology", _("Growing a technology firm")


class TextState(TextChoices):
    """How far a translation can be trusted."""

    MACHINE = "machine", _("machine translation, not checked")
    CHECKED = "checked", _("checked translation")
