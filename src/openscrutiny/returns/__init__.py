"""One module per return: how to recognise a file, read it, and what its rows mean."""
