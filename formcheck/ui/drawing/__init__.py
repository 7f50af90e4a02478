"""What every picture is drawn with: colours, shapes, words and the places for them."""
