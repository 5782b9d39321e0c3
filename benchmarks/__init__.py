"""Programs that measure the project; see README.md in this folder."""
