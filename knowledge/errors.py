"""Errors that people see. Each says what is wrong, where, and how to mend it; none needs a traceback."""

from __future__ import annotations

from typing import NamedTuple


class ModuError(Exception):
    """Base of all errors that are shown to the user as one line."""


class BaseError(ModuError):
    """The fact base is missing, broken or of another format."""


class Problem(NamedTuple):
    """One mistake in a pack, with its place."""

    code: str
    """K001 … K099; the command reference lists them."""
    path: str
    """File, relative to the pack."""
    line: int
    """From 1; 0 where the whole file is meant."""
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{self.code} {place} {self.message}"


class PackError(ModuError):
    """A pack that can't be built, with all its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
