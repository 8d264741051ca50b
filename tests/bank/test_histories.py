"""A bank after any history is the bank made at once: the same groups, whatever was added again, dated or undone."""

import tempfile
from datetime import datetime, timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank import ClaimBank
from quotebank.bank.stored_form import prepare
from quotebank.bank.storing import store
from tests.bank.reports import report

QUOTATIONS = (
    "“The pumps were switched off at four in the morning, and nobody told the harbour,”",
    "“The pumps were switched off at four in the morning,”",
    "“We have counted every life jacket twice, and eleven of them are missing,”",
    "“Eleven of the life jackets are missing, as we have said since Tuesday evening,”",
)
NAMES = (
    "Ann Lee",
    "Bo Diaz",
    "A. Lee",
    "Lee",
    "Diaz",
)  # nobody unnamed: whose words those are depends on whose were there first
CHANGES = ("again", "dated", "emptied", "undated", "merged", "split", "other", "removed", "reopened")
articles = st.lists(st.tuples(st.sampled_from(QUOTATIONS), st.sampled_from(NAMES)), min_size=2, max_size=6)
changes = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 5)), max_size=8)


def groups(bank):
    """Which articles share a group: by their ids, one quotation each."""
    return {frozenset(a.article.id for a in group.appearances) for group in bank.groups(limit=100)}


class ClockGoingBack:
    """A clock by which everything comes before what was added already."""

    def __init__(self):
        self.hours = 0

    def now(self, zone):
        self.hours += 1
        return datetime(2026, 11, 25, tzinfo=zone) - timedelta(hours=self.hours)


class History:
    """A bank, and what it holds after everything that has happened to it."""

    def __init__(self, path, said):
        self.path, self.said = path, said
        self.bank = ClaimBank(path)
        self.now = {}
        for n, (quotation, name) in enumerate(said):
            self.put(report(quotation, name, role="mayor", id=str(n)))

    def put(self, one):
        self.bank.add(*one)
        self.now[one[0].id] = one

    def happens(self, change, at):
        name = str(at % len(self.said))
        quotation, speaker = self.said[int(name)]
        if change == "reopened":
            self.bank.close()
            self.bank = ClaimBank(self.path)
        elif change in ("merged", "split"):
            self.decide(change)
        elif change == "removed":
            if name in self.now:
                self.bank.remove(name)
                del self.now[name]
        elif change == "emptied":
            article, _ = report(quotation, speaker, id=name)
            self.put((article, ()))
        else:
            if change == "again" and name in self.now:
                self.bank.add(self.now[name][0], ())
            dated = "2026-03-01" if change == "dated" else None
            other = "Bo Diaz" if change == "other" else speaker
            self.put(report(quotation, other, role="mayor", id=name, published=dated))

    def decide(self, change):
        """What somebody decides and takes back."""
        people = self.bank.speakers()
        several = [person for person in people if person.articles > 1]
        if change == "merged" and len(people) > 1:
            self.bank.merge(people[0].id, people[1].id)
            self.bank.undo()
        elif change == "split" and several:
            self.bank.split(several[0].id, articles=[self.bank.timeline(several[0])[0].article.id])
            self.bank.undo()


@settings(max_examples=60, deadline=None)
@given(articles, changes)
def test_groups_are_those_of_a_bank_made_at_once(said, history):
    with (
        tempfile.TemporaryDirectory() as folder,
        ClaimBank(":memory:") as anew,
        patch("quotebank.bank.storing.datetime", ClockGoingBack()),
    ):
        on_disk = any(change == "reopened" for change, _ in history)
        gone_through = History(f"{folder}/claims.db" if on_disk else ":memory:", said)
        for change, at in history:
            gone_through.happens(change, at)
        for article, claims in gone_through.now.values():
            anew.add(article, claims)
        with gone_through.bank as bank:
            assert bank.verify().problems == ()
            assert groups(bank) == groups(anew)


def test_dating_articles_keeps_their_groups():
    with ClaimBank(":memory:") as bank:
        for n in range(4):
            bank.add(*report(QUOTATIONS[0], "Ann Lee", id=str(n)))
        before = groups(bank)
        for n in (0, 2, 1):
            bank.add(*report(QUOTATIONS[0], "Ann Lee", id=str(n), published=f"2026-0{n + 1}-01"))
            assert groups(bank) == before == {frozenset("0123")}


FULLER = (*NAMES, "Ann B. Lee", "Dr Ann Lee", "the mayor", None)
UNLIKE = (
    *QUOTATIONS,
    "“Nothing of the sort was ever said to the harbour,”",
    "“Nobody told the harbour, and nobody will,”",
)
many = st.lists(
    st.tuples(
        st.sampled_from(UNLIKE), st.sampled_from(FULLER), st.sampled_from((None, "mayor", "pilot")), st.integers(0, 9)
    ),
    min_size=2,
    max_size=12,
)
KEPT = (
    "SELECT id, name, explained_by FROM speakers ORDER BY id",
    "SELECT id, text, speaker_id, resolved_id, group_id, keyed FROM claims ORDER BY id",
    "SELECT * FROM postings ORDER BY key, claim_id",
    "SELECT id, wording FROM groups ORDER BY id",
    "SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'harbour'",
    "SELECT rowid FROM names_fts WHERE names_fts MATCH 'lee'",
)


@settings(deadline=None, max_examples=200)
@given(many)
def test_articles_written_in_one_transaction_are_written_as_one_by_one(said):
    given_ = [report(quotation, name, role=name and role, id=str(n)) for quotation, name, role, n in said]
    banks = ClaimBank(":memory:"), ClaimBank(":memory:")
    # `add_many` would write them one by one, should this fail
    with patch("quotebank.bank.grouping.AT_ONCE", 2), banks[0]._adding() as (connection, known):
        for one in given_:
            store(connection, prepare(*one, version=None), known)
    for one in given_:
        banks[1].add(*one)
    for sql in KEPT:
        assert banks[0]._writer.execute(sql).fetchall() == banks[1]._writer.execute(sql).fetchall()
    assert banks[0].verify().ok
    for bank in banks:
        bank.close()
