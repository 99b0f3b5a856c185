# SPDX-License-Identifier: Apache-2.0
"""How late a fault comes: due → applied → observed, over the twenty faults and restores of ten-cycles."""
import pathlib

import drill
from report import Line, percentile, spread


def milliseconds(faults, start, end):
    return [(end(fault) - start(fault)) / 1e6 for fault in faults]


def measure(quick):
    out = pathlib.Path(drill.TREE, "build/bench/fault_latency")
    scenario = drill.TREE / "scenarios/ten-cycles.yaml"
    drills = [drill.run(scenario, out).conclusive() for _ in range(1 if quick else 3)]
    faults = [fault for one in drills for fault in one.faults().values()
              if "applied" in fault and "observed" in fault]
    late = milliseconds(faults, lambda f: f["applied"]["due"], lambda f: f["applied"]["at"])
    seen = milliseconds(faults, lambda f: f["applied"]["at"], lambda f: f["observed"]["at"])
    return [
        Line("fault or restore applied after due, p95", percentile(late, 95), "ms", at_most=1, note=spread(late)),
        Line("its effect seen after applied, p95", percentile(seen, 95), "ms", note=spread(seen)),
    ]
