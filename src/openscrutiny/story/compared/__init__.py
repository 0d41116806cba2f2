"""Compared with whom: England, region, neighbours and all authorities, of one year."""
