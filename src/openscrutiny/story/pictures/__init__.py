"""What each picture shows: from series to charts, each with its table of the same rows."""
