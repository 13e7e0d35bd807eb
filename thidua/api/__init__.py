"""A way in for other systems: the same facts as the pages, by the same rights, to be read alone."""
