"""Where the body is in a picture: landmarks, the view of it, and angles by named roles.

It decides which way the person faces, which leg is which and what each measurement is; no pose is
known here. It imports nothing of formcheck's.
"""
