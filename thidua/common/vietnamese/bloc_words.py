"""Sentences written for a khối, said in the word of the bloc that they are about."""

import re

# «khối, cụm» is said of all blocs, «khối lượng» is another word; a name says what it says.
OF_ONE_BLOC = re.compile(r"\b(?<!cụm, )([Kk])hối\b(?!,? cụm| lượng| thi đua)")


def in_words_of(word: str, text: str) -> str:
    """The text with «cụm trưởng» where it says «khối trưởng» and `word` is «cụm».

    For texts of our own alone: what people typed, names of units too, is never changed.
    """
    if word == "khối":
        return text
    return OF_ONE_BLOC.sub(lambda found: word.capitalize() if found[1] == "K" else word, str(text))
