"""Cut Tinos (Debian package fonts-croscore) to the letters of our papers and rename it.

Run once by hand: ``python tools/paper_fonts.py``. WeasyPrint prints garbage from web-font
subsets that share one family, so each style is one complete file.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/truetype/croscore")
TARGET = Path("static/fonts/paper")
FAMILY = "Paper Serif"
STYLES = {
    "Regular": "Regular",
    "Bold": "Bold",
    "Italic": "Italic",
    "BoldItalic": "Bold Italic",
}
LETTERS = (
    (0x20, 0x24F),  # Latin, Latin-1, Extended-A and -B
    (0x2B0, 0x36F),  # spacing and combining marks
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # raised and lowered figures
    (0x20A0, 0x20BF),  # money: dong, euro
    (0x2100, 0x214F),  # number signs
    (0x2190, 0x2195),  # arrows
    (0x2200, 0x22FF),  # mathematical signs
    (0x25A0, 0x25FF),  # boxes
)


def cut(font: TTFont) -> None:
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True)
    options.name_IDs = ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
    cutter.subset(font)


def rename(font: TTFont, style: str) -> None:
    post_script = f"{FAMILY}-{style}".replace(" ", "")
    names = {1: FAMILY, 2: style, 3: f"{post_script};1.33", 4: f"{FAMILY} {style}", 6: post_script}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID in (7, 16, 17, 18, 21, 22):
            font["name"].removeNames(nameID=record.nameID)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for suffix, style in STYLES.items():
        font = TTFont(SOURCE / f"Tinos-{suffix}.ttf", recalcTimestamp=False)
        cut(font)
        rename(font, style)
        font.save(TARGET / f"PaperSerif-{suffix}.ttf")


if __name__ == "__main__":
    main()
