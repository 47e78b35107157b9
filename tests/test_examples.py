"""Notebooks in examples/ run as they stand, and say in their text what comes out."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """What a kernel needs: our package, and folders that are not those of the person who tests."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))


def executed(file: Path) -> nbformat.NotebookNode:
    """The notebook after all of its cells have run in its own folder; a cell that fails raises."""
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(notebook, timeout=250, kernel_name="python3", resources={"metadata": {"path": str(file.parent)}}).execute()
    return notebook


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_is_kept_without_what_it_printed(file):
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


def test_the_question_of_prompts_goes_from_study_to_verdict_and_figures(kernel):
    notebook = executed(ROOT / "examples" / "birthday-prompts.ipynb")
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output.data for output in outputs if "data" in output]
    assert sum("image/png" in data for data in shown) == 2
    assert [output.text for output in outputs if output.get("name") == "stdout"] == ["inert\n"]
    table = next(data["text/html"] for data in shown if "text/html" in data)
    assert all(measure in table for measure in ("S_all", "core", "real_hours"))
