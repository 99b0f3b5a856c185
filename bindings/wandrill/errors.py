# SPDX-License-Identifier: Apache-2.0
"""What goes wrong: bad input, and a machine that cannot do what was asked."""
from __future__ import annotations

import dataclasses
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True)
class Mistake:
    """One mistake in a file of the user's. Lines and columns count from 1; 0: no place is known."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class ConfigError(ValueError):
    """The input is wrong. `mistakes` has every mistake that could be found at once, in the order of the files."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class MachineError(RuntimeError):
    """This machine cannot do what was asked, or a file that wandrill wrote is damaged; the text says what to do."""
