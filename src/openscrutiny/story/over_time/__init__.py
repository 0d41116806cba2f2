"""How a figure moves: its change, its trend, flows, and months still being recorded."""
