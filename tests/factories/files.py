"""Small files that are what they claim to be."""

import io
import zipfile


def pdf(text="1"):
    return f"%PDF-1.7\n% {text}\ntrailer <</Root 1 0 R>>\n%%EOF\n".encode()


def jpg():
    return b"\xff\xd8\xff\xe0" + bytes(60) + b"\xff\xd9"


def png():
    head = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + bytes(17)
    return head + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def office(parts):
    """A zip archive of the given parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx():
    return office({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


def xlsx(more=None):
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}
    return office(parts | (more or {}))
