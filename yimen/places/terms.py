"""The words of places."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RegionLevel(TextChoices):
    """Levels of the administrative tree (GB/T 2260, GB/T 10114)."""

    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    DISTRICT = "district", _("district")
    STREET = "street", _("street")
    COMMUNITY = "community", _("community")


class Tier(TextChoices):
    """Tiers of service centres."""

    DISTRICT = "district", _("district centre")
    STREET = "street", _("street centre")
    COMMUNITY = "community", _("community centre")


class WindowKind(TextChoices):
    """What a window is for."""

    INTEGRATED = "integrated", _("integrated window")
    DEDICATED = "dedicated", _("dedicated window")
    ISSUING = "issuing", _("issuing window")
    GUIDANCE = "guidance", _("guidance desk")


class Weekday(TextChoices):
    """Days of the week as they are stored: ISO numbers."""

    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")


class Amenity(TextChoices):
    """What a centre has besides windows."""

    CONVENIENCE_DESK = "convenience_desk", _("convenience desk")
    SELF_SERVICE = "self_service", _("self-service area: pay, look up, file, complain")
    NURSERY = "nursery", _("nursery room")
    TEA_ROOM = "tea_room", _("tea room")
    BUSINESS_ROOM = "business_room", _("business room")
    PRIORITY_LANE = "priority_lane", _("priority lane for people who need help")
    STEP_FREE = "step_free", _("step-free way in")
    WIFI = "wifi", _("free Wi-Fi")
