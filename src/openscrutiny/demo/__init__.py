"""The synthetic borough and its invented nation."""
