# SPDX-License-Identifier: Apache-2.0
"""What the wire engine adds to a delay of 10 ms, and how much it carries."""
import json
import subprocess

from drill import TREE
from report import Line


def measure(_quick):
    program = sorted((TREE / "build/release").rglob("bench_wire"))[0]
    numbers = json.loads(subprocess.run([program], check=True, capture_output=True, text=True).stdout)
    error = numbers["delay_error_ms"]
    note = f"p50 {error['p50']}, max {error['max']} ms, {error['packets']} packets"
    lines = [Line("wire: error of a delay of 10 ms, p99", error["p99"], "ms", at_most=0.3, note=note)]
    for name, text in (("tcp", "one TCP stream, no delay"), ("tcp_10ms", "one TCP stream at 10 ms"),
                       ("udp", "UDP, no delay"), ("udp_10ms", "UDP at 10 ms")):
        rate = numbers[name]
        note = f"relay uses {rate['relay_cpu'] * 100:.0f} % of a CPU, it dropped {rate['harness_dropped']}"
        lines.append(Line(f"wire: {text}", rate["mbit_per_s"], "Mbit/s", at_least=800, note=note))
    return lines
