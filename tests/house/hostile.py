"""What no person means and somebody sends: values that once stopped a program somewhere."""

LONG = "Kết quả thực hiện nhiệm vụ " * 2_000
HUGE = "9" * 400
VALUES = (
    "a\x00b",
    "\x00",
    "\x0b\x1b[31m\x7f",
    "\u202e\u202d\ufeff\u200b",
    "\U0010ffff\U0001f9ff",
    "e\u0301" * 300,
    LONG,
    HUGE,
    f"-{HUGE}",
    f"0,{HUGE}",
    "1e999",
    "-1e-999",
    "NaN",
    "Infinity",
    "-0",
    "٣٤",
    "1_000",
    "0x1f",
    "9223372036854775808",
    "-9223372036854775809",
    "1.000.000,00000000001",
    "31/02/2026",
    "00/00/0000",
    "01/01/0001",
    "31/12/9999",
    "25:61",
    "true",
    "None",
    "[]",
    '{"a": [[[[]]]]}',
    "{" * 3_000,
    "../../../../etc/passwd",
    "' OR 1=1 --",
    "%s%n{0}{{ x }}{% x %}",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "",
    " \t\r\n ",
)


def hostile_posts(names, shown, count, rand):
    """So many posts of a form: what the page shows, with up to four of its fields forged.

    A field may be left out, come twice, or hold one of `VALUES`; every post differs.
    """
    for turn in range(count):
        posted = {name: list(values) for name, values in shown.items()}
        for name in rand.sample(names, k=min(len(names), 1 + turn % 4)):
            way = rand.random()
            if way < 0.1:
                posted.pop(name, None)
            elif way < 0.25:
                posted[name] = [rand.choice(VALUES), rand.choice(VALUES)]
            else:
                posted[name] = [rand.choice(VALUES)]
        yield posted
