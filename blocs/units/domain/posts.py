"""The post of who leads a unit, said together with the unit's name, as papers and minutes do."""

SHORT = "ubnd"
LONG = ("ủy", "ban", "nhân", "dân")


def leader_post(title: str, name: str) -> str:
    """«Trưởng ban» of «Ban Quản lý dự án» is «Trưởng Ban Quản lý dự án»: no word is said twice.

    What the title ends with and the name begins with is one thing («Chủ tịch UBND xã», «UBND xã
    Tân An»); it keeps the spelling of the name. «UBND» and «Ủy ban nhân dân» are the same words.
    """
    said = title.split()
    ends = [spelt(said[start:]) for start in range(len(said))]
    for start, end in enumerate(ends):
        if spelt(name.split())[: len(end)] == end:
            return " ".join((*said[:start], name))
    return " ".join((*said, name))


def spelt(words: list[str]) -> list[str]:
    """The words in small letters, «UBND» written out, «uỷ» spelt as «ủy»."""
    small = (word.casefold().replace("uỷ", "ủy") for word in words)
    return [part for word in small for part in (LONG if word == SHORT else (word,))]
