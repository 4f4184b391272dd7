"""Ways in which identity says no. Refusals about numbers name the rule that is broken, never the number."""

from django.utils.translation import gettext_lazy as _

from yimen.kernel.errors import NotAllowed, NotValid, Refusal


class IdNumberMalformed(NotValid):
    """The number does not have the shape of its document."""

    code = "identity.id-number-malformed"
    message = _("A number of this document looks like this: %(shape)s.")


class DocumentUnknown(NotValid):
    """A kind of document that the house does not know."""

    code = "identity.document-unknown"
    message = _("Choose the kind of document from the list.")


class RegionUnknown(NotValid):
    """The first digits of a number are no region."""

    code = "identity.region-unknown"
    message = _("The number begins with a region that does not exist. Please compare it with the document.")
    law = "GB 11643 art. 4"


class BirthDateImpossible(NotValid):
    """The seventh to fourteenth digit are no day of the calendar, or none that can be."""

    code = "identity.birth-date-impossible"
    message = _("The date of birth in the number (7th to 14th digit) is not a day that can be.")
    law = "GB 11643 art. 4"


class CheckCharacterWrong(NotValid):
    """The check character does not fit the characters before it."""

    code = "identity.check-character-wrong"
    message = _("The last character does not fit the others: one of them is mistyped. Please compare them one by one.")


class UsccMalformed(NotValid):
    """The code of an organisation does not have 18 characters of its alphabet."""

    code = "identity.uscc-malformed"
    message = _("A unified social credit code has 18 digits and capitals, without I, O, S, V and Z.")
    law = "GB 32100 art. 4"


class OrganisationCodeWrong(NotValid):
    """The organisation code inside (9th to 17th character) fails its own check."""

    code = "identity.organisation-code-wrong"
    message = _("The organisation code inside (9th to 17th character) is mistyped. Please compare it with the licence.")
    law = "GB 11714 art. 4"


class PhoneNotValid(NotValid):
    """No telephone can have this number."""

    code = "identity.phone-not-valid"
    message = _(
        "This is not a telephone number. Give 11 digits for a mobile, area code and number for a landline, "
        "or + and the country code."
    )


class MobileNeeded(NotValid):
    """A code can only be sent to a mobile telephone."""

    code = "identity.mobile-needed"
    message = _("We send a code by SMS: please give the number of a mobile telephone.")


class NameMissing(NotValid):
    """Somebody without a name."""

    code = "identity.name-missing"
    message = _("Please give the full name as it stands on the document.")


class NameDoesNotFit(NotValid):
    """The document is known under another name."""

    code = "identity.name-does-not-fit"
    message = _("Name and document number do not fit together. Please compare both with the document.")


class NotClaimable(Refusal):
    """The document cannot be joined to this account. One sentence for every reason, so that nobody learns which."""

    code = "identity.not-claimable"
    message = _(
        "We could not join this document to your account. Compare name and number with the document; if they are "
        "right, come to any window with it, where your telephone number can be put down."
    )


class PhoneTaken(Refusal):
    """Another account has this telephone."""

    code = "identity.phone-taken"
    message = _("This telephone number cannot be used for this account.")


class PrincipalMissing(NotValid):
    """A mandate needs exactly one person or organisation to act for."""

    code = "identity.principal-missing"
    message = _("A mandate is given by one person or one organisation.")


class OwnRepresentative(NotValid):
    """Nobody needs a mandate for themselves."""

    code = "identity.own-representative"
    message = _("You need no mandate to act for yourself.")


class MandateEndsTooEarly(NotValid):
    """The last day lies before the first one, or in the past."""

    code = "identity.mandate-ends-too-early"
    message = _("The last day of a mandate cannot lie before its first one.")


class MandateWithdrawnAlready(Refusal):
    """It has been taken back before."""

    code = "identity.mandate-withdrawn-already"
    message = _("This mandate has already been withdrawn.")


class NotYourMandate(NotAllowed):
    """Only the principal or who holds the mandate may touch it."""

    code = "identity.not-your-mandate"
    message = _("Only whoever gave a mandate, or holds it, may change it.")


class RepresentativeTaken(Refusal):
    """The firm has another legal representative, here or on its licence."""

    code = "identity.representative-taken"
    message = _(
        "This organisation has another legal representative on record. Please come to a window with the licence."
    )


class ResidentsOnly(NotAllowed):
    """A page of My space; accounts of staff have none."""

    code = "identity.residents-only"
    message = _("This page is for residents. Accounts of staff act at the desk; please use your own account here.")


class StaffOnly(NotAllowed):
    """A page of the desk."""

    code = "identity.staff-only"
    message = _("This page is for members of staff.")


class NoPostToday(NotAllowed):
    """A member of staff without a valid appointment."""

    code = "identity.no-post-today"
    message = _("You hold no post today. Your appointment may have ended; the administrator of your unit can tell.")


class NoSuchDuty(NotAllowed):
    """The post is for other duties."""

    code = "identity.no-such-duty"
    message = _("Your post does not include this duty: %(duties)s.")


class ScopeMissing(NotAllowed):
    """The token of another system does not reach so far."""

    code = "identity.scope-missing"
    message = _("This token does not have the scope “%(scope)s”.")


class WindowNotYours(NotAllowed):
    """A window of another centre."""

    code = "identity.window-not-yours"
    message = _("This window belongs to a centre where you hold no post.")


class ReasonMissing(NotValid):
    """Whoever looks at personal data says why."""

    code = "identity.reason-missing"
    message = _("Please say why you need to see this.")
    law = "PIPL art. 6"


class PostHasTwoHouses(NotValid):
    """A post belongs to one agency or to one centre."""

    code = "identity.post-has-two-houses"
    message = _("A post belongs to one agency or to one centre.")
