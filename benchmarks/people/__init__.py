"""Photos and clips of real people, labelled by eye, held against what formcheck says of them."""
