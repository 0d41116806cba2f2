"""Published statistics: explore education statistics, LAIT, neighbours, population."""
