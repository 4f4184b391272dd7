"""Users, persons, organisations, agencies, posts, staff, mandates."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from yimen.identity.terms import Duty, IdType, MandateScope, NameLevel
from yimen.kernel.ids import new_id
from yimen.kernel.sealing import SealedTextField
from yimen.places.models import Centre, Region, Window


class Person(models.Model):
    """A natural person as a subject of government."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    id_type = models.CharField(max_length=3, choices=IdType.choices)
    id_number = SealedTextField()
    id_index = models.BinaryField(max_length=32)
    phone = SealedTextField(blank=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    address = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    name_level = models.CharField(max_length=10, choices=NameLevel.choices, default=NameLevel.DECLARED)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("id_type", "id_index", name="one_person_per_document")]
        indexes = [models.Index(fields=["phone_index"], name="identity_person_phone")]


class UserManager(BaseUserManager["User"]):
    """Makes users; allauth and the demo data come through here."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A user with a hashed password, or with none that works."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A user who may open the admin pages."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account that signs in; what it may do comes from the person or the staff record behind it."""

    id = models.BigAutoField(primary_key=True)
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    phone = SealedTextField(blank=True, default="")
    phone_index = models.BinaryField(max_length=32, null=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="user")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class Session(AbstractBaseSession):
    """A browser that is signed in, or was seen: Django's session, with the account that it belongs to."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        """What reads and writes these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore  # type: ignore[no-any-return]


class Organisation(models.Model):
    """A legal person or other organisation, under its unified social credit code (GB 32100)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    uscc = models.CharField(max_length=18, unique=True)
    legal_representative = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = SealedTextField(blank=True, default="")
    created_at = models.DateTimeField()


class Mandate(models.Model):
    """Somebody may act for a person or an organisation: who, for whom, in what, until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_held")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="mandates_given")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="mandates_given")
    scope = models.CharField(max_length=8, choices=MandateScope.choices, default=MandateScope.ALL)
    #: ``legal representative``, ``power of attorney`` …: on what it rests.
    basis = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(organisation=None), name="mandate_has_one_principal"
            )
        ]


class Agency(models.Model):
    """A department of government that decides, or the body that runs the centres."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    uscc = models.CharField(max_length=18, blank=True)
    name = models.CharField(max_length=100)
    names = models.JSONField(default=dict, blank=True)
    short_name = models.CharField(max_length=40, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    phone = models.CharField(max_length=30, blank=True)
    #: Where its acts are reviewed and sued over: printed on refusals.
    review_body = models.CharField(max_length=200, blank=True)
    court = models.CharField(max_length=200, blank=True)
    is_in_hall = models.BooleanField(default=False)
    is_online = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]


class Post(models.Model):
    """A place of work with duties: ``market.reviewer`` of the market supervision bureau, ``clerk`` of a centre."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    names = models.JSONField(default=dict, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="posts")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="posts")
    duties = ArrayField(models.CharField(max_length=20, choices=Duty.choices))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agency=None) ^ models.Q(centre=None), name="post_belongs_to_agency_or_centre"
            )
        ]
        ordering = ["code"]


class Staff(models.Model):
    """A member of staff: an account, a number, a name."""

    id = models.BigAutoField(primary_key=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="staff")
    staff_no = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    #: Where the clerk sits now, if at a window.
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")


class Appointment(models.Model):
    """A member of staff holds a post from a day until a day."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("staff", "post", "valid_from", name="one_appointment_per_start")]


class ApiToken(models.Model):
    """A key for another system: only its hash is kept."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    hash = models.BinaryField(max_length=32, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True)
    #: The officer in whose name acts are done; none for reading only.
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True)
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Look(models.Model):
    """Somebody looked at personal data that is usually masked: who, whose, why."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=40)
    actor_label = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="looks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="looks")
    what = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_no = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="identity_look_person")]
