"""Where the camera stands, and what that does to the count.

    python -m benchmarks.placements [--remake [WORDS]] [--picture FILE.png] [--all]

A rendered person stands, kneels down and holds the kneeling stretch for 4.8 s before a camera at
each place of a grid, nearer, farther, rolled, wider, and at other bodies; some lift the knee, some
are turned too far. Printed are the seconds counted, what was said for longest in their place, the
rear hip's error, and each placement that falls short of what is promised; `--all` prints every one.

Before 50 more cameras, at random, somebody stands: what is learnt of each is held against what is
true.

The landmarks are saved (`landmarks.npz`, `standing.npz`), so that this takes a minute. `--remake`
paints clips and runs MediaPipe over them again (half a minute a clip, needs numba): all of them, or
those that have all WORDS in their name.
"""

import argparse
from pathlib import Path

from rich.console import Console

from benchmarks.placements.drawing import draw
from benchmarks.placements.grid import Placement, placements
from benchmarks.placements.judging import judged
from benchmarks.placements.report import print_report
from benchmarks.placements.saved import load, save
from benchmarks.placements.standing import FILE, NUMBERS, Standing, standing


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--remake", nargs="*", metavar="WORD", help="paint and detect again")
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="draw the grid")
    parser.add_argument("--all", action="store_true", help="a line for every placement")
    options = parser.parse_args()
    tracks, standing_tracks = load(), load(FILE)
    if options.remake is not None:
        from benchmarks.placements.remake import remade

        every: list[Placement | Standing] = [*placements().values(), *map(standing, NUMBERS)]
        wanted = [each for each in every if all(word in each.name for word in options.remake)]
        for number, (clip, track) in enumerate(remade(wanted, processes=2), start=1):
            (standing_tracks if isinstance(clip, Standing) else tracks)[clip.name] = track
            print(f"{number} of {len(wanted)}: {clip.name}", flush=True)
        save({name: tracks[name] for name in placements() if name in tracks})
        save(standing_tracks, FILE)
    results = list(judged(tracks))
    print_report(Console(width=120), results, every=options.all)
    if options.picture:
        draw(results, options.picture)


if __name__ == "__main__":
    main()
