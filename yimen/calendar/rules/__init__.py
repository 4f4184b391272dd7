"""Counting limits: which day a limit ends on, and why. Pure.

One assumption is used for years without a notice, and only for ``earliest_on`` and for figures that are shown as such:
Monday to Friday are worked, weekends are not.
"""

from yimen.calendar.rules.counting import check_limit, due, explain, working_days_between
from yimen.calendar.rules.notice import check_notice, check_special_day
from yimen.calendar.rules.opening import IntervalsOn, explain_opening, opening_due
from yimen.calendar.rules.work_calendar import WorkCalendar
from yimen.calendar.terms import Due, ExplainedDay

__all__ = [
    "Due",
    "ExplainedDay",
    "IntervalsOn",
    "WorkCalendar",
    "check_limit",
    "check_notice",
    "check_special_day",
    "due",
    "explain",
    "explain_opening",
    "opening_due",
    "working_days_between",
]
