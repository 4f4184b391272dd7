"""Lines chain, heads are anchored, nothing is missed."""

import json
import threading
from datetime import timedelta
from hashlib import sha256

import psycopg
import pytest
from django.db import connection

from yimen.ledger import actions, tasks
from yimen.ledger.actions import anchor_heads, write_line
from yimen.ledger.models import Leaf, Line
from yimen.ledger.rules import NOTHING, Head, anchor_hash, merkle_root
from yimen.ledger.tests.builders import CLERK, NOON, a_chain


def test_line_is_canonical_and_chained(db):
    first, second = a_chain(lines=2)

    assert second.body == (
        '{"actor":{"id":"7","kind":"officer","label":"A-017 新安办事大厅"},"at":"2026-11-23T04:01:00.123456+00:00",'
        '"chain":"BA-1","facts":{"revision":1,"to":"受理"},"number":2,"verb":"accept"}'
    )
    assert json.loads(first.body)["number"] == 1
    assert (first.previous, second.previous) == (NOTHING, first.hash)
    assert second.hash == sha256(first.hash + second.body.encode()).digest()


def test_line_is_one_statement(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        write_line(chain="BA-2", by=CLERK, verb="file", facts={}, now=NOON)


def test_returned_line_is_the_stored_line(db):
    (line,) = a_chain(lines=1)

    stored = Line.objects.get(pk=line.pk)

    assert [getattr(stored, f.attname) for f in Line._meta.fields] == [
        getattr(line, f.attname) for f in Line._meta.fields
    ]


@pytest.mark.parametrize("text", ['"', "\\", "\0", "%s %(x)s", "}{", "𠮷", "\n", '","number":9,"verb":"x"}'])
def test_strange_text_stays_inside_its_place(db, text):
    line = write_line(chain=f"C {text}".replace("\0", ""), by=CLERK, verb="file", facts={text: text}, now=NOON)

    assert json.loads(line.body)["facts"] == {text: text}
    assert line.hash == sha256(NOTHING + line.body.encode()).digest()


def test_nothing_grew_no_anchor(db):
    assert anchor_heads(now=NOON) is None


def test_anchor_holds_the_heads_that_grew_and_the_root_before(db):
    heads = [a_chain(name, lines)[-1] for name, lines in (("A", 2), ("B", 1), ("C", 3))]
    first = anchor_heads(now=NOON)
    later = a_chain("B", 1)[-1]
    second = anchor_heads(now=NOON + timedelta(minutes=1))

    assert first.root == merkle_root([Head(row.chain, row.number, row.hash) for row in heads])
    assert first.hash == anchor_hash(NOTHING, first.root, NOON)
    assert (second.leaf_count, second.previous, second.last_line) == (1, first.hash, later.id)
    assert list(Leaf.objects.filter(anchor=second).values_list("chain", "number")) == [("B", 2)]
    assert anchor_heads(now=NOON) is None


def test_the_sweep_says_how_many_heads(db):
    a_chain("A")
    a_chain("B")

    assert (tasks.anchor_heads(), tasks.anchor_heads()) == (2, 0)


def _open_line(address, chain):
    """Another act, half done: its line has its key but is not committed."""
    other = psycopg.connect(address)
    other.execute(
        "INSERT INTO ledger_line (chain, number, at, verb, body, previous, hash) "
        "VALUES (%s, 1, now(), 'x', '{}', '', '')",
        [chain],
    )
    return other


def test_line_committed_late_is_anchored_next_time(fresh_database, monkeypatch):
    """Its key is lower than one that was anchored already, and the anchor did not wait for it."""
    monkeypatch.setattr(actions, "PATIENCE_SECONDS", 0)
    slow = _open_line(fresh_database, "SLOW")
    a_chain("QUICK")

    first = anchor_heads(now=NOON)
    slow.commit()
    slow.close()
    second = anchor_heads(now=NOON)

    assert (first.last_line, first.leaf_count) == (0, 1)
    assert list(second.leaves.values_list("chain", flat=True)) == ["SLOW"]
    assert second.last_line == Line.objects.latest("id").id


def test_anchor_waits_for_acts_that_are_being_written(fresh_database):
    slow = _open_line(fresh_database, "SLOW")
    a_chain("QUICK", 1)
    threading.Timer(0.05, slow.commit).start()

    anchor = anchor_heads(now=NOON)
    slow.close()

    assert list(anchor.leaves.values_list("chain", flat=True)) == ["QUICK", "SLOW"]
    assert anchor.last_line == Line.objects.latest("id").id


def test_two_hands_on_one_chain_without_a_lock_one_gets_through(fresh_database):
    other = _open_line(fresh_database, "BA-9")
    other.commit()
    other.close()

    assert write_line(chain="BA-9", by=CLERK, verb="file", facts={}, now=NOON).number == 2


def test_sixty_thousand_leaves(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_line (chain, number, at, verb, body, previous, hash) "
            "SELECT 'N' || n, 1, now(), 'x', '{}', '', sha256(n::text::bytea) FROM generate_series(1, 60000) n"
        )

    assert anchor_heads(now=NOON).leaf_count == 60_000 == Leaf.objects.count()
