# SPDX-License-Identifier: Apache-2.0
"""Runs scenarios with the built wandrill and reads what they left."""
import collections
import json
import os
import pathlib
import subprocess
import time

TREE = pathlib.Path(__file__).resolve().parents[2]
RELEASE = TREE / "build/release/bin/wandrill"
SAMPLE_EVERY = 0.05  # seconds between two looks at the memory of a run


class DrillFailed(Exception):
    """A run that gave no result; the text says what it said."""


class Drill:
    """One finished run: its result document, its events and the most memory that each process had."""

    def __init__(self, folder, peak_kib):
        self.folder = folder
        self.peak_kib = peak_kib
        self.result = json.loads((folder / "result.json").read_text())
        events = (folder / "recording/events.jsonl").read_text().splitlines()
        self.events = [json.loads(line) for line in events]

    def conclusive(self):
        """Itself; raises DrillFailed when the machine was too busy for the run to mean anything."""
        if self.result["outcome"] == "inconclusive":
            raise DrillFailed(f"inconclusive: {self.result['reason'] or 'the machine is too busy'}")
        return self

    def interval_of(self, flow):
        """Packet interval of a flow ("call.up"), in seconds."""
        sessions = {session["name"]: session["interval_s"] for session in self.result["sessions"]}
        return sessions[flow.rsplit(".", 1)[0]]

    def faults(self):
        """For each fault and restore, by id: {instant: event}."""
        found = collections.defaultdict(dict)
        for event in self.events:
            if event["event"] == "fault":
                found[event["id"]][event["instant"]] = event
        return dict(found)


def peak_of(pid):
    """VmHWM of each process of this name below `pid`, in KiB, by process id."""
    peaks = {}
    waiting = [pid]
    while waiting:
        process = waiting.pop()
        try:
            status = pathlib.Path(f"/proc/{process}/status").read_text()
            children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text()
        except OSError:
            continue  # it has ended
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        if fields["Name"] == "wandrill" and "VmHWM" in fields:
            peaks[process] = int(fields["VmHWM"].split()[0])
        waiting.extend(int(child) for child in children.split())
    return peaks


def run(scenario, out, *options, wandrill=RELEASE):
    """Runs a scenario file into the folder `out`, whatever its outcome; raises DrillFailed if none."""
    command = [str(wandrill), "run", str(scenario), "--out", str(out), *options]
    log = pathlib.Path(out, "wandrill.log")
    log.parent.mkdir(parents=True, exist_ok=True)
    before = set(os.listdir(out))
    peaks = {}
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=TREE)
        while process.poll() is None:
            for pid, peak in peak_of(process.pid).items():
                peaks[pid] = max(peak, peaks.get(pid, 0))
            time.sleep(SAMPLE_EVERY)
    folders = [pathlib.Path(out, name) for name in sorted(set(os.listdir(out)) - before)]
    done = [folder for folder in folders if (folder / "result.json").exists()]
    if not done:
        raise DrillFailed(log.read_text(errors="replace").strip()[-300:].replace("\n", " "))
    drill = Drill(done[-1], peaks)
    if drill.result["outcome"] in ("error", "interrupted"):
        raise DrillFailed(f"{drill.result['outcome']}: {drill.result['reason']}")
    return drill
