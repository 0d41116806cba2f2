"""What the council knows: typed tables, the load journal and lineage."""
