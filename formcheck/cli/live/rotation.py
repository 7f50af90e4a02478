"""By how much a camera's picture is turned, remembered for that camera."""

import click

from formcheck.io.source import camera_name, is_camera
from formcheck.store import Store, StoreError


def rotation_of(source: str, wished_deg: int | None, store: Store) -> int:
    """Return by how many degrees clockwise to turn the pictures of this source.

    What is wished of a camera is kept for the next time; 0 forgets it. A clip has none of its own.
    """
    if not is_camera(source):
        return wished_deg or 0
    name = f"rotate/{camera_name(source)}"
    kept = store.settings.get(name)
    if wished_deg is None:
        return int(kept or 0)
    if wished_deg != (kept or 0):
        try:
            store.settings.set(name, wished_deg or None)
        except StoreError as error:
            click.echo(f"formcheck: this turn is not remembered: {error}", err=True)
    return wished_deg
