#!/usr/bin/env bash
# The one script. It finds a Python, keeps the environment in .venv in line with the lock files, and hands over to `launch`.
set -euo pipefail
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}" 2>/dev/null || echo "${BASH_SOURCE[0]}")")" && pwd -P)"

usage() {
  cat <<'TEXT'
One hall, one window, one website, one number.

  ./yimen.sh demo [--port N]             the whole platform with the demo hall, on this machine; Ctrl-C stops it, the data stay
  ./yimen.sh demo --check [--keep DIR]   the same on a throw-away database; does the main job as five people, then stops
  ./yimen.sh test [PYTEST ARGUMENTS]     every test, on the embedded PostgreSQL and on Debian's where there is one
  ./yimen.sh check                       format, lint, types, storeys, migrations, rules of the house
  ./yimen.sh fix                         format, and repair what the linter can repair
  ./yimen.sh bench [NAME --json FILE]    the measurements; bare, their names
  ./yimen.sh manage COMMAND …            Django's commands, with the environment of this installation
  ./yimen.sh messages                    bring the words of all languages in line with the code, and compile them
  ./yimen.sh lock                        write the lock files of requirements/ again

DATABASE_URL=postgresql://… uses that PostgreSQL (15 or newer) instead of the embedded one.
TEXT
}

python_of_this_machine() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$name" >/dev/null 2>&1 \
      && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "yimen: Yimen needs Python 3.11 to 3.14, and this machine has $(python3 --version 2>/dev/null || echo none)." >&2
  exit 1
}

# True when the environment holds exactly what the lock says: the stamp is a copy of the lock it was made from.
ready() {
  cmp -s "$root/requirements/$1.lock.txt" "$root/.venv/$1.lock.txt" && "$root/.venv/bin/python" -c '' 2>/dev/null
}

case "${1:-}" in
  "" | help | -h | --help) usage; exit 0 ;;
  demo | manage | messages) needs=base ;;
  test | check | fix | bench | lock) needs=dev ;;
  *) echo "yimen: there is no command \"$1\"; ./yimen.sh prints them all." >&2; exit 2 ;;
esac
if [ "$1" = bench ] && [ $# -eq 1 ]; then needs=base; fi

if ! ready "$needs"; then
  python="$(python_of_this_machine)"
  "$python" -I "$root/launch/environment.py" "$needs" </dev/null >&2
fi
export PYTHONPATH="$root"
exec "$root/.venv/bin/python" -P -m launch "$@"
