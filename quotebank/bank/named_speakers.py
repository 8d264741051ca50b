"""Whether the speaker of a claim is who is asked for: by name, by role, as the one who speaks for a body."""

from __future__ import annotations

from collections.abc import Callable, Collection

import regex

from quotebank.bank.asked_speaker import Post, nouns, read_asked
from quotebank.bank.framing_words import DETERMINING
from quotebank.bank.identities import terms
from quotebank.bank.name_keys import name_forms
from quotebank.bank.result_records import Appearance
from quotebank.bank.speakers_by_name import Sought
from quotebank.bank.standing_features import is_described, terms_of
from quotebank.bank.stored_form import plain_words
from quotebank.comparing import is_mentioned, read_name, same_name, same_speaker, slips
from quotebank.records import Speaker
from quotebank.text import initials, is_first_name, unaccented

BODIES = "organization"
TITLES = frozenset({"mr", "mrs", "ms", "miss", "lady", "dame", "madam"})
OF = frozenset({"from", "by", "of", "for"})  # words between what is said and who says it: "a letter from Ann Lee"
STEM = 5  # letters that a ministry and its minister share
NEAR = 3  # words from it to the name: "of Ambassador Ann Lee"
LEAST_LETTERS = 3  # of an acronym that is known by its letters alone
BESIDE = 60  # code points between a name and another one of theirs, in front of which no other name stands
ALSO_CALLED = regex.compile(
    r"(?P<other>\bn[ée]e?|\b(?:real|full|birth|maiden|stage|pen|legal) name(?: is| was|,)?"
    r"|\b(?:also |now |then |better |formerly |previously )?(?:known|performs|performing|writes|writing) as)?"
    r"(?(other)|\b(?:formerly|born))[\s:“\"]+"
    r"(?P<name>\p{Lu}[\p{L}’'.-]*+(?:\s(?:\p{Ll}{1,3}\s)?\p{Lu}[\p{L}’'.-]*+){0,4})(?=[”\"]?[,;.)]|$)"
)
NAMED = regex.compile(r"\p{Lu}[\p{L}\p{M}’'-]+")
REPRESENTING = frozenset({"lawyer", "counsel", "attorney", "solicitor", "barrister"})  # of whom an article names
OTHER_TIMES = terms("former ex was")
AIDES = ("aide", "agent", "chief of staff", "adviser", "advisor")
ITS = regex.compile(r"(?i)\b(?:its|their|the [\p{L}]+['’]s)\s(?:[\p{L}-]+\s){0,2}$")
LONGEST_ITS = 40  # code points
SPEAKING_FOR = ("spokes", "press secretary", "press officer", "media officer")


def is_speaker(whom: Sought | None, appearance: Appearance, text_of: Callable[[str], str]) -> bool | None:
    """Whether the speaker of a claim is who is asked for; None where it cannot be told.

    `text_of` gives the text of an article by its id.
    """
    if whom is None:
        return None
    told, row = appearance.claim.speaker, appearance.speaker_id
    found = _is_named(whom.name, appearance, whom.people)
    if found is not True:
        return True if told is not None and is_also_called(text_of(appearance.article.id), told, whom.name) else found
    if row is None:
        return True
    if whom.is_another(row):
        return False
    return None if whom.leaves_open(row, appearance.article.id, text_of) else True


def _is_named(asked: str, appearance: Appearance, people: Collection[int]) -> bool | None:
    """Whether the speaker of a claim goes by a name, or by a description, who is one of `people` of the bank."""
    told = appearance.claim.speaker
    if appearance.speaker_id is not None and appearance.speaker_id in people and not _only_names(told, asked):
        return True
    if told is None:
        return None
    if _is_so_called(told, asked):
        return True
    if _only_names(told, asked):
        before = plain_words(told.name).partition(plain_words(asked))[0].split()
        return False if OF.isdisjoint(before[-NEAR:]) else None  # "a sign outside Ann Lee's office"
    if _is_called(told, asked):
        return True
    agreed = same_speaker(Speaker(name=asked), told)
    if agreed == "same" and people and _is_initial(asked, told.name):
        return None  # "J. K. Lee" is somebody of the bank, and this is John Lee
    if agreed == "different" and told.type == "organization" and is_described(told):
        return None  # "the site", whichever it is
    return {"same": True, "different": False, "unknown": None}[agreed]


def _is_so_called(told: Speaker, asked: str) -> bool:
    """Whether a speaker is called what is asked for: "the executioner", who has no name; by letters, among several."""
    if without_article(told.name) == without_article(asked):
        return True
    if told.name.isupper() and terms_of(told.name) == terms_of(asked):
        return True  # "MS. LEE:", whose name alone might be a body's
    body = told.type == "organization" and spells(asked, told.name)
    return body or (told.type != "person" and _is_among(asked, told.name)) or speaks_for(told, asked)


