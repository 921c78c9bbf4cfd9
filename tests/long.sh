#!/bin/sh
# The long form: all tests again in random order with more examples, elsewhere, as nobody, on a leap
# day, and the commands without what only Unix has. `make test-long` runs it.
set -eu
cd "$(dirname "$0")/.."
at=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pytest in random order; what follows are variables, then the tests if not all.
again() {
  echo "== $1"
  shift
  env PYTHONDONTWRITEBYTECODE=1 "$@"
}
options="-n auto -p randomly -p no:cacheprovider"

again "in St. John's, in Chinese, with more examples" TZ=America/St_Johns LC_ALL=zh_CN.UTF-8 \
  .venv/bin/pytest $options --hypothesis-profile=long

again "on 29 February 2028 in Shanghai" TZ=Asia/Shanghai FAKETIME_DONT_FAKE_MONOTONIC=1 \
  faketime -f '@2028-02-29 12:00:00' .venv/bin/pytest $options \
  tests/model tests/due tests/report tests/merge tests/exchange tests/extract tests/ics/test_*.py \
  tests/cli/test_change.py tests/cli/test_listing.py tests/cli/test_reports.py tests/cli/test_when.py \
  tests/cli/test_digest.py tests/cli/test_calendar.py

without="ignore:only soft file lock is available:UserWarning"
again "without fcntl, resource and uvloop" PYTHONPATH="$at/tests/without" PYTHONWARNINGS="$without" \
  .venv/bin/pytest $options -W "$without" tests/cli tests/store/test_file.py tests/test_python.py

if [ "$(id -u)" != 0 ]; then
  echo "== as nobody: left out, since only root can become nobody"
  exit
fi
# A tree and a Python that nobody may read; the programs of the tests are whoever installed them's.
git archive HEAD | tar -x -C "$work"
/usr/bin/python3 -m venv "$work/.venv"
"$work/.venv/bin/pip" install --quiet --upgrade pip
(cd "$work" && .venv/bin/pip install --quiet --editable \
  '.[documents,spreadsheet,sync,notify,postgresql]' --group dev --group long)
chown -R nobody "$work"
chmod 755 "$work"
cd "$work"
again "as nobody, in Apia, in no language" HOME="$work" TZ=Pacific/Apia LC_ALL=C TRACKER_PROGRAMS= \
  TRACKER_REQUIRE_PROGRAMS= setpriv --reuid nobody --regid nogroup --clear-groups \
  sh -c ".venv/bin/pytest $options"
