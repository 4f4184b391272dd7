"""When a centre is open, and what somebody asks who asks when a limit ends. Pure."""

from yimen.places.rules.opening import (
    CLOSED,
    Hours,
    Interval,
    OpeningTimes,
    check_intervals,
    check_week,
    is_open_at,
    next_opening,
)
from yimen.places.rules.question import Question, read_line, read_question

__all__ = [
    "CLOSED",
    "Hours",
    "Interval",
    "OpeningTimes",
    "Question",
    "check_intervals",
    "check_week",
    "is_open_at",
    "next_opening",
    "read_line",
    "read_question",
]
