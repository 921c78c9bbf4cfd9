#!/bin/sh
# Installs the programs that the tests use into a folder: install-programs.sh FOLDER.
# Then run the tests with TRACKER_PROGRAMS=FOLDER/bin and, to require them all,
# TRACKER_REQUIRE_PROGRAMS=1. Debian's packages are installed when run as root.
set -eu
folder=${1:?the folder to install into}

# The system's packages first: npm may be among what they bring.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  command -v npm >/dev/null || set -- "$folder" nodejs npm
  shift
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
    evolution-data-server gir1.2-ecal-2.0 gir1.2-edataserver-1.2 gir1.2-ical-3.0 \
    python3-gi python3-venv dbus-x11 chromium fonts-noto-cjk git nginx-light strace systemd openssh-client pgbouncer patroni etcd-server faketime thunderbird \
    "$@" >/dev/null
fi

# Calendar programs and servers; an environment of their own, since they want libraries that we do
# not. What is there already stays.
[ -x "$folder/bin/pip" ] || python3 -m venv "$folder"
"$folder/bin/pip" install --quiet vdirsyncer khal todoman radicale xandikos
npm install --silent --no-save --prefix "$folder" ical.js ical.js-1@npm:ical.js@1 \
  @nextcloud/calendar-js@8 @nextcloud/timezones axe-core
