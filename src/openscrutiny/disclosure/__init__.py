"""What each audience may see, until hiding is proved by an attacker."""
