"""The exceptions of the library: each is a `QuotebankError` and the built-in that a caller expects."""

from __future__ import annotations


class QuotebankError(Exception):
    """Base of every exception that quotebank raises on purpose."""


class ArgumentTypeError(QuotebankError, TypeError):
    """An argument is not of the type it must be; the message names the argument and what to pass."""


class ArgumentValueError(QuotebankError, ValueError):
    """An argument is of the right type but cannot be used; the message names it, its value and the remedy."""


class ModelError(QuotebankError, RuntimeError):
    """A model file is missing, altered or of another version; the message names the file and the remedy."""


class RegistryError(QuotebankError, ValueError):
    """A list of organizations cannot be used; the message names the file, the line and the remedy."""


class SourceError(QuotebankError, OSError):
    """A file or folder of articles, or a list of organizations, cannot be read; the message names it."""


def shown(value: object) -> str:
    """`value` as an error message shows it: its repr, cut to sixty characters."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
