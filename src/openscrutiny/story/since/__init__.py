"""What changed since the last paper."""
