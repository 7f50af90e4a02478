"""Renders a person with exactly known joints, and writes what is true of every frame.

`python -m samples.render NAME` remakes `samples/NAME.mp4` and `samples/NAME.truth.json` from
`samples/NAME.toml`. The truth needs numpy alone; the picture needs numba, OpenCV and ffmpeg.

Lengths are in metres, angles in degrees, times in seconds. The body's own frame has x forward,
y up and z to the person's right, with the floor at y = 0. The world has x to the picture's right,
y up and z towards the camera.
"""
