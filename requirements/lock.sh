#!/usr/bin/env bash
# Writes the lock files from the .in files: hashes, and no registry host. What is in base has the same version in dev.
set -euo pipefail
cd "$(dirname "$0")"
lock() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"
}
lock uv.in -o uv.lock.txt
lock dev.in -o dev.lock.txt
lock base.in -c dev.lock.txt -o base.lock.txt
if grep -nE 'https?://|file://' ./*.lock.txt; then
  echo "A lock file names a registry host." >&2
  exit 1
fi
