"""The command line: `quotebank extract`, `report`, and what is done with a bank.

In go the words typed at a prompt; out come tables, pages and files, messages on standard error and an exit code. One
file holds a family of commands; `command_line` puts them together.
"""

from __future__ import annotations

from quotebank.commands.command_line import main

__all__ = [
    "main",
]
