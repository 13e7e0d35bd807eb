"""Tokens, and programs that show them."""

import datetime as dt

from django.test import Client

from thidua.api.enums import Scope
from thidua.api.models import SHOWN, ApiToken, digest_of, new_secret


def token_of(person, *scopes, **facts):
    """(token, secret) of the person, for these scopes or for all."""
    secret = new_secret()
    made = {
        "name": "Kho dữ liệu",
        "scopes": list(scopes or Scope.values),
        "session_round": person.session_round,
        "expires_on": dt.date(2099, 12, 31),
        "prefix": secret[:SHOWN],
        "digest": digest_of(secret),
    } | facts
    return ApiToken.objects.create(person=person, **made), secret


class Program(Client):
    """What asks with a token and has no session."""

    def __init__(self, secret, **defaults):
        super().__init__(headers={"authorization": f"Bearer {secret}"}, **defaults)

    def read(self, path, **query):
        """(status, what the answer says)."""
        answer = self.get(f"/api/v1{path}", query)
        return answer.status_code, answer.json()

    def everything(self, path, **query):
        """All items of a list, page after page."""
        found, where = [], f"/api/v1{path}"
        answer = self.get(where, query).json()
        while True:
            found += answer["items"]
            if answer["next"] is None:
                return found
            answer = self.get(answer["next"]).json()


def program_of(person, *scopes):
    return Program(token_of(person, *scopes)[1])
