"""All papers of a bloc year that a person may open, as one file."""
