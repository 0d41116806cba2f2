"""The definitions themselves: every `Indicator` in a module of this folder is one."""
