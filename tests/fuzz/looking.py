"""One target under atheris: `python -m tests.fuzz.looking TARGET`, with libFuzzer's options.

Nothing of the tracker may be imported before atheris can watch what it does.
"""

import sys

import atheris

with atheris.instrument_imports(include=["tracker"]):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]].check)
    atheris.Fuzz()
