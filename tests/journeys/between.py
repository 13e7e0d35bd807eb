"""What an office puts between browsers, web machines and the database: nginx, pgbouncer."""

import os
import re
import subprocess
from contextlib import contextmanager

from django.db import connection

from tests.house.source import ROOT
from tests.journeys.serving import free_port, wait_for

SAMPLE = (ROOT / "deploy/nginx.conf").read_text()
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
IS_ROOT = os.geteuid() == 0


@contextmanager
def started(port, *command):
    """A program of the system, in front, until it listens."""
    path = {"PATH": f"{os.environ['PATH']}:/usr/sbin"}
    process = subprocess.Popen(command, env=os.environ | path)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def nginx_before(addresses, place):
    """The address of nginx with the sample of `deploy/`, without its certificate."""
    port, folder = free_port(), place / "nginx"
    folder.mkdir()
    servers = "".join(f"server {host}:{at} max_fails=1 fail_timeout=5s;" for host, at in addresses)
    site = SAMPLE[: SAMPLE.index("server {")] + SAMPLE[SAMPLE.rindex("server {") :]
    site, upstreams = re.subn(r"(?<=upstream thidua \{)[^}]*", servers, site)
    site, listens = re.subn("listen 443 ssl;", f"listen 127.0.0.1:{port};", site)
    assert (upstreams, listens) == (1, 1)
    places = " ".join(f"{kind}_temp_path {folder};" for kind in TEMPORARY)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"{'user root;' if IS_ROOT else ''} events {{ worker_connections 512; }}\n"
        f"http {{ access_log off; {places}\n{re.sub('ssl_[^;]*;', '', site)} }}\n"
    )
    log, conf = folder / "error.log", folder / "nginx.conf"
    with started(port, "nginx", "-p", folder, "-e", log, "-c", conf):
        yield "127.0.0.1", port


@contextmanager
def pooled_database(place):
    """The address of the test database behind pgbouncer: a line is one's own for a transaction."""
    port, config, folder = free_port(), connection.settings_dict, place / "pgbouncer"
    folder.mkdir()
    parts = {"host": config["HOST"] or "127.0.0.1", "port": config["PORT"] or 5432}
    parts |= {"dbname": config["NAME"], "user": config["USER"]}
    told = " ".join(f"{name}={value}" for name, value in parts.items())
    ini = folder / "pgbouncer.ini"
    ini.write_text(
        f"[databases]\n{config['NAME']} = {told}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n"
        f"default_pool_size = 6\nmax_client_conn = 200\n"
    )
    for path in (place, folder, ini):
        path.chmod(0o755)
    with started(port, "pgbouncer", "-q", *(("-u", "postgres") if IS_ROOT else ()), ini):
        yield (
            f"postgres://{config['USER']}@127.0.0.1:{port}/{config['NAME']}"
            "?DISABLE_SERVER_SIDE_CURSORS=True"
        )
