"""Keeping a workspace: backups that are verified, restoring one, retiring snapshots."""
