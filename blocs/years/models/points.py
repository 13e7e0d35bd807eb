"""The column in which every figure and every point is stored."""

POINTS = {"max_digits": 12, "decimal_places": 4}
