"""Every published measure: where the authority is placed, and one measure by itself."""
