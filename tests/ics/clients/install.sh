#!/bin/sh
# Installs the calendar programs that the tests subscribe with into a folder: install.sh FOLDER.
# Then run the tests with TRACKER_CLIENTS=FOLDER/bin and, to require them all,
# TRACKER_REQUIRE_CLIENTS=1. Debian's packages are installed when run as root.
set -eu
folder=${1:?the folder to install into}

python3 -m venv "$folder"
"$folder/bin/pip" install --quiet vdirsyncer khal todoman
npm install --silent --no-save --prefix "$folder" ical.js

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
    evolution-data-server gir1.2-ecal-2.0 gir1.2-edataserver-1.2 gir1.2-ical-3.0 \
    python3-gi dbus-x11 >/dev/null
fi
