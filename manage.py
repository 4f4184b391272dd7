"""Django's own entrance; `./yimen.sh manage …` comes through here with the environment of the installation."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.settings.demo")
    execute_from_command_line(sys.argv)
