"""Everything that can be done to a case."""

from yimen.cases.actions.bags import receive_bag, send_bag
from yimen.cases.actions.correct import supply_correction, terminate_case
from yimen.cases.actions.counter import (
    accept_case,
    ask_correction,
    attach_scan,
    deem_accepted,
    judge_material,
    turn_away_case,
)
from yimen.cases.actions.decide import grant_case, refuse_case
from yimen.cases.actions.desk import receive_case
from yimen.cases.actions.drafts import (
    answer_step,
    bring_paper,
    choose_applicant,
    choose_collection,
    drop_draft,
    drop_expired_drafts,
    drop_file,
    file_draft,
    give_file,
    own_draft,
    start_draft,
)
from yimen.cases.actions.examine import give_opinion, record_survey
from yimen.cases.actions.filing import Filing, file_case
from yimen.cases.actions.given import GivenMaterial, Upload
from yimen.cases.actions.issue import close_case, hand_over_result, make_result
from yimen.cases.actions.limits import date_waiting_limits, deem_silent_cases_accepted, end_uncorrected_cases
from yimen.cases.actions.notify import remind_of_corrections
from yimen.cases.actions.pay import ask_payment, confirm_payment, waive_payment
from yimen.cases.actions.popularity import count_popularity
from yimen.cases.actions.withdraw import withdraw_case

__all__ = [
    "Filing",
    "GivenMaterial",
    "Upload",
    "accept_case",
    "answer_step",
    "ask_correction",
    "ask_payment",
    "attach_scan",
    "bring_paper",
    "choose_applicant",
    "choose_collection",
    "close_case",
    "confirm_payment",
    "count_popularity",
    "date_waiting_limits",
    "deem_accepted",
    "deem_silent_cases_accepted",
    "drop_draft",
    "drop_expired_drafts",
    "drop_file",
    "end_uncorrected_cases",
    "file_case",
    "file_draft",
    "give_file",
    "give_opinion",
    "grant_case",
    "hand_over_result",
    "judge_material",
    "make_result",
    "own_draft",
    "receive_bag",
    "receive_case",
    "record_survey",
    "refuse_case",
    "remind_of_corrections",
    "send_bag",
    "start_draft",
    "supply_correction",
    "terminate_case",
    "turn_away_case",
    "waive_payment",
    "withdraw_case",
]
