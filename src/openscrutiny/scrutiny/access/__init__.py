"""How people prove who they are besides a password, and whose rows they see."""
