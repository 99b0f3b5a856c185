# SPDX-License-Identifier: Apache-2.0
"""How results show in notebooks."""
from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .results import Result

_COLOURS = {"pass": "#2e7d32", "fail": "#c62828", "error": "#6a1b9a", "inconclusive": "#b26a00", "skipped": "#607d8b", "interrupted": "#607d8b"}


def _timeline(result: "Result") -> str:
    """The WANs that each flow left by, and the steps of the timeline, as a picture. Times in seconds since the start of the run."""
    document = result.to_dict()
    duration = document["duration_s"]
    flows = {name: flow["path"] for name, flow in document["flows"].items() if flow["path"]}
    if not duration or not flows:
        return ""
    width, left, row = 760, 150, 22
    wans = sorted({leg["wan"] for path in flows.values() for leg in path})
    shades = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377"]
    colour = {wan: shades[i % len(shades)] for i, wan in enumerate(wans)}
    height = row * (len(flows) + 2)

    def x(seconds: float) -> float:
        return left + (width - left) * min(max(seconds / float(duration), 0.0), 1.0)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">']
    for line, (name, path) in enumerate(flows.items()):
        y = row * line + 4
        parts.append(f'<text x="0" y="{y + 12}">{html.escape(name)}</text>')
        for leg, after in zip(path, [*path[1:], None]):
            end = after["since_s"] if after else duration
            parts.append(f'<rect x="{x(leg["since_s"]):.1f}" y="{y}" width="{max(x(end) - x(leg["since_s"]), 1):.1f}" height="{row - 8}" fill="{colour[leg["wan"]]}">'
                         f'<title>{html.escape(leg["wan"])} from {leg["since_s"]:.3f} s</title></rect>')
        for period in document["flows"][name]["loss_periods"]:
            start = period["first_missing_s"]
            parts.append(f'<rect x="{x(start):.1f}" y="{y}" width="{max(x(start + period["gap_s"]) - x(start), 1):.1f}" height="{row - 8}" fill="#000" fill-opacity="0.75">'
                         f'<title>nothing arrived for {period["gap_s"]:.3f} s</title></rect>')
    bottom = row * len(flows)
    for instant in document["instants"]:
        at = x(instant["at_s"])
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="{bottom}" stroke="#333" stroke-dasharray="2,2"/>'
                     f'<text x="{at + 2:.1f}" y="{bottom + 12}">{html.escape(instant["label"])}</text>')
    at_x = float(left)
    for wan in wans:
        parts.append(f'<rect x="{at_x:.1f}" y="{bottom + row - 4}" width="12" height="12" fill="{colour[wan]}"/><text x="{at_x + 16:.1f}" y="{bottom + row + 7}">{html.escape(wan)}</text>')
        at_x += 24 + 8 * len(wan)
    parts.append(f'<rect x="{at_x:.1f}" y="{bottom + row - 4}" width="12" height="12" fill="#000" fill-opacity="0.75"/><text x="{at_x + 16:.1f}" y="{bottom + row + 7}">nothing arrived</text></svg>')
    return "".join(parts)


def result_as_html(result: "Result") -> str:
    def mark(outcome: object) -> str:
        return f'<b style="color:{_COLOURS[str(outcome)]}">{html.escape(str(outcome))}</b>'

    rows = "".join(
        f"<tr><td>{mark(one.outcome)}</td><td style='text-align:left'>{html.escape(one.text)}</td><td>{html.escape(one.bound)}</td>"
        f"<td style='text-align:left'>{html.escape(one.reason)}</td></tr>"
        for one in result.expectations)
    findings = "".join(f"<li><b>{html.escape(one.title)}</b> ({html.escape(one.bucket)}). {html.escape(one.evidence)} {html.escape(one.advice)}</li>" for one in result.findings)
    return (f"<div><p>{mark(result.outcome)} {html.escape(result.scenario)} on {html.escape(result.router)}: {html.escape(result.sentence or result.reason)}</p>"
            f"<table><tr><th></th><th>expected</th><th>bound</th><th>why</th></tr>{rows}</table>{_timeline(result)}" + (f"<ul>{findings}</ul>" if findings else "") + "</div>")
