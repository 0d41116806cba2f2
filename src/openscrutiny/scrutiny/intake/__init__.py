"""Data in through the browser: files given, loaded beside the request, taken back, built."""
