"""Whether the speaker of a claim is who is asked for: by name, by role, as the one who speaks for a body."""

from __future__ import annotations

from collections.abc import Collection

from quotebank.bank.framing_words import DETERMINING
from quotebank.bank.result_records import Appearance
from quotebank.bank.standing_features import terms_of
from quotebank.bank.stored_form import plain_words
from quotebank.comparing import read_name, same_name, same_speaker, slips
from quotebank.records import Speaker
from quotebank.text import initials, is_first_name

BODIES = "organization"
TITLES = frozenset({"mr", "mrs", "ms", "miss", "lady", "dame", "madam"})
OF = frozenset({"from", "by", "of", "for"})  # words between what is said and who says it: "a letter from Ann Lee"
NEAR = 3  # words from it to the name: "of Ambassador Ann Lee"
LEAST_LETTERS = 3  # of an acronym that is known by its letters alone
SPEAKING_FOR = ("spokes", "press secretary", "press officer", "media officer")


def is_speaker(asked: str | None, appearance: Appearance, people: Collection[int]) -> bool | None:
    """Whether the speaker of a claim is `asked`, who is one of `people` of the bank; None where it cannot be told."""
    if asked is None:
        return None
    told = appearance.claim.speaker
    if appearance.speaker_id is not None and appearance.speaker_id in people and not _only_names(told, asked):
        return True
    if told is not None and without_article(told.name) == without_article(asked):
        return True  # "the executioner", who has no name
    if told is not None and told.type == "organization" and spells(asked, told.name):
        return True
    if told is not None and told.name.isupper() and terms_of(told.name) == terms_of(asked):
        return True  # "MS. LEE:", whose name alone might be a body's
    if told is not None and ((told.type != "person" and _is_among(asked, told.name)) or speaks_for(told, asked)):
        return True
    if told is not None and _only_names(told, asked):
        before = plain_words(told.name).partition(plain_words(asked))[0].split()
        return False if OF.isdisjoint(before[-NEAR:]) else None  # "a sign outside Ann Lee's office"
    if told is not None and _is_called(told, asked):
        return True
    return {"same": True, "different": False, "unknown": None}[same_speaker(Speaker(name=asked), told)]


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
    determiner, _, described = plain_words(description).partition(" ")
    role = plain_words(speaker.role or "")
    if determiner not in DETERMINING or not role or not described:
        return False
    of = plain_words(speaker.affiliation or "")
    return described in {role, f"{role} of {of}", f"{role} of the {of}", f"{of} {role}"}


def _is_among(name: str, several: str) -> bool:
    """Whether a full name is one of several that speak together: "Joe Tarn and Al Tarn"."""
    named = several.replace(", ", " and ").split(" and ")
    asked = plain_words(name)
    return len(named) > 1 and " " in asked and any(plain_words(one) == asked for one in named)
