#!/bin/sh
# The tests again: in random order, elsewhere, on a leap day, without what only Unix has, as nobody.
# `make test-long` runs all of them, with more examples; `tests/long.sh short`, which CI runs, leaves
# out what another machine, day or user cannot make different. More words are options of pytest.
set -eu
cd "$(dirname "$0")/.."
at=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

profile=--hypothesis-profile=long
everywhere=
as_nobody=
if [ "${1:-}" = short ]; then
  shift
  profile=
  everywhere='tests/cli tests/due tests/exchange tests/ics tests/model tests/render tests/report'
  as_nobody='tests/cli/test_change.py tests/cli/test_odd_places.py tests/cli/test_output.py
    tests/cli/test_tokens.py tests/hostile tests/notify tests/store tests/subscribe
    tests/test_python.py'
fi

# What it is, then variables, then the program. What fails does not keep the others from running.
failed=0
again() {
  echo "== $1"
  shift
  env PYTHONDONTWRITEBYTECODE=1 "$@" || failed=1
}
options="-n auto -q -p randomly -p no:cacheprovider $*"

again "in St. John's, in Chinese" TZ=America/St_Johns LANG=zh_CN.UTF-8 \
  .venv/bin/pytest $options $profile $everywhere

# Ahead of the clock, and not from an instant on, which each process would begin with anew.
ahead=$(($(TZ=Asia/Shanghai date -d '2028-02-29 12:00' +%s) - $(date +%s)))
again "on 29 February 2028 in Shanghai" TZ=Asia/Shanghai FAKETIME_DONT_FAKE_MONOTONIC=1 \
  faketime -f "+${ahead}s" .venv/bin/pytest $options \
  tests/model tests/due tests/report tests/merge tests/exchange tests/ics/test_*.py \
  tests/cli/test_change.py tests/cli/test_listing.py tests/cli/test_reports.py tests/cli/test_when.py \
  tests/cli/test_digest.py tests/cli/test_calendar.py

without="ignore:only soft file lock is available:UserWarning"
again "without fcntl, resource and uvloop" PYTHONPATH="$at/tests/without" PYTHONWARNINGS="$without" \
  .venv/bin/pytest $options -W "$without" tests/cli tests/store/test_file.py tests/test_python.py

if [ "$(id -u)" != 0 ]; then
  echo "== as nobody: left out, since only root can become nobody"
  exit $failed
fi
# A tree and a Python that nobody may read; the programs of the tests are whoever installed them's.
git archive HEAD | tar -x -C "$work"
/usr/bin/python3 -m venv "$work/.venv"
"$work/.venv/bin/pip" install --quiet --upgrade pip
(cd "$work" && .venv/bin/pip install --quiet --editable \
  '.[documents,spreadsheet,sync,notify,postgresql,mcp,evidence]' --group dev --group long)
chown -R nobody "$work"
chmod 755 "$work"
cd "$work"
again "as nobody, in Apia, in no language" HOME="$work" TZ=Pacific/Apia LC_ALL=C TRACKER_PROGRAMS= \
  TRACKER_REQUIRE_PROGRAMS= setpriv --reuid nobody --regid nogroup --clear-groups \
  .venv/bin/pytest $options $as_nobody
exit $failed
