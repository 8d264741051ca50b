"""A bank after any history is the bank made at once: the same groups, whatever was added again, dated or undone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quotebank import ClaimBank
from tests.bank.reports import report

QUOTATIONS = (
    "“The pumps were switched off at four in the morning, and nobody told the harbour,”",
    "“The pumps were switched off at four in the morning,”",
    "“We have counted every life jacket twice, and eleven of them are missing,”",
    "“Eleven of the life jackets are missing, as we have said since Tuesday evening,”",
)
NAMES = ("Ann Lee", "Bo Diaz", "A. Lee")  # nobody unnamed: whose words those are depends on whose were there first
articles = st.lists(st.tuples(st.sampled_from(QUOTATIONS), st.sampled_from(NAMES)), min_size=2, max_size=6)
changes = st.lists(
    st.tuples(st.sampled_from(["again", "dated", "emptied", "undated", "merged", "other"]), st.integers(0, 5)),
    max_size=6,
)


def groups(bank):
    """Which articles share a group: by their ids, one quotation each."""
    return {frozenset(a.article.id for a in group.appearances) for group in bank.groups(limit=100)}


@settings(max_examples=60, deadline=None)
@given(articles, changes)
def test_groups_are_those_of_a_bank_made_at_once(said, history):
    now = {str(n): report(quotation, name, id=str(n)) for n, (quotation, name) in enumerate(said)}
    with ClaimBank(":memory:") as bank, ClaimBank(":memory:") as anew:
        for article, claims in now.values():
            bank.add(article, claims)
        for change, at in history:
            name = str(at % len(said))
            quotation, speaker = said[int(name)]
            dated = "2026-03-01" if change == "dated" else None
            if change == "merged":
                people = bank.speakers()
                if len(people) > 1:
                    bank.merge(people[0].id, people[1].id)
                    bank.undo()
                continue
            if change in ("again", "emptied"):
                bank.add(now[name][0], ())
            if change == "emptied":
                now[name] = (now[name][0], ())
                continue
            now[name] = report(quotation, "Bo Diaz" if change == "other" else speaker, id=name, published=dated)
            bank.add(*now[name])
        for article, claims in now.values():
            anew.add(article, claims)
        assert bank.verify().ok
        assert groups(bank) == groups(anew)


def test_dating_articles_keeps_their_groups():
    with ClaimBank(":memory:") as bank:
        for n in range(4):
            bank.add(*report(QUOTATIONS[0], "Ann Lee", id=str(n)))
        before = groups(bank)
        for n in (0, 2, 1):
            bank.add(*report(QUOTATIONS[0], "Ann Lee", id=str(n), published=f"2026-0{n + 1}-01"))
            assert groups(bank) == before == {frozenset("0123")}
