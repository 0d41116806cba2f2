"""What the service says of its figures, who signed it, and for which meeting."""
