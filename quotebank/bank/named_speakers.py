"""Whether the speaker of a claim is who is asked for: by name, by role, as the one who speaks for a body."""

from __future__ import annotations

from collections.abc import Collection

import regex

from quotebank.bank.asked_speaker import Post, read_asked
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
    r"\b(?:n[ée]e?|formerly|previously|born|once|aka|a\.k\.a\.|alias|(?:known|performs|performing|writes|writing) as"
    r"|(?:real|full|birth|maiden|stage|pen|legal|married) name(?: is| was|,)?)[\s,:“\"]+"
    r"((?:\p{Lu}[\p{L}’'.-]*+\s?|\p{Ll}{1,3}\s){1,5})"
)
NAMED = regex.compile(r"\p{Lu}[\p{L}\p{M}’'-]+")
REPRESENTING = [
    [noun]
    for noun in ("lawyer", "counsel", "attorney", "solicitor", "barrister", "agent", "aide", "staff", "representative")
]
ITS = regex.compile(r"(?i)\b(?:its|their|the [\p{L}]+['’]s)\s(?:[\p{L}-]+\s){0,2}$")
LONGEST_ITS = 40  # code points
SPEAKING_FOR = ("spokes", "press secretary", "press officer", "media officer")


def is_speaker(whom: Sought | None, appearance: Appearance, text: str) -> bool | None:
    """Whether the speaker of a claim of the article `text` is who is asked for; None where it cannot be told."""
    if whom is None:
        return None
    told, row = appearance.claim.speaker, appearance.speaker_id
    found = _is_named(whom.name, appearance, whom.people, text)
    if found is not True:
        return True if told is not None and is_also_called(text, told, whom.name) else found
    if row in whom.another:
        return False
    return None if row is not None and whom.leaves_open(row, appearance.article.id) else True


def _is_named(asked: str, appearance: Appearance, people: Collection[int], text: str) -> bool | None:
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
    spans = (*appearance.claim.content, *appearance.claim.source)
    if _is_called(told, asked, text[: max(span.end for span in spans)]):
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
        return asked not in text and is_mentioned(text, {mine.last})
    for found in ALSO_CALLED.finditer(text):
        other = read_name(found[1].strip())
        given = other.given or told.given[:1]
        if other.last == mine.last and mine.given[: len(given)] == given:
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
    if speaker is None or speaker.type in ("author", "group"):
        return False
    if speaker.type == "organization":  # "the Lesk defence ministry", of Lesk
        mine, theirs = read_name(asked), read_name(speaker.name)
        return not mine.given and mine.terms < theirs.terms and bool(mine.proper)
    if is_of_body(speaker, asked):
        return True
    if same is None and same_name(speaker.name, "person", asked, "person") == "same":
        return True
    role = plain_words(speaker.role or "")
    if any(word in role for word in SPEAKING_FOR) or role.split()[-1:] in REPRESENTING:
        names = (speaker.affiliation, speaker.organization)
        client = any(name and same_name(name, "person", asked, "person") == "same" for name in names)
        return client or (role.split()[-1:] in REPRESENTING and is_mentioned(text, terms_of(asked)))
    told = " ".join(filter(None, (speaker.role, speaker.affiliation, speaker.organization)))
    if read_name(asked).given and is_first_name(read_name(asked).given[0].capitalize()):
        return False
    return _are_near(asked, told) or _is_its(speaker, asked, text) or _is_of_its_kind(speaker, asked, text)


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


def _are_near(asked: str, told: str) -> bool:
    """Whether all that a body is called is told of somebody: "the health ministry of Lesk" of its minister."""
    known = {term[:STEM] for term in terms(told)}
    wanted = {term[:STEM] for term in terms(asked)}
    return bool(wanted) and wanted <= known


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


def _is_called(speaker: Speaker, description: str, text: str) -> bool:
    """Whether a description is of a speaker, by the role or the noun that an article gives, and what else it names.

    "The mayor of Springfield" of the mayor in an article on Springfield, "the Port Lesk harbour authority" of "the
    harbour authority", "Ann Lee's family" of "her family".
    """
    if read_name(description).given and not read_asked(description).is_post:
        return False
    post = Post.of(description)
    if speaker.type != "person" and is_described(speaker):
        named = Post.of(speaker.name)
        return bool(post.head) and named.head == post.head and _has(text, post.terms - terms(speaker.name))
    bodies = tuple(filter(None, (speaker.affiliation, speaker.organization)))
    if not read_asked(description).is_post or not post.is_of_role(speaker.role):
        return False
    missing = post.terms - terms(" ".join((speaker.role or "", *bodies)))
    told = terms(" ".join(bodies))
    another = bool(told) and not any(_has(term, {one}) for one in missing for term in told)  # "the mayor of Kent"
    return not missing or (not another and _has(text, missing))


def _has(text: str, wanted: Collection[str]) -> bool:
    """Whether a text has words that begin as terms do: "Lesk" for "Leskian"."""
    folded = unaccented(text).casefold()
    return all(term[:STEM] in folded for term in wanted)


def _is_among(name: str, several: str) -> bool:
    """Whether a full name is one of several that speak together: "Joe Tarn and Al Tarn"."""
    named = several.replace(", ", " and ").split(" and ")
    asked = plain_words(name)
    return len(named) > 1 and " " in asked and any(plain_words(one) == asked for one in named)
