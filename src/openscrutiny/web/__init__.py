"""Pages: they read figures and lay out stories; they never touch a return."""
