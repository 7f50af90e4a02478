"""The notebook of the docs runs from the first cell to the last, and draws what it says."""

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.shared import CHECKOUT

NOTEBOOK = CHECKOUT / "docs" / "angles.ipynb"

pytestmark = [pytest.mark.long, pytest.mark.mediapipe]


def executed(notebook: Path) -> list[dict[str, Any]]:
    """Run a notebook in its own folder; return what its code gave out."""
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    book = nbformat.read(notebook, as_version=4)
    nbclient.NotebookClient(
        book, timeout=120, resources={"metadata": {"path": str(notebook.parent)}}
    ).execute()
    return [dict(each) for cell in book.cells if cell.cell_type == "code" for each in cell.outputs]


def test_the_notebook_draws_a_clips_angles_against_their_bands() -> None:
    given_out = executed(NOTEBOOK)

    said = "".join(each["text"] for each in given_out if each.get("name") == "stdout")
    assert "held" in said
    assert "trunk_forward" in said
    (drawn,) = (
        data["image/png"] for each in given_out if "image/png" in (data := each.get("data", {}))
    )
    assert len(base64.b64decode(drawn)) > 10_000


def test_the_notebook_is_kept_without_what_it_gave_out() -> None:
    nbformat = pytest.importorskip("nbformat")
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
