"""The log book as a whole: its lines, the chain that proves them, the archive of old ones."""
