"""With this folder on PYTHONPATH, Python is one without what only Unix has, as on Windows.

    PYTHONPATH=tests/without pytest tests/cli

So is every process that a test starts. `tests/long.sh` runs the commands' tests this way.
"""

import os
import sys

for _name in ("fcntl", "resource", "uvloop"):
    sys.modules[_name] = None  # type: ignore[assignment]  # what import takes for absent
# Nothing that goes by a folder's descriptor either.
os.supports_dir_fd.clear()
