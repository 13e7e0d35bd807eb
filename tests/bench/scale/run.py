"""`./run bench --scale`: the demo and whole provinces on a PostgreSQL of its own, page by page."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.scale.compare import LIMIT, compared, rows, unseen
from tests.postgres import connect, server_programs, temporary_folder, throw_away_cluster

FILL = """
import django; django.setup()
from thidua.demo.scale.shape import shape_of
from thidua.demo.scale.write import write_scale
write_scale(shape_of(provinces={provinces}, years={years}, with_communes={communes}), print)
"""
SHOWN, ROUNDS = 40, 4


def main(arguments: list[str]) -> int:
    asked = read(arguments)
    folder = temporary_folder()
    # The server belongs to another account where root measures: it must reach its folder.
    server = throw_away_cluster(folder / "pg", server_programs())
    demo, scale = (f"{server.rpartition('/')[0]}/{name}" for name in ("demo", "scale"))
    prepare(demo, scale, asked)
    told = measured(demo, scale, asked.roles)
    lines = compared(*told)
    over = [line for line in lines if line.is_over]
    closed = unseen(*told, lines)
    write_report(asked, lines, closed, told[1])
    say(*rows(lines)[: SHOWN + 1])
    say(f"{len(lines)} trang × vai, {len(over)} vượt {LIMIT:g} lần; không mở được trong cả hai:")
    say(", ".join(closed) or "không có")
    return 1 if over else 0


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench --scale")
    parser.add_argument("--provinces", type=int, default=1)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--with-communes", action="store_true")
    parser.add_argument("--roles", nargs="*", default=[])
    parser.add_argument("--report", type=Path, default=Path("var/bench-scale.md"))
    return parser.parse_args(arguments)


def prepare(demo: str, scale: str, asked: argparse.Namespace) -> None:
    """The demo, and a copy of it with provinces added."""
    database("CREATE DATABASE demo", demo)
    manage(demo, "-m", "django", "migrate", "--verbosity=0")
    manage(demo, "-m", "django", "demo")
    database("CREATE DATABASE scale TEMPLATE demo", demo)
    communes = asked.with_communes
    manage(
        scale, "-c", FILL.format(provinces=asked.provinces, years=asked.years, communes=communes)
    )
    for url in (demo, scale):
        manage(url, "-c", "import django; django.setup()\n" + ANALYZE)


ANALYZE = "from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')"


def database(statement: str, url: str) -> None:
    connection = connect(url)
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def manage(url: str, *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], env=environment(url), check=True)


def environment(url: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "thidua.settings.test"}


def measured(demo: str, scale: str, roles: list[str]) -> tuple[dict, dict]:
    """What every page costs in both, asked in turns; the least of the rounds counts."""
    with Desk(demo, roles) as one, Desk(scale, roles) as other:
        desks = (one, other)
        for key in one.keys:
            if key in other.keys and all(desk.opens(key) for desk in desks):
                for _ in range(ROUNDS):
                    for desk in desks:
                        desk.measure(key)
    return one.told, other.told


class Desk:
    """One process of `measure.py` over one database."""

    def __init__(self, url: str, roles: list[str]):
        command = [sys.executable, "-m", "tests.bench.scale.measure", *roles]
        env, pipe = environment(url), subprocess.PIPE
        self.process = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True)
        self.keys = [tuple(key) for key in self.heard()]
        self.costs: dict = {}
        self.plans: list = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.plans = self.heard()
        self.process.wait()

    def heard(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("Tiến trình đo đã dừng.")
        return json.loads(line)

    def ask(self, key):
        self.process.stdin.write(json.dumps(key) + "\n")
        self.process.stdin.flush()
        return self.heard()

    def opens(self, key) -> bool:
        """Whether the page opens for this person; what is read once for a process is read then."""
        return self.ask(key) is not None

    def measure(self, key) -> None:
        now, least = self.ask(key), self.costs.get(key)
        self.costs[key] = {name: min(least[name], now[name]) for name in now} if least else now

    @property
    def told(self) -> dict:
        rows = [
            {"page": page, "role": role, "about": about} | cost
            for (page, role, about), cost in self.costs.items()
        ]
        closed = {key[0] for key in self.keys} - {row["page"] for row in rows}
        return {"costs": rows, "closed": sorted(closed), "plans": self.plans}


def write_report(asked, lines, closed, scale) -> None:
    """The whole table with the plans of the slowest statements."""
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    plans = [
        f"### {1000 * plan['seconds']:.0f} ms\n\n```sql\n{plan['sql']}\n```\n\n"
        f"```\n{plan['plan']}\n```"
        for plan in scale["plans"]
    ]
    size = f"{asked.provinces} tỉnh × {asked.years} năm" + " có xã" * asked.with_communes
    parts = [f"# Dữ liệu mẫu → {size}", "", *rows(lines), "", "## Không mở được", "", *closed]
    text = "\n".join([*parts, "", "## Truy vấn chậm nhất", "", *plans]) + "\n"
    asked.report.write_text(text, encoding="utf-8")


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
