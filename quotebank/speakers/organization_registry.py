"""Organizations: which one an affiliation names, by a list of them.

A name, in the form in which names are compared, is in the list or it is not: nothing is guessed from names that look
alike, as a wrong organization is worse than none.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

import attrs

from quotebank.errors import ArgumentTypeError, ArgumentValueError, RegistryError, SourceError, shown
from quotebank.speakers.organization_names import (
    abbreviates,
    is_free_of_case,
    name_key,
    unbracketed,
    unlegal,
    unpossessed,
)

OrganizationKind = Literal[
    "think tank",  # research on policy, also without a party
    "agency",  # an authority with a task: police, regulators, services, statistics
    "ministry",  # a department led by a minister or secretary
    "government",  # a government, its head's office or residence
    "legislature",  # a parliament or one of its chambers
    "court",
    "party",  # also its committees
    "university",
    "broadcaster",
    "newspaper",  # newspapers and magazines, also online
    "news agency",
    "company",
    "international",  # founded by states: the UN and its bodies, unions of states
    "advocacy",  # campaigns, charities, aid
    "military",  # forces and alliances' commands, armed groups
    "bank",  # central and commercial
    "hospital",
    "union",  # of workers or employers, professional associations
    "other",
]
ORGANIZATION_KINDS: tuple[OrganizationKind, ...] = get_args(OrganizationKind)
COLUMNS = ("name", "aliases", "kind", "wikidata")

WIKIDATA = re.compile(r"Q[1-9][0-9]*", re.ASCII)


@attrs.frozen(kw_only=True)
class Organization:
    """An organization, by all the names that it goes by.

    Raises `ArgumentTypeError` where a field is not of its type, and `ArgumentValueError` where a name has neither
    letter nor digit, the kind is unknown or the id is no Wikidata id.
    """

    name: str
    """The canonical name, which goes into `Speaker.organization`."""
    aliases: tuple[str, ...] = ()
    """Its other names, acronyms among them."""
    kind: OrganizationKind = "other"
    """What it is: think tank, agency, ministry, government, legislature, court, party, university, broadcaster,
    newspaper, news agency, company, international, advocacy, military, bank, hospital, union, or other."""
    wikidata: str | None = None
    """Its id in Wikidata, such as `"Q1065"`, where that is known."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.aliases, tuple):
            raise ArgumentTypeError(f"Organization.aliases must be a tuple of str; got {shown(self.aliases)}")
        for field, value in (("name", self.name), *(("aliases", alias) for alias in self.aliases)):
            if not isinstance(value, str):
                raise ArgumentTypeError(f"Organization.{field} must be str; got {shown(value)}")
            if not any(character.isalnum() for character in value):
                raise ArgumentValueError(
                    f"Organization.{field} must have a letter or a digit; got {shown(value)}: fill it in or remove it"
                )
        if self.kind not in ORGANIZATION_KINDS:
            raise ArgumentValueError(
                f"Organization.kind must be one of {', '.join(ORGANIZATION_KINDS)}; got {shown(self.kind)}: "
                "write 'other' where none fits"
            )
        if self.wikidata is not None and not isinstance(self.wikidata, str):
            raise ArgumentTypeError(f"Organization.wikidata must be a str or None; got {shown(self.wikidata)}")
        if self.wikidata is not None and not WIKIDATA.fullmatch(self.wikidata):
            raise ArgumentValueError(
                f"Organization.wikidata must be an id such as 'Q1065'; got {shown(self.wikidata)}: correct it or leave "
                "it empty"
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name, then the aliases."""
        return (self.name, *self.aliases)


class AffiliationRegistry:
    """A list of organizations, looked up by any of their names. It does not change.

    `organizations` are iterated in the order given. Raises `RegistryError` where two of them claim one name, and
    `ArgumentTypeError` where one is no `Organization`.

        registry = AffiliationRegistry.default().extended(AffiliationRegistry.from_csv("ours.csv"))
        registry.lookup("the U.N.").name  # "United Nations"
    """

    __slots__ = ("_exact", "_folded", "_organizations")

    def __init__(self, organizations: Iterable[Organization] = ()) -> None:
        if isinstance(organizations, str | bytes) or not isinstance(organizations, Iterable):
            raise ArgumentTypeError(f"organizations must be Organization objects; got {shown(organizations)}")
        self._fill((organization, "") for organization in organizations)

    @classmethod
    def default(cls) -> AffiliationRegistry:
        """The shipped list, `organization_registry.csv`: read once, the same object at every call."""
        return _shipped()

    @classmethod
    def from_csv(cls, path: str | os.PathLike[str]) -> AffiliationRegistry:
        """The organizations of the CSV file at `path`, in UTF-8, with or without a byte order mark.

        Its columns are name, aliases (separated by `|`), kind and wikidata, in any order, and more are ignored; aliases
        and wikidata may be empty. Lines before the header that begin with `#` are comments. Raises `RegistryError`,
        whose message names file, line and remedy, where a column is missing, a row has too many or too few cells, a
        name is empty or claimed twice, a kind is unknown, an id is no Wikidata id or the file is not UTF-8; and
        `SourceError` where the file cannot be read.
        """
        if not isinstance(path, str | os.PathLike):
            raise ArgumentTypeError(f"path must be a path; got {shown(path)}")
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise SourceError(
                f"cannot read {os.fspath(path)}: {error.strerror}; pass a CSV file of organizations"
            ) from error
        return cls._of_file(data, os.fspath(path))

    @classmethod
    def _of_file(cls, data: bytes, file: str) -> AffiliationRegistry:
        registry = cls()
        registry._fill(_rows(data, file))
        return registry

    def _fill(self, placed: Iterable[tuple[Organization, str]]) -> None:
        """Take organizations, each with the place where it is stated ("file, line 3") or an empty one."""
        organizations: list[Organization] = []
        claimed: dict[str, tuple[Organization, str]] = {}
        for organization, place in placed:
            if not isinstance(organization, Organization):
                raise ArgumentTypeError(f"organizations must hold Organization objects; got {shown(organization)}")
            for name in dict.fromkeys(organization.names):
                other, there = claimed.setdefault(name_key(name), (organization, place))
                if other is not organization:
                    raise RegistryError(
                        f"{place and place + ': '}{shown(name)} of {shown(organization.name)} is already a name of "
                        f"{shown(other.name)}{there and f' ({there})'}; leave it to one of the two, or join them"
                    )
            organizations.append(organization)
        folded: dict[str, Organization | None] = {}
        for key, (organization, _) in claimed.items():
            if folded.setdefault(key.casefold(), organization) is not organization:
                folded[key.casefold()] = None
        self._organizations = tuple(organizations)
        self._exact = {key: organization for key, (organization, _) in claimed.items()}
        self._folded = folded

    def extended(self, other: AffiliationRegistry) -> AffiliationRegistry:
        """A registry of these organizations and those of `other`, which win.

        One whose canonical name `other` claims is replaced by the organization there, aliases and all; an alias that
        `other` claims is left to it. Raises `ArgumentTypeError` where `other` is no registry.
        """
        if not isinstance(other, AffiliationRegistry):
            raise ArgumentTypeError(f"other must be an AffiliationRegistry; got {shown(other)}")
        kept = []
        for organization in self._organizations:
            if name_key(organization.name) in other._exact:
                continue
            aliases = tuple(alias for alias in organization.aliases if name_key(alias) not in other._exact)
            changed = len(aliases) < len(organization.aliases)
            kept.append(attrs.evolve(organization, aliases=aliases) if changed else organization)
        return AffiliationRegistry([*kept, *other])

    def lookup(self, text: str) -> Organization | None:
        """The organization that `text` names, as a whole; None where it is not listed or could be another.

        "the U.N.", "United Nations" and "the United Nations’" are one. Behind the name there may be a legal form
        ("Boeing Co.") or the acronym in brackets. Takes time by the length of `text` alone. Raises
        `ArgumentTypeError` where `text` is no str.
        """
        if not isinstance(text, str):
            raise ArgumentTypeError(f"text must be a str; got {shown(text)}")
        key = name_key(text)
        found = self._find(key)
        if found is not None:
            return found
        outer, inner = unbracketed(key)
        if inner is None:
            return None
        found = self._find(outer)
        same = self._find(inner) is found or abbreviates(inner, outer)
        return found if same else None

    def _find(self, key: str) -> Organization | None:
        """The organization of a name without brackets, of its owner's form ("Reuters'"), or before a legal form."""
        for form in (key, owner := unpossessed(key), unlegal(owner)):
            found = self._exact.get(form)
            if found is None and is_free_of_case(form):
                found = self._folded.get(form.casefold())
            if found is not None:
                return found
        return None

    def __len__(self) -> int:
        return len(self._organizations)

    def __iter__(self) -> Iterator[Organization]:
        return iter(self._organizations)

    def __repr__(self) -> str:
        return f"AffiliationRegistry({len(self)} organizations)"


@cache
def _shipped() -> AffiliationRegistry:
    file = files("quotebank").joinpath("speakers", "organization_registry.csv")
    return AffiliationRegistry._of_file(file.read_bytes(), "organizations.csv")


def _rows(data: bytes, file: str) -> Iterator[tuple[Organization, str]]:
    """The organizations of a CSV file, each with its place there."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len((data[: error.start] + b".").splitlines())
        raise RegistryError(
            f"{file}, line {line}: byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    begin = 1
    try:
        for cells in reader:
            place, begin = f"{file}, line {begin}", reader.line_num + 1
            row = [cell.strip() for cell in cells]
            if not any(row):
                continue
            if header is not None:
                yield _organization(header, row, place), place
            elif not row[0].startswith("#"):
                header = _header(row, place)
    except csv.Error as error:
        raise RegistryError(
            f"{file}, line {begin}: {error}; put a cell that has a comma or a quotation mark in double quotes, and "
            "double those inside it"
        ) from None
    if header is None:
        raise RegistryError(f"{file}, line 1: no header; begin the file with the line {','.join(COLUMNS)}")


def _header(row: list[str], place: str) -> list[str]:
    header = [cell.lower() for cell in row]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise RegistryError(
            f"{place}: no column {' and no '.join(missing)}; the header must be {','.join(COLUMNS)}, with commas"
        )
    twice = [column for column in COLUMNS if header.count(column) > 1]
    if twice:
        raise RegistryError(f"{place}: two columns {twice[0]}; remove one")
    return header


def _organization(header: list[str], row: list[str], place: str) -> Organization:
    if len(row) != len(header):
        raise RegistryError(
            f"{place}: {len(row)} cells under {len(header)} columns; leave a cell empty rather than out, and put one "
            "that has a comma in double quotes"
        )
    cells = dict(zip(header, row, strict=True))
    try:
        return Organization(
            name=cells["name"],
            aliases=tuple(alias for part in cells["aliases"].split("|") if (alias := part.strip())),
            kind=cells["kind"].lower(),  # type: ignore[arg-type]  # its validator checks it
            wikidata=cells["wikidata"] or None,
        )
    except ArgumentValueError as error:
        raise RegistryError(f"{place}: {str(error).removeprefix('Organization.')}") from None
