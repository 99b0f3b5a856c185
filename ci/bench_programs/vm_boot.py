# SPDX-License-Identifier: Apache-2.0
"""From the start of `wandrill run --vm` to the first packet of traffic in the guest."""
import json
import os
import shutil
import subprocess
import tempfile
import time

from drill import RELEASE, TREE
from report import Line, percentile, spread

NAME = "--vm: from its start to the first packet"


def seconds_to_first_packet():
    """Traffic starts with the stage after the bring-up."""
    out = tempfile.mkdtemp(prefix="wandrill-bench-")
    begin = time.monotonic()
    run = subprocess.Popen([RELEASE, "run", "scenarios/failback.yaml", "--vm", "--json", "--out", out],
                           cwd=TREE, stdout=subprocess.PIPE, text=True)
    try:
        for line in run.stdout:
            if json.loads(line).get("stage") == "steady_before":
                return time.monotonic() - begin
        raise RuntimeError("the run ended before its traffic began")
    finally:
        run.terminate()
        run.communicate()
        shutil.rmtree(out, ignore_errors=True)


def measure(quick):
    guest = os.environ.get("WANDRILL_GUEST", TREE / "guest")
    if not shutil.which("qemu-system-x86_64") or not os.path.exists(f"{guest}/complete"):
        return [Line(NAME, None, note="needs qemu-system-x86 and guest/, see ci/guest_kernel")]
    # The first boot finds out whether KVM works, and is not counted.
    seconds_to_first_packet()
    times = [seconds_to_first_packet() for _ in range(2 if quick else 6)]
    return [Line(NAME, percentile(times, 50), "s", at_most=10, note=spread(times, "s"))]
