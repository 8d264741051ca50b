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


class BankError(QuotebankError, OSError):
    """The file of a bank cannot be opened, read or written, or is no bank; the message names it and the remedy."""


class NotInBankError(QuotebankError, LookupError):
    """Nothing, or more than one thing, in the bank answers to a name or an id; the message names it."""


class FormatError(QuotebankError, ValueError):
    """A file is not in the format it was read as; the message names the file, the line and what was expected."""


class MissingExtraError(QuotebankError, ImportError):
    """A part needs packages that only an extra installs; the message names the command that installs them."""


class WorkerError(QuotebankError, RuntimeError):
    """A process that reads articles was ended from outside; the message names the usual causes and the remedy."""


def shown(value: object) -> str:
    """`value` as an error message shows it: its repr, cut to sixty characters."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
