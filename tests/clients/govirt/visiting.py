"""What virt-viewer does by libgovirt: run by a Python that has its bindings, with what it needs.

Arguments: host and port, a token, and the file of the authority. Says a line for each thing seen.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import gi

gi.require_version("GoVirt", "1.0")
from gi.repository import GoVirt  # noqa: E402


def names(collection: Any, proxy: Any) -> str:
    collection.fetch(proxy)
    return ",".join(sorted(collection.get_resources()))


def main(host: str, token: str, authority: str) -> None:
    proxy: Any = GoVirt.Proxy.new(host)
    proxy.set_property("ssl-ca-file", authority)
    proxy.set_property("sso-token", token)
    proxy.set_property("admin", True)
    proxy.fetch_api()
    api = proxy.get_api()
    print("hosts:", names(api.get_hosts(), proxy))
    print("clusters:", names(api.get_clusters(), proxy))
    print("storage:", names(api.get_storage_domains(), proxy))
    print("found:", names(api.search_vms("name=web*"), proxy))
    vms = api.get_vms()
    vms.fetch(proxy)

    running = vms.lookup_resource("web-01")
    running.get_ticket(proxy)
    display = running.props.display
    print("display:", display.props.address, display.props.port >= 5900, bool(display.props.ticket))
    print("drives:", names(running.get_cdroms(), proxy))

    machine = vms.lookup_resource("web-03")
    print("before:", machine.props.state.value_nick)
    machine.start(proxy)
    while machine.props.state != GoVirt.VmState.UP:
        time.sleep(0.02)
        machine.refresh(proxy)
    print("after:", machine.props.state.value_nick)
    machine.stop(proxy)


if __name__ == "__main__":
    main(*sys.argv[1:])
