#!/usr/bin/env bash
# Writes the two lock files from the .in files: hashes, and no registry host.
set -euo pipefail
cd "$(dirname "$0")"
for name in base dev; do
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$name.in" -o "$name.lock.txt"
done
