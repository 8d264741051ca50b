"""The bank under stress: against a plain dict, many processes at once, killed in the middle, in other tools."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quotebank import Article, Claim, ClaimBank, Span, Speaker
from tests.bank.killing import kill_rounds
from tests.bank.reports import add_numbers, filled, report

WORDS = ["roof", "pump", "bridge", "grain", "safe", "never", "falls", "harbour", "the", "is", "sold", "night"]
NAMES = ["Ann Lee", "Bo Diaz", "A. Lee", "Lee", "officials", "Cy Ott Jr.", None]


@st.composite
def reports(draw):
    """An article of up to four sentences out of few words and few people, so that claims and names recur."""
    sentences = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), max_size=4))
    text, claims = "", []
    article_id = draw(st.sampled_from("abcde"))
    for words in sentences:
        quotation = f"“{' '.join(words)},”"
        claims.append((len(text), len(text) + len(quotation), draw(st.sampled_from(NAMES)), draw(st.booleans())))
        text += f"{quotation} said someone. "  # the source of all of them
    article = Article(text=text or "Nothing.", id=article_id)
    return article, tuple(
        Claim.build(
            article,
            content=[Span(start, end)],
            cue=[Span(end + 1, end + len(" said"))],
            source=[Span(end + len(" said "), end + len(" said someone"))],
            speaker=name
            and Speaker(name=name, role="mayor" if mayor else None, affiliation="Oxbow" if mayor else None),
        )
        for start, end, name, mayor in claims
    )


class Model(RuleBasedStateMachine):
    """A bank beside a dict of article ids to articles and claims."""

    @initialize()
    def begin(self):
        self.bank = ClaimBank(":memory:")
        self.kept = {}
        self.holding = []

    def teardown(self):
        if hasattr(self, "bank"):
            assert self.bank.verify().problems == ()
            self.bank.close()

    @rule(given=reports())
    def add(self, given):
        article, claims = given
        expected = (
            "unchanged" if self.kept.get(article.id) == given else "replaced" if article.id in self.kept else "new"
        )
        assert self.bank.add(article, claims).status == expected
        self.kept[article.id] = given

    @rule(given=st.lists(reports(), max_size=3))
    def add_many(self, given):
        self.bank.add_many(given)
        self.kept.update({article.id: (article, claims) for article, claims in given})

    @rule(data=st.data())
    def merge(self, data):
        people = [p.id for p in self.bank.speakers()]
        if len(people) > 1:
            pair = data.draw(st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True))
            self.holding.append(self.bank.merge(*pair).id)

    @rule(data=st.data())
    def split(self, data):
        people = [p for p in self.bank.speakers() if p.articles > 1]
        if people:
            person = data.draw(st.sampled_from(people))
            article = data.draw(st.sampled_from([a.article.id for a in self.bank.timeline(person)]))
            self.holding.append(self.bank.split(person, articles=[article]).id)

    @precondition(lambda self: getattr(self, "holding", []))
    @rule(data=st.data())
    def undo(self, data):
        chosen = data.draw(st.sampled_from(self.holding))
        assert self.bank.undo(chosen).id == chosen
        self.holding.remove(chosen)

    @invariant()
    def everything_is_there(self):
        if not hasattr(self, "bank"):
            return
        assert set(self.bank.articles()) == set(self.kept)
        for name, (article, claims) in self.kept.items():
            assert self.bank.article(name) == article
            assert self.bank.claims(name) == claims
        claims = [c for _, found in self.kept.values() for c in found]
        assert len(self.bank.search(limit=1000)) == len(claims)
        for word in ("roof", "harbour"):
            found = self.bank.search(word, limit=1000)
            assert sorted(h.claim.id for h in found) == sorted(c.id for c in claims if word in c.text)

    @invariant()
    def everyone_is_there(self):
        if not hasattr(self, "bank"):
            return
        named = [c for _, found in self.kept.values() for c in found if c.speaker and c.speaker.name != "officials"]
        people = self.bank.speakers()
        assert sum(p.claims for p in people) == len(named)
        assert sum(len(self.bank.timeline(p)) for p in people) == len(named)

    @invariant()
    def groups_are_whole(self):
        if not hasattr(self, "bank"):
            return
        seen = [a.claim.id for g in self.bank.groups(least=1, limit=1000) for a in g.appearances]
        assert len(seen) == len(set(seen))

    @precondition(lambda self: getattr(self, "kept", None))
    @rule(data=st.data())
    def check(self, data):
        claims = [c for _, found in self.kept.values() for c in found]
        if claims:
            claim = data.draw(st.sampled_from(claims))
            assert self.bank.check(claim.text).verdict == "said"


Model.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestModel = Model.TestCase


# Processes


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    path = str(tmp_path / "claims.db")
    with ProcessPoolExecutor(6, get_context("spawn")) as pool:
        done = [pool.submit(add_numbers, path, worker, 25) for worker in range(6)]
        assert sum(f.result() for f in done) == 150
    with ClaimBank(path) as bank:
        assert len(list(bank.articles())) == 150
        assert bank.verify().ok


def kept(path):
    with ClaimBank(path, read_only=True) as bank:
        return set(bank.articles())


def test_a_process_that_closes_a_bank_leaves_the_log_to_those_that_write(tmp_path):
    path = str(tmp_path / "claims.db")
    with ClaimBank(path) as bank:
        filled(bank, report("“The roof is safe,”", id="a"))
        with ClaimBank(path, read_only=True):  # a look at the file must not drop the locks of this process
            pass
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            assert pool.submit(add_numbers, path, 1, 2).result() == 2
            filled(bank, report("“The pump is late,”", id="b"))
            assert pool.submit(kept, path).result() == {"a", "1-0", "1-1", "b"}


def test_killed_in_the_middle_nothing_is_lost(tmp_path):
    assert kill_rounds(str(tmp_path / "claims.db"), 6) > 0


def test_threads_share_a_bank(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    with ClaimBank(tmp_path / "claims.db") as bank, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: bank.add(*report(f"“Number {n} is up,”", id=str(n))), range(60)))
        found = list(pool.map(lambda _: len(bank.search("up", limit=100)), range(20)))
        assert found == [60] * 20


# Other tools


def test_the_file_opens_in_sqlite_utils_and_datasette(tmp_path):
    import sqlite_utils
    from datasette.app import Datasette

    path = tmp_path / "claims.db"
    with ClaimBank(path) as bank:
        filled(bank, report("“The roof is safe,”", role="mayor", id="a"), report("“The pump is late,”", id="b"))
    database = sqlite_utils.Database(path)
    assert database["claims"].count == 2
    assert [row["speaker_name"] for row in database["claims"].search("roof")] == ["Ann Lee"]
    assert {(k.column, k.other_table) for k in database["claims"].foreign_keys} >= {
        ("article_id", "articles"),
        ("speaker_id", "speakers"),
        ("group_id", "groups"),
    }
    assert {"who_said_what", "speakers_across_articles", "same_claims"} <= set(database.view_names())
    assert [row["articles"] for row in database["speakers_across_articles"].rows] == [2]
    database.close()

    async def look():
        datasette = Datasette([str(path)])
        await datasette.invoke_startup()
        return [
            (await datasette.client.get(f"/claims/{page}")).json()
            for page in ("claims.json?_search=roof&_shape=objects&_facet=kind&_labels=on", "who_said_what.json")
        ]

    searched, listed = asyncio.run(look())
    assert [row["text"] for row in searched["rows"]] == ["“The roof is safe,”"]
    assert searched["rows"][0]["speaker_id"]["label"] == "Ann Lee"
    assert searched["facet_results"]["kind"]["results"][0]["value"] == "direct"
    assert len(listed["rows"]) == 2
