"""The product as an office runs it: gunicorn with four threads, and people who ask it at once."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import closing, contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.house.source import ROOT

TOKEN = "a" * 32
THREADS = 4


def database_url():
    """The address of the test database for a process that is not ours."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    host = config["HOST"] or "127.0.0.1"
    place = f"/{host}" if host.startswith("/") else f"{host}:{config['PORT'] or 5432}"
    return f"postgres://{config['USER']}@{place}/{config['NAME']}"


@dataclass(frozen=True)
class Node:
    """A web process with its threads; it has a process group of its own."""

    process: subprocess.Popen
    address: tuple[str, int]

    def kill(self):
        """As when the machine loses its power: master and workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def gunicorn(**environment):
    """The address (host, port) of one worker with four threads over the database of the test."""
    with node(**environment) as one:
        wait_for(one.address[1])
        yield one.address


@contextmanager
def node(workers=1, **environment):
    """A `Node` that may still be starting."""
    port = free_port()
    with running(
        *("gunicorn", "thidua.wsgi:application", "--log-level", "error"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", str(workers), "--threads", str(THREADS), "--graceful-timeout", "1"),
        **environment,
    ) as process:
        yield Node(process, ("127.0.0.1", port))


@contextmanager
def running(*module, **environment):
    """A process of the product, `python -m …`, over the database of the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "thidua.settings.test", "DATABASE_URL": database_url()}
        | environment,
        process_group=0,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("gunicorn does not answer")


def cookies_of(user):
    """What the browser of a signed-in person sends."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}"


def asked(address, method, path, cookies, body=b"", **headers):
    """(status, text, seconds) of one request on a line of its own."""
    began = time.monotonic()
    answer, content = answered(address, method, path, cookies, body, **headers)
    return answer.status, content.decode(), time.monotonic() - began


def answered(address, method, path, cookies, body=b"", **headers):
    """The answer and its bytes; OSError or HTTPException where there is no whole one."""
    line = http.client.HTTPConnection(*address, timeout=120)
    with closing(line):
        line.request(method, path, body, {"Cookie": cookies, **headers})
        answer = line.getresponse()
        return answer, answer.read()


def uploaded(address, path, cookies, name, content):
    """The answer to a file in the field `file` of a form."""
    seam = uuid.uuid4().hex
    body = (
        f'--{seam}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
        f'--{seam}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    body += content + f"\r\n--{seam}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={seam}"}
    return asked(address, "POST", path, cookies, body, **kind)
