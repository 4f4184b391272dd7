"""Ways in which a case says no."""

from django.utils.translation import gettext_lazy as _

from yimen.kernel.errors import NotAllowed, Refusal


class MoveNotAllowed(Refusal):
    """The verb does not fit the state of the case."""

    code = "cases.move-not-allowed"
    message = _("This case is “%(state)s”; “%(verb)s” is not possible now.")


class SomebodyWasFaster(Refusal):
    """Another person acted on the case since this page was opened."""

    code = "cases.somebody-was-faster"
    message = _("Somebody acted on this case while your page was open. Look at it again and decide anew.")


class KeyUsedBefore(Refusal):
    """The idempotency key has filed an application for something else, or for somebody else."""

    code = "cases.key-used-before"
    message = _("This key has filed another application before. Take a new key for a new application.")


class NotYourCase(NotAllowed):
    """The case belongs to another post, centre or agency."""

    code = "cases.not-your-case"
    message = _("This case is not with your post.")


class SamePersonTwice(NotAllowed):
    """Accepting, surveying, deciding and issuing are different people's."""

    code = "cases.same-person-twice"
    message = _("You have already acted on this case as “%(duty)s”. Somebody else must do this step.")
    law = "XKF art. 26"


class MaterialsMissing(Refusal):
    """Not every required material is there. Said once, with the whole list."""

    code = "cases.materials-missing"
    message = _("These materials are still missing: %(names)s.")
    law = "XKF art. 32(1)(4)"
    status = 422


class MaterialsNotChecked(Refusal):
    """Every line has to be judged before anything is said."""

    code = "cases.materials-not-checked"
    message = _("These lines have not been checked yet: %(names)s.")
    law = "XKF art. 32(1)(4)"
    status = 422


class NothingToCorrect(Refusal):
    """A notice of corrections has to name at least one line."""

    code = "cases.nothing-to-correct"
    message = _("No line of the checklist is marked as to be corrected.")
    status = 422


class AlreadyNotified(Refusal):
    """Corrections are asked for once."""

    code = "cases.already-notified"
    message = _("Corrections have already been asked for in this case. All that is missing is said once.")
    law = "XKF art. 32(1)(4)"


class ReasonMissing(Refusal):
    """A refusal without a reason and a legal basis is none."""

    code = "cases.reason-missing"
    message = _("Give the reason and the legal basis.")
    law = "XKF art. 38"
    status = 422


class SurveyNeedsTwo(Refusal):
    """A survey is done by two people at least."""

    code = "cases.survey-needs-two"
    message = _("A survey needs at least %(people)s different officers.")
    law = "XKF art. 34"
    status = 422


class ItemNotOffered(Refusal):
    """The item cannot be filed: not published, suspended, not online, or not at this centre."""

    code = "cases.item-not-offered"
    message = _("This item cannot be filed here now.")


class WrongCaseNumber(Refusal):
    """Number and PIN do not belong together; the same words whether the number exists or not."""

    code = "cases.wrong-case-number"
    message = _("The case number and the PIN do not match. Check both on your receipt.")
    status = 404


class FeeNotPaid(Refusal):
    """The fee must be paid before the decision."""

    code = "cases.fee-not-paid"
    message = _("The fee has not been paid yet.")


class CollectorNotEntitled(Refusal):
    """Only the applicant or a representative with a mandate collects."""

    code = "cases.collector-not-entitled"
    message = _("The person at the window is neither the applicant nor a representative on record.")
    status = 422


class ApplicantNotEntitled(NotAllowed):
    """Only the applicant, or somebody with a mandate in force, may file."""

    code = "cases.applicant-not-entitled"
    message = _("You can file for yourself, or for somebody who has given you a mandate that is in force.")
    law = "XKF art. 29"


class MandateEnded(NotAllowed):
    """Whoever gave the mandate has withdrawn it, or it is over."""

    code = "cases.mandate-ended"
    message = _("Your mandate for %(name)s is not in force any more.")
    law = "XKF art. 29"


class UnknownLine(Refusal):
    """The checklist is frozen: nobody adds a line to it."""

    code = "cases.unknown-line"
    message = _("The published checklist has no such line. Nobody can add one to a case.")
    law = "XKF art. 30"
    status = 404


class FlawMissing(Refusal):
    """A line marked as flawed says what is wrong with it."""

    code = "cases.flaw-missing"
    message = _("Say what is wrong with this paper and how to mend it.")
    law = "XKF art. 32(1)(4)"
    status = 422


class FileMissing(Refusal):
    """The button was pressed before a file was chosen."""

    code = "cases.file-missing"
    message = _("Choose a file first.")
    status = 422


class TooManyFiles(Refusal):
    """A line takes so many files and no more."""

    code = "cases.too-many-files"
    message = _("One line takes at most %(count)s files. Put several pages into one PDF.")
    status = 422


class NoFee(Refusal):
    """The published version names no fee, or it has been asked for already."""

    code = "cases.no-fee"
    message = _("There is no fee to ask for: the published version names none, or it has been asked for already.")
    law = "XKF art. 58"


class NoRelief(Refusal):
    """The published version names no relief for a fee that is still to be paid."""

    code = "cases.no-relief"
    message = _("The published version names no relief for this fee, or nothing is left to be paid.")
    law = "XKF art. 58"


class ReceiptMissing(Refusal):
    """A payment is proved by the number of its official receipt."""

    code = "cases.receipt-missing"
    message = _("Give the number of the official receipt.")
    status = 422


class NotDeclared(Refusal):
    """The applicant answers for the truth of what is filed."""

    code = "cases.not-declared"
    message = _("Confirm that what you have filled in and handed in is true.")
    law = "XKF art. 31"
    status = 422


class PaperNotChosen(Refusal):
    """Nothing was ticked that is still to come."""

    code = "cases.paper-not-chosen"
    message = _("Choose the paper that lies on the desk now.")
    status = 422


class PaperLiesElsewhere(Refusal):
    """Paper of the case lies at another centre, and would be lost on the way."""

    code = "cases.paper-lies-elsewhere"
    message = _("Paper of this case lies at %(centre)s. Corrections go there, or online.")


class NothingAskedOfLine(Refusal):
    """A line for which nothing has to be handed in cannot be flawed."""

    code = "cases.nothing-asked-of-line"
    message = _("Nothing has to be handed in for “%(name)s” in this case, so nothing can be wrong with it.")
    law = "XKF art. 31"


class NotHereYet(Refusal):
    """Nothing lies on the desk that could be in order."""

    code = "cases.not-here-yet"
    message = _("Nothing was given for “%(name)s”. Receive the paper or scan it first, or say that it is missing.")
    law = "XKF art. 32(1)(4)"


class BagNumberMissing(Refusal):
    """A sealed bag has a number."""

    code = "cases.bag-number-missing"
    message = _("Give the number printed on the sealed bag.")
    status = 422


class BagEmpty(Refusal):
    """There is no paper of these cases that has not been sent already."""

    code = "cases.bag-empty"
    message = _("There is no paper to send in the cases that were chosen.")
    status = 422


class BagAlreadyReceived(Refusal):
    """Somebody has signed for the bag."""

    code = "cases.bag-already-received"
    message = _("This bag has been signed for already.")


class PostNotFilled(Refusal):
    """The route names a post that nobody has set up: the item's administrator has to mend it."""

    code = "cases.post-not-filled"
    message = _("The route of this item names the post %(post)s, which does not exist. Tell the item's administrator.")
