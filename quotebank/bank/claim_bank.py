"""`ClaimBank`: claims of many articles in one SQLite file, to search, follow and check."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Self

from quotebank.bank import (
    checking,
    human_decisions,
    integrity,
    removing,
    reported_groups,
    searching,
    speakers_by_name,
    stored_form,
    storing,
)
from quotebank.bank.bank_file import copy, told
from quotebank.bank.bringing_up_to_date import fill_in
from quotebank.bank.identities import Known
from quotebank.bank.opened_bank import OpenedBank
from quotebank.bank.regrouping import settle
from quotebank.bank.reporting_sentence import Texts
from quotebank.bank.result_records import (
    Added,
    Appearance,
    Check,
    Decision,
    Group,
    Hit,
    Profile,
    Removed,
    Totals,
    Verification,
)
from quotebank.errors import ArgumentTypeError, ArgumentValueError, NotInBankError, shown
from quotebank.records import Article, Claim

if TYPE_CHECKING:
    from quotebank.extractor import Extractor

Item = Article | str | tuple[Article, Iterable[Claim]]
Who = str | int | Profile


class ClaimBank:
    """Claims of many articles in one SQLite file, which also opens in Datasette and sqlite-utils.

    `path`: the file, made where there is none, or ":memory:". `extractor`: what reads articles that come without
    claims; the default one is loaded when it is first needed. `read_only`: open a bank that is there, and write
    nothing. Use it as a context manager, or `close` it. Threads may share one, processes each open their own: readers
    do not wait, writers wait for one another. What `add` has returned outlives the process, also if it is killed.

    Raises `BankError` where the file is no bank, of a newer quotebank, or cannot be opened or written.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, extractor: Extractor | None = None, read_only: bool = False
    ) -> None:
        if not isinstance(path, str | os.PathLike):
            raise ArgumentTypeError(f"path must be a path; got {shown(path)}")
        self.path: str = os.fspath(path)
        self._extractor = extractor
        self._known = Known()
        self._known_in = 0  # the state of the file, as SQLite counts what others write
        self._file = OpenedBank(self.path, read_only=read_only, fill=fill_in)
        self._lock = self._file.lock
        self._reading = self._file.reading

    def __repr__(self) -> str:
        return f"ClaimBank({self.path!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Safe to call twice; nothing else may be called afterwards."""
        self._file.close()

    # Writing

    def add(
        self,
        article: Article | str | Iterable[Claim],
        claims: Iterable[Claim] | None = None,
        *,
        version: str | None = None,
    ) -> Added:
        """Keep an article and its claims, extracted unless they are given; or claims of an article that is kept.

        Idempotent: an article that is unchanged and was read by the same version of the extractor is left alone. Any
        other takes the place of what the bank had under its id, in one transaction. `version` names what made the
        given `claims`; without it, they count as new where they differ from those in the bank.

        Raises `ArgumentTypeError` or `ArgumentValueError` where claims do not fit the article or hold what is no
        character, `NotInBankError` where claims come alone and their article is not in the bank, `BankError`
        where the file cannot be written.
        """
        if version is not None:
            searching.check_string("version", version, 10**6)
        if not isinstance(article, Article | str):
            article, claims = self._with_article(article, claims)
        return self._add(_as_article(article), claims, version)

    def _add(self, article: Article, claims: Iterable[Claim] | None, version: str | None) -> Added:
        if claims is None:
            extractor = self._extracting()
            stored_form.check_strings(article)
            with self._reading() as connection:
                same = storing.unchanged(connection, article, extractor.version)
            if same is not None:
                return same
            claims, version = extractor.extract(article), extractor.version
        ready = stored_form.prepare(article, claims, version)
        with self._adding() as (connection, known):
            return storing.store(connection, ready, known)

    def _with_article(self, given: object, claims: object) -> tuple[Article, tuple[Claim, ...]]:
        """The article of claims that were given alone."""
        if claims is not None or isinstance(given, bytes | Claim) or not isinstance(given, Iterable):
            raise ArgumentTypeError(f"article must be an Article, a str or claims of one article; got {shown(given)}")
        found = tuple(given)
        names = {c.article_id if isinstance(c, Claim) else None for c in found}
        if len(names) != 1 or None in names:
            raise ArgumentTypeError(f"claims without their article must be Claim objects of one; got {shown(found)}")
        return self.article(names.pop() or ""), found

    def add_many(
        self,
        articles: Iterable[Item],
        *,
        workers: int = 1,
        progress: Callable[[Added], object] | None = None,
    ) -> Totals:
        """Keep many articles, each whole or not at all; what is there already is not read again.

        `articles` are as for `add`, or pairs of an article and its claims. `workers` above 1 extracts in so many
        processes (0: one a core), while this one writes. Articles that come quickly are written together, so that
        `progress`, called with what became of each article once it is written, may be told of several at a time:
        stopping in between, by Ctrl-C or otherwise, loses nothing of that. Raises as `add` does, at the article's turn.
        """
        if isinstance(articles, str | bytes | Article) or not isinstance(articles, Iterable):
            raise ArgumentTypeError(f"articles must be an iterable of articles; got {shown(articles)}")
        searching.counted("workers", workers)
        counts: Counter[str] = Counter()

        def done(added: Added) -> None:
            counts[added.status] += 1
            counts["claims"] += added.claims if added.status != "unchanged" else 0
            if progress is not None:
                progress(added)

        pending = storing.Pending(self._adding, done)
        waiting: deque[Article] = deque()
        try:
            unread = self._unread(articles, waiting, pending)
            first = next(unread, None)
            if first is not None:
                extractor = self._extracting()
                for claims in extractor.extract_many(chain([first], unread), workers=workers):
                    pending.add(stored_form.prepare(waiting.popleft(), claims, extractor.version))
        finally:
            pending.write()
        return Totals(**counts)

    def _unread(self, articles: Iterable[Item], waiting: deque[Article], pending: storing.Pending) -> Iterator[Article]:
        """The articles that are to be extracted, also put in line as `waiting`; all others are added on the way."""
        for item in articles:
            if isinstance(item, tuple):
                article, claims = item
                pending.add(stored_form.prepare(_as_article(article), claims, None))
                continue
            article = _as_article(item)
            stored_form.check_strings(article)
            with self._reading() as connection:
                same = storing.unchanged(connection, article, self._extracting().version)
            if same is not None:
                pending.add(same)
            else:
                waiting.append(article)
                yield article

    def remove(
        self, article: Article | str | None = None, *, url: str | None = None, publisher: str | None = None
    ) -> Removed:
        """Forget an article, by itself or its id, or those of an address or a publisher: for retractions and privacy.

        One of `article`, `url` and `publisher` says which. With it go its claims, its part in groups, and speakers who
        are left without a claim. The file is written anew, so that none of its words is left there; this takes as long
        as copying it. Copies of the file are yours to find.

        Raises `ArgumentTypeError` or `ArgumentValueError` unless exactly one is given, `NotInBankError` where the bank
        has no such article, `BankError` where the file cannot be written.
        """
        wanted = {
            "article": article.id if isinstance(article, Article) else article,
            "url": url,
            "publisher": publisher,
        }
        given = {name: value for name, value in wanted.items() if value is not None}
        if len(given) != 1:
            raise ArgumentValueError(f"remove takes one of article, url and publisher; got {shown(tuple(given))}")
        for name, value in given.items():
            searching.check_string(name, value, 10**6)
        with self._writing() as connection:
            rows = removing.rows_of(connection, *wanted.values())
            if not rows:
                raise NotInBankError(
                    f"the bank has no article of {', '.join(f'{n} {shown(v)}' for n, v in given.items())}"
                )
            removed = removing.remove(connection, rows)
        self._erase()
        return removed

    def _erase(self) -> None:
        with self._lock, told(self.path):
            removing.erase(self._file.for_writing())

    def _extracting(self) -> Extractor:
        with self._lock:
            if self._extractor is None:
                from quotebank.extractor import default_extractor  # noqa: PLC0415 - torch loads only where it is needed

                self._extractor = default_extractor()
            return self._extractor

    def verify(self, progress: Callable[[int, int], None] | None = None) -> Verification:
        """Check the file, its indexes, and every claim's offsets against the kept text.

        `progress` is told how many of how many articles are done. A bank opened for reading only cannot have its
        full-text indexes checked. What is wrong is in the answer; raises `BankError` where nothing can be read.
        """
        if progress is not None and not callable(progress):
            raise ArgumentTypeError(f"progress must be a callable or None; got {shown(progress)}")
        with self._reading() as connection, self._lock:
            return integrity.verify(connection, self._writer, progress, found=self._file.lacking)

    def copy(self, path: str | os.PathLike[str]) -> None:
        """Write the bank as it is now to another file, at `path`, whole, also while others write to it.

        A file copied by hand lacks what stands in the log beside it. Raises `ArgumentTypeError`, and `BankError` where
        there is a file of that name or it cannot be written.
        """
        if not isinstance(path, str | os.PathLike):
            raise ArgumentTypeError(f"path must be a path; got {shown(path)}")
        with self._reading() as connection:
            copy(connection, os.fspath(path))

    # Reading

    def article(self, article_id: str) -> Article:
        """The article of `article_id` as it was added. Raises `NotInBankError` where there is none."""
        searching.check_string("article_id", article_id, 10**6)
        with self._reading() as connection:
            found = searching.article(connection, article_id)
        if found is None:
            raise NotInBankError(f"there is no article {shown(article_id)} in the bank")
        return found

    def articles(self) -> Iterator[str]:
        """The ids of all articles, in the order they were first added."""
        with self._reading() as connection:
            rows = connection.execute("SELECT article_id FROM articles ORDER BY id").fetchall()
        return (name for (name,) in rows)

    def claims(self, article_id: str) -> tuple[Claim, ...]:
        """The claims of the article of `article_id`, as they were stored. Raises `NotInBankError`."""
        self.article(article_id)
        with self._reading() as connection:
            found = searching.appearances(connection, "articles.article_id = ?", (article_id,), order="claims.id")
            return tuple(a.claim for a in found)

    def search(
        self,
        text: str = "",
        *,
        speaker: str | int | None = None,
        affiliation: str | None = None,
        role: str | None = None,
        kind: str | None = None,
        act: str | None = None,
        publisher: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[Hit, ...]:
        """Claims that hold all words of `text`, in any form, best first; without a text the newest first.

        Function words ("the", "of") count only in quotation marks, or where there is no other. Signs alone ("🎉") are
        looked for as they stand, by reading every claim; quotation marks around nothing find nothing.

        Words in quotation marks must stand together, a word that ends in `*` may go on; nothing else in `text` is
        special. `speaker`: words of a name, or an id; `affiliation` and `role`: words of it; an
        affiliation also by the organization's name in the registry. `kind` as in `Claim.kind`;
        `act` as in `Claim.act` or `Claim.force`. `publisher` in full. `since` and `until` are dates, both included;
        articles without a date are left out. Where more than 4,000 claims match, the last 4,000 added are not ranked
        but come newest first, with a score of 0. `limit` of them are given, from `offset` on.

        Raises `ArgumentTypeError` or `ArgumentValueError` where an argument cannot be used.
        """
        sql, values = searching.search_sql(
            text,
            speaker=speaker,
            affiliation=affiliation,
            role=role,
            kind=kind,
            act=act,
            publisher=publisher,
            since=since,
            until=until,
            limit=limit,
            offset=offset,
        )
        with self._reading() as connection:
            return tuple(searching.search(connection, sql, values))

    search_sql = staticmethod(searching.search_sql)

    # Speakers

    def speakers(self, name: str | None = None, *, limit: int | None = None, offset: int = 0) -> tuple[Profile, ...]:
        """Everyone who speaks, or who goes by `name`; those with most claims first.

        `limit` of them from `offset` on: in a large bank, all take seconds. Raises `ArgumentTypeError` or
        `ArgumentValueError` where one of these cannot be used.
        """
        if limit is not None:
            searching.counted("limit", limit)
        searching.counted("offset", offset)
        with self._reading() as connection:
            rows = speakers_by_name.speaking(connection, name)[offset : None if limit is None else offset + limit]
            return tuple(searching.profile(connection, row) for row in rows)

    def speaker(self, who: Who) -> Profile:
        """The one speaker `who` is a name or an id of. Raises `NotInBankError` unless there is exactly one."""
        with self._reading() as connection:
            return searching.profile(connection, speakers_by_name.one_speaker(connection, who))

    def namesakes(self, *, limit: int = 20) -> tuple[tuple[Profile, Profile], ...]:
        """Pairs of speakers who may be one person, `limit` of those who say most: to `merge`, or to leave as they are.

        Raises `ArgumentTypeError` or `ArgumentValueError` where `limit` is no count.
        """
        searching.counted("limit", limit)
        with self._reading() as connection:
            pairs = human_decisions.namesakes(connection, limit)
            return tuple((searching.profile(connection, a), searching.profile(connection, b)) for a, b in pairs)

    def merge(self, speaker: Who, other: Who) -> Decision:
        """Say that two speakers are one: `other` becomes `speaker`. Holds for articles to come; `undo` takes it back.

        Raises `NotInBankError` where one of them is not in the bank, `ArgumentValueError` where they are one already.
        """
        with self._writing() as connection:
            rows = [speakers_by_name.one_speaker(connection, who) for who in (speaker, other)]
            made = human_decisions.merge(connection, *rows)
            settle(connection, made)
            return made

    def split(self, speaker: Who, *, articles: Iterable[str] = (), claims: Iterable[Claim | str] = ()) -> Decision:
        """Say that it is not `speaker` who speaks in these `articles` (by id) or `claims`; `undo` takes it back.

        The other person is a new speaker, `Decision.other_id`. Holds where the articles are added again. Raises
        `NotInBankError` where the speaker says nothing there, `ArgumentValueError` where nothing would be left.
        """
        for name, given in (("articles", articles), ("claims", claims)):
            if isinstance(given, str | Claim) or not isinstance(given, Iterable):
                raise ArgumentTypeError(f"{name} must be an iterable, of ids or claims; got {shown(given)}")
        names = [c.id if isinstance(c, Claim) else c for c in claims]
        with self._writing() as connection:
            row = speakers_by_name.one_speaker(connection, speaker)
            made = human_decisions.split(connection, row, list(articles), names)
            settle(connection, made)
            return made

    def undo(self, decision: Decision | int | None = None) -> Decision:
        """Take back a `decision`, by itself or its id, else the last one. Raises `NotInBankError` where none holds."""
        number = decision.id if isinstance(decision, Decision) else decision
        if number is not None:
            searching.counted("decision", number)
        with self._writing() as connection:
            undone = human_decisions.undo(connection, number)
            settle(connection, undone)
            return undone

    def decisions(self) -> tuple[Decision, ...]:
        """Every merge and split, in the order they were made, those undone included."""
        with self._reading() as connection:
            return tuple(human_decisions.decisions(connection))

    # Following and checking

    def groups(self, *, least: int = 2, limit: int = 20, offset: int = 0) -> tuple[Group, ...]:
        """Claims that appear in `least` articles or more, those in most first; `limit` of them, from `offset` on.

        Raises `ArgumentTypeError` or `ArgumentValueError` where one of these is no count.
        """
        for name, value in (("least", least), ("limit", limit), ("offset", offset)):
            searching.counted(name, value)
        with self._reading() as connection:
            return tuple(reported_groups.groups(connection, least=least, limit=limit, offset=offset))

    def group(self, claim: Claim | int) -> Group:
        """Every appearance of a `claim`, or of a group by its id. Raises `NotInBankError`.

        A claim that nobody else reports is alone in a group of id 0.
        """
        with self._reading() as connection:
            if isinstance(claim, Claim):
                return reported_groups.group_of(connection, claim)
            return reported_groups.group(connection, searching.counted("claim", claim))

    def check(self, quotation: str, speaker: str | None = None, *, limit: int = 20) -> Check:
        """Whether somebody, or just this speaker, said this in these words.

        `quotation` is what `speaker`, None for anybody, is supposed to have said, with or without quotation marks; an
        ellipsis in it stands for words left out. Case, punctuation and spelling do not count. The answer's `verdict` is
        "said", "altered", "misattributed", "not stated", "second hand", "unclear", "paraphrase" or "not found" (see
        `Check`); its `proofs`, at most `limit`, are the places that it rests on.
        What is "not found" as a claim but stands in an article is shown in `passages`: nobody is said to have said it.

        Raises `ArgumentTypeError` for what is no str, `ArgumentValueError` for more than 5,000 code points and for a
        blank speaker.
        """
        searching.counted("limit", limit)
        with self._reading() as connection:
            return checking.check(connection, quotation, speaker, limit)

    def timeline(self, who: Who | Group) -> tuple[Appearance, ...]:
        """What `who` said, or every appearance of a group's claim, oldest first; what has no date comes last.

        Raises `NotInBankError` where there is no such speaker, or more than one.
        """
        if isinstance(who, Group):
            return self.group(who.id).appearances if who.id else who.appearances
        with self._reading() as connection:
            row = speakers_by_name.one_speaker(connection, who)
            return tuple(Texts(connection).told(searching.appearances(connection, "claims.speaker_id = ?", (row,))))

    # Into the file

    @property
    def _writer(self) -> sqlite3.Connection | None:
        return self._file.writer

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, before which everything is forgotten that was read in others."""
        with self._file.writing() as connection:
            self._known.clear()
            yield connection

    @contextmanager
    def _adding(self) -> Iterator[tuple[sqlite3.Connection, Known]]:
        """A transaction, and what was read in those before it."""
        with self._lock:
            known, self._known = self._known, Known()  # should it fail, nothing that was read holds
            with self._writing() as connection:
                state = connection.execute("PRAGMA data_version").fetchone()[0]
                if state != self._known_in or known.is_full:
                    known.clear()
                yield connection, known
                storing.finish(connection, known)
            self._known, self._known_in = known, state


def _as_article(article: object) -> Article:
    if isinstance(article, str):
        return Article(text=article)
    if not isinstance(article, Article):
        hint = "; decode bytes first" if isinstance(article, bytes | bytearray) else ""
        raise ArgumentTypeError(f"article must be an Article or a str{hint}; got {shown(article)}")
    return article
