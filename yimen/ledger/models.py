"""Lines, anchors and leaves. The database refuses to update, delete or truncate any of them."""

from django.db import models


class Line(models.Model):
    """One line of a chain. ``body`` is the exact text that was hashed: canonical JSON in UTF-8.

    ``hash`` = SHA-256(``previous`` + ``body``); the first line's ``previous`` is 32 zero bytes.
    """

    id = models.BigAutoField(primary_key=True)
    chain = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    body = models.TextField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("chain", "number", name="one_line_per_chain_and_number")]


class Anchor(models.Model):
    """A Merkle root over the heads of the chains that grew since the anchor before.

    ``hash`` = SHA-256(``previous`` + ``root`` + ISO moment in UTF-8).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    last_line = models.BigIntegerField()
    leaf_count = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)


class Leaf(models.Model):
    """The head of one chain as it was anchored."""

    id = models.BigAutoField(primary_key=True)
    anchor = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    chain = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("anchor", "position", name="one_leaf_per_anchor_and_position")]
        indexes = [models.Index(fields=["chain", "number"], name="ledger_leaf_chain")]
