"""The settings of a process beside the tests: their database and their files."""

import json
import os

from thidua.settings.test import *  # noqa: F403

_told = json.loads(os.environ["KILLED"])
DATABASES = {"default": _told["DATABASE"]}
MEDIA_ROOT = _told["MEDIA_ROOT"]
