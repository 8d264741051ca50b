"""Who is meant: a `Speaker` for each attribution of an article.

In go an article's words and its attributions. Names are found and sorted into persons, organizations and groups; roles
and affiliations are read beside them; pronouns and descriptions are resolved. Out comes, for each attribution, the
speaker in the fullest form that the article has, with the organization of the registry that is meant.
"""

from __future__ import annotations

from quotebank.speakers.canonical_organizations import with_organizations
from quotebank.speakers.organization_registry import AffiliationRegistry, Organization
from quotebank.speakers.speaker_resolution import speakers

__all__ = [
    "AffiliationRegistry",
    "Organization",
    "speakers",
    "with_organizations",
]