def _is_initial(name: str, other: str) -> bool:
    """Whether two names agree by no more than an initial."""
    mine, theirs = read_name(name).given, read_name(other).given
    return bool(mine and theirs) and mine[0] != theirs[0] and 1 in (len(mine[0]), len(theirs[0]))


def is_also_called(text: str, speaker: Speaker, asked: str) -> bool:
    """Whether an article shows that a person goes by another name, too, by which they are asked for.

    "Ruth Stone, née Abara", "Kizu, whose full name is Ana Reyes"; and "his daughter Ruth" where Abara is named.
    """
    told, mine = read_name(speaker.name), read_name(asked)
    if speaker.type != "person" or not told.last or not mine.given:
        return False
    if not told.given and told.last in {mine.given[0], *name_forms(mine.given[0])}:
        family = regex.escape(asked.rsplit(maxsplit=1)[-1])
        kin = rf"\b{family}['’]s?\s(?:[\p{{L}}-]+,?\s){{1,3}}{regex.escape(speaker.name)}\b"
        return asked not in text and regex.search(kin, text) is not None
    for found in ALSO_CALLED.finditer(text):
        other = read_name(found["name"])
        given = other.given or told.given[:1]
        same = found["other"] is not None or given == told.given[:1]  # "formerly Ann Lee", who is still Ann
        if same and other.last == mine.last and mine.given[: len(given)] == given:
            before = NAMED.findall(text, max(found.start() - BESIDE, 0), found.start())
            return bool(before) and read_name(before[-1]).last == told.last
    return False


def _only_names(told: Speaker | None, asked: str) -> bool:
    """Whether a description of no person only holds a full name: "the text they laid before Ann Lee"."""
    if told is None or told.type == "person" or " " not in asked.strip() or not read_name(asked).given:
        return False
    described = told.name[:1].islower() or plain_words(told.name).partition(" ")[0] in DETERMINING
    return described and plain_words(asked) in plain_words(told.name)


def without_article(name: str) -> str:
    """The words of a name without an article before it."""
    first, _, rest = plain_words(name).partition(" ")
    return rest if first in ("the", "a", "an") else f"{first} {rest}"


def spells(short: str, name: str) -> bool:
    """Whether the first letters of a name's words are an acronym: "IAAF", "Cciap" as some papers write it."""
    letters = "".join(c for c in short if c.isalpha())
    whole = len(letters) >= LEAST_LETTERS and " " not in short.strip()
    return whole and short[:1].isupper() and letters.casefold() == initials(name.split()).casefold()


def is_of_body(speaker: Speaker | None, body: str) -> bool:
    """Whether an article says that a speaker is of a body of some name, which is not a person's."""
    told = (speaker.affiliation, speaker.organization) if speaker is not None else ()
    given = read_name(body).given
    if given and is_first_name(given[0].capitalize()):  # not of "Grellan Foods"
        return False
    return any(name and (same_name(name, BODIES, body, BODIES) == "same" or spells(body, name)) for name in told)


def speaks_for(speaker: Speaker | None, body: str) -> bool:
    """Whether an article says that a speaker is the one who speaks for a body: its spokeswoman, its press officer."""
    role = plain_words(speaker.role or "") if speaker is not None else ""
    return any(word in role for word in SPEAKING_FOR) and is_of_body(speaker, body)


def may_be_meant(speaker: Speaker | None, asked: str, text: str, *, same: bool | None) -> bool:
    """Whether words may be meant that are somebody else's: of a body, those of one who is of it; of a person, of who
    speaks for them; or of somebody of the name who is described otherwise (`same` is None).
    """
    if speaker is None or speaker.type == "author":
        return False
    if same is not True and _may_be_called(speaker, asked, text):
        return True
    mine = read_name(asked)
    if speaker.type != "person":  # "the Lesk defence ministry", of Lesk
        theirs = read_name(speaker.name)
        return speaker.type == "organization" and not mine.given and mine.terms < theirs.terms and bool(mine.proper)
    if is_of_body(speaker, asked):
        return terms(speaker.role or "").isdisjoint(OTHER_TIMES)
    if same is None and same_name(speaker.name, "person", asked, "person") == "same":
        return True
    if _is_for(speaker, asked, text):
        return True
    person = bool(mine.given) and is_first_name(mine.given[0].capitalize())
    return not person and (
        _are_near(asked, speaker) or _is_its(speaker, asked, text) or _is_of_its_kind(speaker, asked, text)
    )


