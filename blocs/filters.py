"""The bars above the lists; every search ignores accents, capitals and đ against d."""
