# SPDX-License-Identifier: Apache-2.0
"""Bring-up and tear-down of the home office's network: bare C, wandrill and Mininet, in turns."""
import importlib.util
import os
import subprocess
import time

from drill import TREE
from report import Line, percentile, spread

PROGRAMS = TREE / "ci/bench_programs"
BUILT = TREE / "build/bench"
SETTLE_S = 0.25
MININET = ["unshare", "--net", "--mount", "/usr/bin/python3", str(PROGRAMS / "mininet_network.py")]


def compile_bare():
    BUILT.mkdir(parents=True, exist_ok=True)
    program = BUILT / "bare_network"
    subprocess.run(["cc", "-O2", "-o", program, PROGRAMS / "bare_network.c"], check=True)
    return [str(program)]


def bench_network():
    return [str(next((TREE / "build/release").rglob("wandrill_bench_network")))]


def rounds(command, count):
    """Milliseconds of each round, up and down together."""
    found = []
    for _ in range(count):
        # The kernel takes the namespaces of the round before apart, and holds the lock that this one needs.
        time.sleep(SETTLE_S)
        output = subprocess.run([*command, "1"], check=True, capture_output=True, text=True).stdout
        found.append(sum(float(word) for word in output.split()))
    return found


def why_no_mininet():
    if os.geteuid() != 0:
        return "Mininet needs root"
    if importlib.util.find_spec("mininet") is None:
        return "Mininet is not installed (apt-get install mininet)"
    return None


def measure(quick):
    bare_command, ours_command = compile_bare(), bench_network()
    mininet_missing = why_no_mininet()
    bare, ours, mininet = [], [], []
    for _ in range(3 if quick else 10):
        bare += rounds(bare_command, 3)
        ours += rounds(ours_command, 3)
        if not mininet_missing:
            mininet += rounds(MININET, 1)
    middle = percentile(ours, 50)
    lines = [
        Line("network of home_office up and down", middle, "ms", note=spread(ours)),
        Line("… ÷ bare C program", middle / percentile(bare, 50), at_most=3, note="bare: " + spread(bare)),
    ]
    if mininet_missing:
        return lines + [Line("Mininet ÷ wandrill", None, at_least=15, note=mininet_missing)]
    ratio = percentile(mininet, 50) / middle
    return lines + [Line("Mininet ÷ wandrill", ratio, at_least=15, note="Mininet: " + spread(mininet))]
