#!/usr/bin/env bash
# A Debian package of the wheel, for the Python that builds it: deploy/debian.sh WHEEL FOLDER
#
# Everything lies in /opt/milestone-tracker, so that nothing of the system's Python is touched.
set -euo pipefail
wheel=$1 out=$2
python=${PYTHON:-/usr/bin/python3}
version=$(basename "$wheel" | cut -d- -f2)
running=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

home=$work/opt/milestone-tracker
"${BUILDER:-$python}" -m pip install --quiet --target "$home" --python-version "$running" \
  --only-binary :all: "$wheel" 'psycopg[binary]' openpyxl pypdf python-docx
rm -rf "$home/bin"
install -d "$work/usr/share/man/man1"
mv "$home"/share/man/man1/tracker*.1 "$work/usr/share/man/man1/"
if [ -d "$home/share/doc/milestone-tracker/site" ]; then
  install -d "$work/usr/share/doc/milestone-tracker"
  mv "$home/share/doc/milestone-tracker/site" "$work/usr/share/doc/milestone-tracker/"
fi
rm -rf "$home/share" # what libraries bring is the system's to have
gzip -9n "$work"/usr/share/man/man1/*.1
install -d "$work/usr/bin" "$work/usr/share/doc/milestone-tracker" "$work/DEBIAN"
cat >"$work/usr/bin/tracker" <<EOF
#!/bin/sh
PYTHONPATH=/opt/milestone-tracker exec /usr/bin/python$running -c 'from tracker.start import start; start()' "\$@"
EOF
chmod 755 "$work/usr/bin/tracker"
cp LICENSE "$work/usr/share/doc/milestone-tracker/copyright"
cat >"$work/DEBIAN/control" <<EOF
Package: milestone-tracker
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: the maintainers of milestone-tracker <nobody@localhost>
Depends: python$running
Section: utils
Priority: optional
Description: keep public promises: what was said, by whom, by when, and what came of it
 A command for the terminal that lists what is overdue, replays any past day,
 and hands everyone else a calendar.
EOF
dpkg-deb --root-owner-group --build "$work" "$out" >/dev/null
echo "$out/milestone-tracker_${version}_$(dpkg --print-architecture).deb"
