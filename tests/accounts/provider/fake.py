"""A provider of OpenID Connect on 127.0.0.1, with keys made for the test; it can be made to lie."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "thidua", "khoa-cua-phan-mem"
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})


def unsigned(header, claims):
    """A token with the algorithm «none»."""
    parts = ({**header, "alg": "none"}, claims)
    return ".".join(part64(json.dumps(part).encode()) for part in parts) + "."


def signed_by_secret(header, claims, secret):
    """A token with HS256, as who knows the public key would make it for a careless reader."""
    parts = ({**header, "alg": "HS256"}, claims)
    body = ".".join(part64(json.dumps(part).encode()) for part in parts)
    return f"{body}.{part64(hmac.digest(secret, body.encode(), 'sha256'))}"


def part64(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Fake:
    """What the provider says and whom it signs in; a test changes it before the person comes."""

    subject: str = "a1b2c3"
    more: dict = field(default_factory=dict)
    lies: Callable[[dict], dict] = dict
    signed: Callable[[dict, dict], str] = lambda header, claims: jwt.encode(header, claims, KEY)
    said_issuer: str = ""
    issuer: str = ""
    asked: dict = field(default_factory=dict)
    given: dict = field(default_factory=dict)
    is_refusing: bool = False

    def metadata(self):
        return {
            "issuer": self.said_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/leave",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        }

    def sign_in(self, address):
        """What a browser would do there: the address it is sent back to."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        answer = {"state": self.asked["state"], "code": "mot-lan"}
        if self.is_refusing:
            answer = {"state": self.asked["state"], "error": "access_denied"}
        back = urlsplit(self.asked["redirect_uri"])
        return f"{back.path}?{urlencode(answer)}"

    def token(self, posted, authorization):
        """The answer of the token endpoint; the proof key and our secret are looked at."""
        proof = hashlib.sha256(posted["code_verifier"].encode()).digest()
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_ours = authorization == f"Basic {basic}" and posted["code"] == "mot-lan"
        if not is_ours or part64(proof) != self.asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 300,
            **self.more,
        }
        token = self.signed({"alg": "RS256", "kid": "1"}, self.lies(claims))
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


def handler_of(fake):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            keys = {"keys": [KEY.as_dict(private=False)]}
            self.answer(keys if self.path == "/jwks" else fake.metadata())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            posted = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(fake.token(posted, self.headers.get("Authorization")))

        def answer(self, said):
            content = json.dumps(said).encode()
            self.send_response(400 if "error" in said else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            """Nobody reads it."""

    return Handler


@contextmanager
def running():
    """The provider while a test needs it."""
    fake = Fake()
    server = HTTPServer(("127.0.0.1", 0), handler_of(fake))
    fake.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
