"""Against the target: the tag, for how long, what was promised, and the outlook."""
