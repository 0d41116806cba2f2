"""What one audience sees of one snapshot, told: live for pages, frozen for papers."""
