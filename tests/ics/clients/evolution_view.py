"""Evolution Data Server subscribed to a feed, refreshed for each line on stdin.

Writes as JSON what it then shows. Run by the system's Python within a D-Bus session.
"""

import json
import sys

import gi  # type: ignore[import-not-found]  # the system's, not this environment's

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
from gi.repository import (  # type: ignore[import-not-found]  # noqa: E402 - versions first
    ECal,
    EDataServer,
)

registry = EDataServer.SourceRegistry.new_sync(None)
source = registry.ref_source("tracker")
client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 1, None)
for _ in sys.stdin:
    client.refresh_sync(None)
    _, components = client.get_object_list_as_comps_sync("#t", None)
    shown = {}
    for component in components:
        start = component.get_dtstart().get_value()
        day = f"{start.get_year():04}-{start.get_month():02}-{start.get_day():02}"
        shown[component.get_uid()] = (day, component.get_summary().get_value())
    sys.stdout.write(json.dumps(shown) + "\n")
    sys.stdout.flush()
