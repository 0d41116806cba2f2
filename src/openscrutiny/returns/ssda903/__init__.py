"""SSDA903, the return on children looked after."""
