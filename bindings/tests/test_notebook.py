# SPDX-License-Identifier: Apache-2.0
"""That ci/notebook_test, which plays the shipped notebook, catches what can be wrong with one. No drill is played here."""
import subprocess
import sys

import pytest

for module in ("nbconvert", "ipykernel", "matplotlib"):
    pytest.importorskip(module)
nbformat = pytest.importorskip("nbformat")


def told(tree, folder, sources, outputs=()):
    """What the test says of a notebook with these cells; it must fail."""
    cells = [nbformat.v4.new_code_cell(source, outputs=list(outputs)) for source in sources]
    path = folder / "made_up.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    done = subprocess.run([sys.executable, tree / "ci/notebook_test", path], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_a_cell_that_raises_fails_the_notebook(tree, tmp_path):
    output = told(tree, tmp_path, ["1 + 1", "raise RuntimeError('the router is on fire')"])
    assert "ok    the notebook is kept without outputs" in output
    assert "WRONG every cell ran" in output and "RuntimeError: the router is on fire" in output


def test_a_notebook_that_shows_nothing_or_is_kept_with_outputs_fails(tree, tmp_path):
    # What is looked for stands in its text, and is not shown.
    source = "shown = '<img src=\"data:image/png;base64," + 1000 * "A" + "\"><p><b style=\"\">pass</b><table><th>expected</th><td>'"
    output = told(tree, tmp_path, [source], [nbformat.v4.new_output("stream", text="4")])
    assert "ok    every cell ran" in output
    for what in ("the notebook is kept without outputs", "there is a picture", "there is the table of a verdict"):
        assert "WRONG " + what in output
