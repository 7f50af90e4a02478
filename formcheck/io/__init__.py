"""The edges of the program towards cameras, clips and MediaPipe."""
