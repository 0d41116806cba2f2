"""In-year peers: one quarter of ours among those that councils exchange."""
