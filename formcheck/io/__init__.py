"""The edges towards cameras, clips and MediaPipe: pictures come in here, recordings go out.

It decides nothing about the person. It may import `run` and what is below it, and where to
keep things privately from `store`; only `io.detector` imports mediapipe.
"""
