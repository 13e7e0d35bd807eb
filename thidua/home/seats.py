"""A person's seats in the words of the top bar."""


def seat_words(user, year):
    """Each seat of today as one line."""
    return []
