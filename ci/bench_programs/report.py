# SPDX-License-Identifier: Apache-2.0
"""Lines of the benchmark table: made by the parts, rendered as Markdown and JSON."""
import dataclasses
import math


@dataclasses.dataclass
class Line:
    """One number and its bound; `value` is None when it could not be measured, and `note` says why."""
    name: str
    value: float | None
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def verdict(self):
        if self.value is None:
            return "not measured"
        if self.at_most is None and self.at_least is None:
            return ""
        low = -math.inf if self.at_least is None else self.at_least
        high = math.inf if self.at_most is None else self.at_most
        return "ok" if low <= self.value <= high else "missed"

    @property
    def target(self):
        if self.at_most is not None:
            return f"≤ {self.at_most:g} {self.unit}".rstrip()
        if self.at_least is not None:
            return f"≥ {self.at_least:g} {self.unit}".rstrip()
        return ""

    def as_json(self):
        return dataclasses.asdict(self) | {"verdict": self.verdict}


def percentile(values, percent):
    """Nearest rank (RFC 2330 11.3); None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def spread(values, unit="ms"):
    """The middle and the far end of a sample, for a note."""
    if not values:
        return "nothing measured"
    return f"p50 {percentile(values, 50):.3g}, max {max(values):.3g} {unit}, {len(values)} samples"


def markdown(lines):
    rows = [["measured", "value", "target", "verdict", "note"]]
    for line in lines:
        value = "–" if line.value is None else f"{line.value:.3g} {line.unit}".rstrip()
        rows.append([line.name, value, line.target, line.verdict, line.note])
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths)] + row[4:] for row in rows]
    padded.insert(1, ["-" * width for width in widths] + ["---"])
    return "\n".join("| " + " | ".join(row) + " |" for row in padded) + "\n"
