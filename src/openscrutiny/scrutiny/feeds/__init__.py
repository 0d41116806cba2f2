"""Keys by which a reader’s own tools fetch the figures that the reader may see."""
