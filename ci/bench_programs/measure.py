# SPDX-License-Identifier: Apache-2.0
"""`wandrill report` of made-up recordings of a hundred two-way calls with a failover: time and memory."""
import json
import os
import pathlib
import shutil
import subprocess
import time

import drill
from report import Line

OUT = pathlib.Path(drill.TREE, "build/bench/measure")
CALLS = 100
LONG, SHORT = 3600, 360  # seconds

SCENARIO = """\
scenario: long-recording
description: {calls} calls for {seconds} s, and a failover in their midst; on paper.
topology: home_office
router: reference
engine: wire
traffic:
  call: {{kind: rtp, from: desk_phone, to: pbx, calls: {calls}}}
timeline:
  - at: {cut}s
    fault: blackhole
    on: wan_a
    as: cut
  - at: {mended}s
    restore: cut
  - at: {seconds}s
expect:
  - metric: call.up.longest_gap
    at_most: 2s
  - metric: call.up.mos
    during: backup
    at_least: 4
"""


def make_up(seconds):
    """A run folder with a plan and a recording, on the disk's cache."""
    folder = OUT / f"{seconds}s"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    scenario = folder / "scenario.yaml"
    scenario.write_text(SCENARIO.format(calls=CALLS, seconds=seconds, cut=seconds // 3, mended=seconds // 2))
    plan = subprocess.run([drill.RELEASE, "plan", "--yaml", scenario], check=True, capture_output=True, cwd=drill.TREE)
    (folder / "plan.yaml").write_bytes(plan.stdout)
    maker = next((drill.TREE / "build/release").rglob("wandrill_bench_recording"))
    subprocess.run([maker, folder], check=True)
    return folder


def report(folder):
    """Seconds, CPU seconds and peak MB of one `wandrill report`, and its result."""
    with (folder / "report.log").open("wb") as log:
        start = time.monotonic()
        process = subprocess.Popen([drill.RELEASE, "report", folder], stdout=log, stderr=subprocess.STDOUT)
        _, _, used = os.wait4(process.pid, 0)
        took = time.monotonic() - start
    process.returncode = 0
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, json.loads((folder / "result.json").read_text())


def measure(quick):
    lines = []
    for seconds in (SHORT,) if quick else (SHORT, LONG):
        folder = make_up(seconds)
        took, cpu, peak, result = min((report(folder) for _ in range(3)), key=lambda one: one[0])
        size = (folder / "recording/packets.bin").stat().st_size / 1e6
        shutil.rmtree(folder)
        is_long = seconds == LONG
        name = f"measuring {seconds / 60:g} min × {CALLS} calls"
        kinds = [transition["kind"] for transition in result["transitions"]]
        if kinds != ["failover", "failback"]:
            raise drill.DrillFailed(f"saw {kinds} in {seconds} s")
        note = f"{cpu:.2f} s of CPU; packets.bin {size:.0f} MB"
        lines += [Line(name, took, "s", at_most=10 if is_long else None, note=note),
                  Line("… its memory", peak, "MB", at_most=500 if is_long else None)]
    return lines
