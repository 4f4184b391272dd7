"""Regular work of the register."""

from yimen.cases.actions import (
    count_popularity,
    deem_silent_cases_accepted,
    drop_expired_drafts,
    end_uncorrected_cases,
    remind_of_corrections,
)
from yimen.kernel import clock
from yimen.kernel.jobs import regularly


@regularly("cases.deem_silent_cases_accepted", "7 0 * * *")
def deem_accepted() -> int:
    """Shortly after midnight: silence counts as acceptance."""
    return deem_silent_cases_accepted(now=clock.now())


@regularly("cases.end_uncorrected_cases", "17 0 * * *")
def end_uncorrected() -> int:
    """Shortly after midnight: corrections that did not come."""
    return end_uncorrected_cases(now=clock.now())


@regularly("cases.remind_of_corrections", "5 9 * * *")
def remind() -> int:
    """In the morning: corrections that are due soon."""
    return remind_of_corrections(now=clock.now())


@regularly("cases.drop_expired_drafts", "27 0 * * *")
def drop_drafts() -> int:
    """At night: drafts whose time is over."""
    return drop_expired_drafts(now=clock.now())


@regularly("cases.count_popularity", "37 0 * * *")
def popularity() -> int:
    """At night: which items are asked for most."""
    return count_popularity(now=clock.now())
