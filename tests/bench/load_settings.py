"""The server under load: an office of one machine, and the bare view that ours is compared with."""

import warnings

from tests.journeys.node_settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.cells"
# Nothing is collected for a run.
warnings.filterwarnings("ignore", "No directory at")