def _is_for(speaker: Speaker, asked: str, text: str) -> bool:
    """Whether somebody speaks for a person: as spokesman or aide of theirs; as a lawyer, where nobody else is named."""
    role = plain_words(speaker.role or "")
    names = list(filter(None, (speaker.affiliation, speaker.organization)))
    counsel = role.rpartition(" ")[2] in REPRESENTING
    if not counsel and not any(word in role for word in (*SPEAKING_FOR, *AIDES)):
        return False
    if any(same_name(name, "person", asked, "person") == "same" for name in names):
        return True
    return counsel and not names and is_mentioned(text, terms_of(asked))


def _are_near(asked: str, speaker: Speaker) -> bool:
    """Whether all that a body is called is told of somebody: "the health ministry of Lesk" of its minister."""
    told = " ".join(filter(None, (speaker.role, speaker.affiliation, speaker.organization)))
    known, wanted = ({term[:STEM] for term in terms(one)} for one in (told, asked))
    held = {term[:STEM] for term in nouns(speaker.role or "")}  # no bank robber is the bank
    return wanted <= known and not held.isdisjoint(term[:STEM] for term in Post.of(asked).head)


def _is_its(speaker: Speaker, asked: str, text: str) -> bool:
    """Whether an article names a body, and then somebody as its: "Acme … its director, Ann Lee"."""
    if not speaker.role_spans or speaker.affiliation is not None:
        return False
    at = speaker.role_spans[0].start
    before = text[:at]
    return ITS.search(before[-LONGEST_ITS:]) is not None and is_mentioned(before, terms_of(asked))


def _is_of_its_kind(speaker: Speaker, asked: str, text: str) -> bool:
    """Whether somebody is of "the army", where the Lesk army is asked for and the article names Lesk."""
    kind = terms((speaker.affiliation or "").rpartition(" ")[2])
    wanted = terms(asked)
    return bool(kind) and not (speaker.affiliation or "")[:1].isupper() and kind <= wanted and _has(text, wanted - kind)


def is_named_apart(text: str, speaker: Speaker | None, asked: str | None, source: Collection[str]) -> bool:
    """Whether a speaker is Mrs Lee alone where the article names who is asked for in full, Ian Lee.

    Or of the name that is asked for, who is "no relation to" who is asked for: "Senator Ian Lee".
    """
    if asked is not None and f"no relation to {asked.strip()}" in text:
        return True
    if speaker is None or asked is None or " " in speaker.name or TITLES.isdisjoint(source):
        return False
    return bool(read_name(asked).given) and asked.strip() in text


def other_spelling(told: str, asked: str) -> str:
    """The name that an article has, where the one that is asked for has another letter more or less; else ""."""
    mine, theirs = read_name(asked), read_name(told)
    slipped = slips(mine.last, theirs.last) or any(slips(a, b) for a, b in zip(mine.given, theirs.given, strict=False))
    return " ".join(told.split()) if slipped else ""


def _is_called(speaker: Speaker, description: str) -> bool:
    """Whether a description is by the role that an article gives a speaker: "the mayor", "the mayor of Springfield"."""
    if not read_asked(description).is_post:
        return False
    return Post.of(description).is_held(speaker.role, speaker.affiliation, speaker.organization)


def _may_be_called(speaker: Speaker, description: str, text: str) -> bool:
    """Whether a description may be of a speaker, by the role or noun that an article gives and what else it names.

    "The mayor of Springfield" of the mayor in an article on Springfield, "the Port Lesk harbour authority" of "the
    harbour authority", "Ann Lee's family" of "her family".
    """
    if read_name(description).given and not read_asked(description).is_post:
        return False
    post = Post.of(description)
    if is_described(speaker):
        named = Post.of(speaker.name)
        return bool(post.head) and named.head == post.head and _has(text, post.terms - terms(speaker.name))
    if not read_asked(description).is_post or not post.is_of_role(speaker.role):
        return False
    told = terms(" ".join(filter(None, (speaker.affiliation, speaker.organization))))
    missing = post.terms - terms(speaker.role or "") - told
    another = bool(told) and not any(term.startswith(one[:STEM]) for one in missing for term in told)  # of Kent
    return not another and _has(text, missing)


def _has(text: str, wanted: Collection[str]) -> bool:
    """Whether a text has words that begin as each term does: "Lesk" for "Leskian", "Derby" for its stem "derbi"."""
    folded = unaccented(text).casefold()
    begins = (regex.escape(term[:STEM].rstrip("i")) for term in wanted)
    return all(regex.search(rf"\b{begin}", folded) is not None for begin in begins)


def _is_among(name: str, several: str) -> bool:
    """Whether a full name is one of several that speak together: "Joe Tarn and Al Tarn"."""
    named = several.replace(", ", " and ").split(" and ")
    asked = plain_words(name)
    return len(named) > 1 and " " in asked and any(plain_words(one) == asked for one in named)
