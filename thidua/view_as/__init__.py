"""«Xem như»: the office looks at the product as a person of a unit does, and does nothing."""
