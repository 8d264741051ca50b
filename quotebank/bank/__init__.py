"""`ClaimBank`: the claims of many articles in one SQLite file.

In go articles with their claims; speakers become identities across articles, claims become groups that say the same.
Out come records of what was asked: found claims, profiles, timelines, and whether somebody said a quotation.
"""

from __future__ import annotations

from quotebank.bank.claim_bank import ClaimBank
from quotebank.bank.result_records import (
    Added,
    Appearance,
    Check,
    Decision,
    Group,
    Hit,
    Passage,
    Profile,
    Proof,
    Reference,
    Removed,
    Standing,
    Stated,
    Totals,
    Verification,
    Wording,
)

__all__ = [
    "Added",
    "Appearance",
    "Check",
    "ClaimBank",
    "Decision",
    "Group",
    "Hit",
    "Passage",
    "Profile",
    "Proof",
    "Reference",
    "Removed",
    "Standing",
    "Stated",
    "Totals",
    "Verification",
    "Wording",
]
