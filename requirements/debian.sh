#!/bin/sh
# Install the named Debian packages where that is possible; otherwise say what is missing. Never asks, never fails.
set -u
missing=""
if command -v dpkg-query >/dev/null; then
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086  # a list of words
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } </dev/null >/dev/null && exit 0
fi
echo "Missing system packages:$missing. The pages and tests that need them will say so." >&2
