"""Publishing: what one audience is shown at one meeting, frozen for good."""
