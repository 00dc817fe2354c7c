#!/bin/sh
# What the tests need of the system: Chromium (the screens), Java with Maven (Neo4j), Pango (PDF).
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v javac >/dev/null 2>&1 || missing="$missing openjdk-17-jdk-headless"
command -v mvn >/dev/null 2>&1 || missing="$missing maven"
libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
for each in libpango-1.0:libpango-1.0-0 libpangoft2-1.0:libpangoft2-1.0-0 \
  libharfbuzz-subset:libharfbuzz-subset0; do
  case "$libraries" in *"${each%%:*}"*) ;; *) missing="$missing ${each#*:}" ;; esac
done
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing$missing ..."
  apt-get update -qq
  # shellcheck disable=SC2086 -- one word per package
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  exit 0
fi
echo "The tests need:$missing. On Debian, as root: apt-get install$missing" >&2
exit 1
