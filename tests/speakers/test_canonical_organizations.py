"""One organization under several names: the registry's."""

import pytest

import quotebank
from quotebank import AffiliationRegistry, Organization, Speaker
from quotebank.speakers.canonical_organizations import with_organizations

REGISTRY = AffiliationRegistry(
    [Organization(name="Harbor Policy Institute", aliases=("HPI",), kind="think tank"),
     Organization(name="Republican Party", aliases=("Republican",), kind="party")]
)  # fmt: skip


def organizations(*affiliations, registry=REGISTRY):
    made = with_organizations([Speaker(name="Ann Lee", affiliation=a) for a in affiliations], registry)
    assert [s.affiliation for s in made] == list(affiliations)
    return [s.organization for s in made]


def test_the_registry_gives_the_canonical_name_and_what_is_stated_stays():
    assert organizations("HPI", "the Harbor Policy Institute") == ["Harbor Policy Institute"] * 2


def test_a_member_of_congress_has_the_party():
    assert organizations("R-Ind.", None) == ["Republican Party", None]


def test_a_speaker_that_is_an_organization_has_its_canonical_name():
    speaker = Speaker(name="HPI", type="organization")
    assert with_organizations([speaker, None], REGISTRY)[0].organization == "Harbor Policy Institute"


def test_an_extractor_takes_a_registry_and_its_version_says_so(extractor):
    text = "“It works,” said Ann Lee, the director of HPI."
    own = quotebank.Extractor(registry=REGISTRY)
    (claim,) = own.extract(text)
    assert (claim.speaker.affiliation, claim.speaker.organization) == ("HPI", "Harbor Policy Institute")
    assert own.version != extractor.version
    with pytest.raises(TypeError, match="registry must be an AffiliationRegistry"):
        quotebank.Extractor(registry="list.csv")
