"""PDFs that do something when they are opened: they are downloaded, never shown in our pages.

Read in one pass and with a bounded cost, never by a parser that a file could keep busy: outside of
streams as it stands, and inside of the compressed streams that hold objects. What cannot be looked
into (encryption, another compression) counts as active.
"""

import re
import zlib
from collections.abc import Iterator

PDF = "application/pdf"
# Most that is unpacked of one file; a real one holds far less in its object streams.
MOST_UNPACKED = 64 * 1024 * 1024
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|AA|SubmitForm|ImportData|GoToE|Encrypt)"
    rb"(?![A-Za-z0-9])"
)
# Where the reader stands when the file opens is no act; whatever else opens with it is.
OPENING = re.compile(rb"/OpenAction(?!\s*\[)(?!\s*<<\s*/(S\s*/GoTo|D\s*\[))(?![A-Za-z0-9])")


class OpaqueError(Exception):
    """Objects that this reader cannot unpack."""


def is_active_pdf(content_type: str, content: bytes) -> bool:
    """Whether a file is a PDF with scripts, launches, forms that send, or files inside it."""
    if content_type != PDF:
        return False
    try:
        texts = [HEX.sub(plain_byte, text) for text in objects_of(content)]
    except OpaqueError:
        return True
    return any(ACTIVE.search(text) or OPENING.search(text) for text in texts)


def plain_byte(found: re.Match[bytes]) -> bytes:
    """«#61» in a name is the letter a."""
    return bytes.fromhex(found[1].decode())


def objects_of(content: bytes) -> Iterator[bytes]:
    """What stands outside of streams, and what the streams of objects hold."""
    start, room = 0, MOST_UNPACKED
    for found in STREAM.finditer(content):
        if found.start() < start:
            continue
        end = content.find(b"endstream", found.end())
        if end < 0:
            break
        outside = content[start : found.start()]
        yield outside
        told = HEX.sub(plain_byte, outside[outside.rfind(b"obj") :])
        if b"/ObjStm" in told:
            unpacked = unpack(told, content[found.end() : end], room)
            room -= len(unpacked)
            yield unpacked
        start = end
    yield content[start:]


def unpack(told: bytes, packed: bytes, room: int) -> bytes:
    """A stream of objects, which its dictionary says to be plain or deflated."""
    if b"/Filter" not in told:
        return packed
    if b"/FlateDecode" not in told or b"Decode" in told.replace(b"/FlateDecode", b"", 1):
        raise OpaqueError
    reader = zlib.decompressobj()
    try:
        unpacked = reader.decompress(packed, max(1, room))
    except zlib.error as error:
        raise OpaqueError from error
    if reader.unconsumed_tail:
        raise OpaqueError
    return unpacked
