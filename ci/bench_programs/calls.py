# SPDX-License-Identifier: Apache-2.0
"""Concurrent two-way G.711 calls through home_office until the harness itself loses packets, and its memory."""
import pathlib

import drill
from report import Line

OUT = pathlib.Path(drill.TREE, "build/bench/calls")
BITS_OF_CALL = 50 * 8 * (172 + 8 + 20 + 14)  # packets a second of RTP in UDP, IPv4 and Ethernet
BITS_OF_LINE = 30_000_000                    # of home_office's narrower direction

SCENARIO = """\
scenario: calls-{calls}
description: {calls} calls on a clean line; what is lost, the harness lost.
topology: {topology}
router: reference
engine: wire
traffic:
  call: {{kind: rtp, from: desk_phone, to: pbx, calls: {calls}}}
timeline:
  - at: {seconds}s
"""


def topology_for(calls):
    """home_office, or the same with a faster uplink where the calls would not fit through it."""
    if calls * BITS_OF_CALL < 0.95 * BITS_OF_LINE:
        return "home_office"
    wide = OUT / "wide_office.yaml"
    text = (drill.TREE / "topologies/home_office.yaml").read_text()
    wide.write_text(text.replace("topology: home_office", "topology: wide_office")
                    .replace("rate: 30Mbit/s", "rate: 300Mbit/s"))
    return str(wide)


def place_calls(calls, seconds):
    OUT.mkdir(parents=True, exist_ok=True)
    scenario = OUT / f"calls-{calls}.yaml"
    scenario.write_text(SCENARIO.format(calls=calls, seconds=seconds, topology=topology_for(calls)))
    return drill.run(scenario, OUT)


def lost_by_harness(run):
    """On a clean line: every packet that was not sent, not received or dropped in a queue of ours."""
    tester = run.result["tester"]
    lost = sum(flow["lost"] for flow in run.result["flows"].values())
    return lost + tester["refused_sends"] + tester["receive_overflows"]


def describe(calls, run):
    tester = run.result["tester"]
    lost = lost_by_harness(run)
    return f"{calls}: {lost} lost, late p99 {tester['late_send_p99_s'] * 1e3:.2g} ms"


def measure(quick):
    most, notes = 0, []
    for calls in (100, 500) if quick else (50, 100, 200, 300, 400, 500, 600, 800):
        try:
            run = place_calls(calls, 8 if quick else 15)
        except drill.DrillFailed as failure:
            notes.append(f"{calls}: {failure}")
            break
        notes.append(describe(calls, run))
        if lost_by_harness(run) > 0:
            break
        most = calls
    return [Line("concurrent two-way G.711 calls without harness loss", most, at_least=500, note="; ".join(notes))]


def measure_memory(quick):
    seconds = 20 if quick else 60
    run = place_calls(100, seconds)
    peaks = sorted((peak / 1024 for peak in run.peak_kib.values()), reverse=True)
    note = f"{seconds} s; sum of VmHWM of " + " + ".join(f"{peak:.0f}" for peak in peaks) + " MiB"
    return [Line("memory of a run with 100 calls", sum(peaks), "MiB", at_most=200, note=note)]
