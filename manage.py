#!/usr/bin/env python3
import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from thidua.upkeep.data_folder import missing_data_folder

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.settings.dev")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError:
        if sentence := missing_data_folder():
            sys.exit(sentence)
        raise
