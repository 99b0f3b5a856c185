# SPDX-License-Identifier: Apache-2.0
"""Which processes a run consists of."""
import contextlib
import os
import pathlib


def children_of(pid):
    with contextlib.suppress(OSError):
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def thread_of(pid, name):
    """The thread of that name; the process itself if there is none."""
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            if pathlib.Path(f"/proc/{pid}/task/{thread}/comm").read_text().strip() == name:
                return int(thread)
    return pid


def part_of_run(part, parent):
    """The process or thread of a run's part, by its parent's; while there is none, that of what starts it."""
    keeper = next(iter(children_of(parent)), parent)
    cell = next(iter(children_of(keeper)), keeper)
    daemon = next(iter(children_of(cell)), cell)
    return {"parent": parent, "keeper": keeper, "cell": cell, "daemon": daemon, "relay": thread_of(cell, "relay")}[part]
