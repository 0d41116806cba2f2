"""The steps by which the committee's database grew, in order."""
