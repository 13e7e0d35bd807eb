"""The left menu: entries one may not use are absent."""


def menu_for(request, year):
    """Groups of the menu as plain dictionaries."""
    return []
