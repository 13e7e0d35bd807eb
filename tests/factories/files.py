"""Small files that are what they claim to be."""

import io
import zipfile


def pdf(text="1"):
    body = f"%PDF-1.7\n% {text}\n1 0 obj <</Type /Catalog>> endobj\n"
    return f"{body}trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n".encode()


def jpg():
    frame, scan = b"\xff\xc0" + bytes(15), b"\xff\xda" + bytes(10)
    return b"\xff\xd8\xff\xe0" + bytes(60) + frame + scan + b"\xff\xd9"


def png():
    head = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + bytes(17)
    return head + b"\x00\x00\x00\x01IDAT\x00" + bytes(4) + b"\x00\x00\x00\x00IEND\xaeB`\x82"


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
