# SPDX-License-Identifier: Apache-2.0
"""Measured outages against cuts of known length, from applied to applied."""
import pathlib
import shutil

import drill
from report import Line, percentile, spread

OUT = pathlib.Path(drill.TREE, "build/bench/known_cut")
PROGRAMS = pathlib.Path(drill.TREE, "ci/bench_programs")
LIB = pathlib.Path(drill.TREE, "ci/lib")
# No multiples of a packet interval: as many packets as fit are lost then, and every error is 0 by luck.
LENGTHS = ("507.3ms", "1007.3ms", "3007.3ms")
FLOWS = ("ruler.up", "ruler.down", "call.up", "call.down")


def prepare(length, trials):
    OUT.mkdir(parents=True, exist_ok=True)
    for name in ("one_line.yaml", "static_router.yaml"):
        shutil.copy(LIB / name, OUT)
    scenario = OUT / f"known-cut-{length}.yaml"
    scenario.write_text((PROGRAMS / "known_cut.yaml").read_text().format(length=length, trials=trials))
    return scenario


def cuts_of(run):
    """(fault applied, restore applied) of every round, in seconds of the run."""
    faults = run.faults()
    applied = sorted((entry["applied"]["at"] / 1e9, entry["applied"]["restore"])
                     for entry in faults.values() if "applied" in entry)
    return [(start, end) for (start, is_end), (end, _) in zip(applied, applied[1:]) if not is_end]


def outage_of(flow, interval, cut):
    """Of all loss periods that the cut caused, first missing packet to next arrival by schedule; in seconds."""
    start, end = cut
    slack = 0.3  # nothing else happens this close to a cut
    hit = [period for period in flow["loss_periods"]
           if start - slack < period["first_missing_s"] and period["last_missing_s"] < end + slack]
    return sum(period["gap_s"] - interval for period in hit)


def errors_of(run):
    """Measured minus true length of every cut, in milliseconds, by flow."""
    return {name: [(outage_of(run.result["flows"][name], run.interval_of(name), cut) - (cut[1] - cut[0])) * 1e3
                   for cut in cuts_of(run)] for name in FLOWS}


def lines_for(length, errors):
    def line(kind, flows, bound):
        values = [abs(value) for flow in flows for value in errors[flow]]
        return Line(f"cut of {length}: error of the {kind}, p95", percentile(values, 95), "ms", at_most=bound,
                    note=spread(values))
    return [line("1 ms probe", ("ruler.up", "ruler.down"), 2), line("call (20 ms)", ("call.up", "call.down"), 20)]


def measure(quick):
    lines = []
    for length in LENGTHS:
        try:
            run = drill.run(prepare(length, 5 if quick else 30), OUT).conclusive()
        except drill.DrillFailed as failure:
            lines.append(Line(f"cut of {length}", None, note=str(failure)))
            continue
        lines += lines_for(length, errors_of(run))
    return lines
