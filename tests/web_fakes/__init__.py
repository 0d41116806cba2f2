"""An invented authority for the tests of the pages: figures, stories and loads."""
