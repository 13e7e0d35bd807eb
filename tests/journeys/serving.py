"""The product as an office runs it: gunicorn with four threads, and people who ask it at once."""

import http.client
import os
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager

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


@contextmanager
def gunicorn(**environment):
    """The address (host, port) of one worker with four threads over the database of the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "thidua.wsgi:application", "--log-level", "error"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--workers", "1", "--threads", str(THREADS), "--graceful-timeout", "1"),
        ],
        cwd=ROOT,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "thidua.settings.test", "DATABASE_URL": database_url()}
        | environment,
    )
    try:
        wait_for(port)
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.wait()


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
    line = http.client.HTTPConnection(*address, timeout=120)
    began = time.monotonic()
    line.request(method, path, body, {"Cookie": cookies, **headers})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text, time.monotonic() - began


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
