"""Remakes clips: `python -m samples.render NAME [NAME...]`, or `--all`."""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from samples.render.clip import FOLDER, Clip, clip_names, open_clip
from samples.render.labels.truth import document, written


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m samples.render", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*clip_names(), []])
    parser.add_argument("--all", action="store_true", help="every clip that has a script")
    parser.add_argument("--truth", action="store_true", help="only the truth files, in seconds")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where to put them")
    options = parser.parse_args(arguments)
    names = clip_names() if options.all else options.names
    if not names:
        parser.error("name a clip, or --all")
    for name in names:
        began = time.monotonic()
        clip = open_clip(name)
        truth = options.out / f"{name}.truth.json"
        truth.write_text(written(document(clip)), encoding="utf-8")
        if not options.truth:
            film(clip, options.out / f"{name}.mp4")
        print(f"{name}: {len(clip.times())} frames, {time.monotonic() - began:.0f} s", flush=True)
    return 0


def film(clip: Clip, path: Path) -> None:
    """Paint every frame and write an H.264 clip."""
    width, height = clip.script.camera.size
    encoder = subprocess.Popen(
        [
            *("ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"),
            *("-s", f"{width}x{height}", "-r", str(clip.script.fps), "-i", "-"),
            *_timing(clip),
            *("-c:v", "libx264", "-preset", "slow", "-crf", str(clip.script.crf)),
            *("-pix_fmt", "yuv420p", "-threads", "1", "-bitexact", "-movflags", "+faststart"),
            str(path),
        ],
        stdin=subprocess.PIPE,
    )
    assert encoder.stdin is not None
    with encoder.stdin as pipe:
        for picture in pictures(clip):
            pipe.write(picture)
    if encoder.wait() != 0:
        raise RuntimeError(f"ffmpeg could not write {path}")


def pictures(clip: Clip) -> Iterator[bytes]:
    """Yield each frame's pixels, as RGB."""
    from samples.render.image.body import pose_at  # numba is needed from here on
    from samples.render.image.picture import Painter, Person
    from samples.render.script import Look

    script, times = clip.script, clip.times()
    painter = Painter(
        script.camera,
        clip.ahead,
        script.room,
        script.light,
        pads=clip.pads(),
        detail=script.detail,
    )
    figure, passing = clip.figure(times), clip.passer(times)
    stranger = Look(top=(0.30, 0.30, 0.12), trousers=(0.10, 0.12, 0.22), hair_style="bald")
    for index in range(len(times)):
        people = [Person(pose_at(figure, index), script.look)]
        if passing is not None and passing[1][index]:
            people.append(Person(pose_at(passing[0], index), stranger))
        yield painter.paint(people).tobytes()


def _timing(clip: Clip) -> tuple[str, ...]:
    """Return what makes ffmpeg keep uneven frame times, in milliseconds."""
    if clip.script.uneven == 0:
        return ()
    when = _lookup([round(time_s * 1000) for time_s in clip.times()], 0)
    return (
        *("-vf", f"settb=1/1000,setpts='{when}'", "-fps_mode", "passthrough"),
        *("-enc_time_base", "1:1000", "-video_track_timescale", "1000"),
    )


def _lookup(values: list[int], first: int) -> str:
    """Return an expression of the frame's number N; halved again and again, so never deep."""
    if len(values) == 1:
        return str(values[0])
    half = len(values) // 2
    low, high = _lookup(values[:half], first), _lookup(values[half:], first + half)
    return f"if(lt(N,{first + half}),{low},{high})"


if __name__ == "__main__":
    sys.exit(main())
