"""The client's checks against what a real engine took, and what it answered with 400."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from rhev.simulator.state.refusals import Refusal

from .recorded import FOLDER, Sent, everything_sent

pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason="the recorded traffic is not beside this checkout"
)

# What was answered with 400 and would be sent all the same: the operation, and what the answer
# says, if that tells; and why no rule is about it.
STATE = "it depends on what the engine holds, or on the state of that"
SETUP = "it depends on how the engine and its clusters are set up"
OUTSIDE = "it depends on a host, a guest or a service beside the engine"
WRITTEN = "no model is written so: the codecs write what is meant as the engine takes it"
UNKNOWN = "the recordings do not tell what of it the engine minds"
LET_THROUGH = (
    (r"(start|update) Vm .*apidoc", WRITTEN),
    (r"ticket Vm .*apidoc", UNKNOWN),
    (r"add (Vm|DiskAttachment|Permission|Tag|AffinityLabel|AffinityGroup|StorageDomain|Snapshot)"
     r" .*(exist|invalid Role id|Internal Engine Error|active status)", STATE),
    (r"add Permission .*\[\]", STATE),
    (r"add (VnicProfile|CpuProfile) .*is mandatory", "the client looks the name up, and tells"),
    (r"add (Event|GraphicsConsole) ", STATE),
    (r"add Host .*Cluster ID", STATE),
    (r"update (Vm|Network) .*(Template|Data Center|Memory Size|hot change)", STATE),
    (r"add Vm .*Memory Size", "the memory is the template's"),
    (r"add Vm .*serial number", "the value may be the template's"),
    (r"add Vm .*maxMemorySizeMb", "the engine keeps 32 bits of it, and minds what is left: a"
     " warning says so"),
    (r"add Vm .*monitors", "a warning: engine-config can change it"),
    (r"(add|update) Vm .*custom properties", SETUP),
    (r"add Vm .*time zone", SETUP),
    (r"add (Cluster|DataCenter|Role|Watchdog) ", SETUP),
    (r"(auto_pin_cpu_and_numa_nodes|screenshot|start|clone|maintenance) Vm ", SETUP),
    (r"(commit_snapshot|undo_snapshot|migrate) Vm ", STATE),
    (r"update (Cdrom|Cluster|DataCenter|Disk|SchedulingPolicy) ", STATE),
    (r"update (Template|VmPool|VnicProfile) ", STATE),
    (r"update StorageDomain .*", "the type may be given if it is the one that is there"),
    (r"restore Snapshot ", STATE),
    (r"(move|sparsify|convert|reduce|export|refresh_lun) Disk ", STATE),
    (r"refresh_luns StorageDomain ", STATE),
    (r"setup_networks Host ", STATE),
    (r"install Host ", "a host that is an oVirt Node needs no password"),
    (r"add ImageTransfer ", STATE),
    (r"refresh_gluster_heal_status Cluster ", SETUP),
    (r"(logon|export) Vm ", OUTSIDE),
    (r"proxy_ticket GraphicsConsole ", STATE),
    (r"test_connectivity ", OUTSIDE),
    (r"(commit_net_config|refresh|unregistered_storage_domains_discover) Host ", OUTSIDE),
    (r"add (StorageDomain|ExternalVmImport|Disk) ", OUTSIDE),
    (r"add MacPool ", "which addresses of a range are multicast is not looked at"),
    (r"add SshPublicKey ", "what is within the key is not looked at"),
)  # fmt: skip

NOT_THE_BODY = (STATE, SETUP, OUTSIDE, WRITTEN)


def verdict(sent: Sent) -> str:
    """``refused`` by a rule, ``unwritten`` where no model takes it, or else ``sent``."""
    try:
        return "refused" if sent.problems() else "sent"
    except Refusal:
        return "unwritten"


def why(sent: Sent) -> str | None:
    answer = " ".join(f"{sent.method.name} {sent.place.type} {sent.answer}".split())
    return next((reason for pattern, reason in LET_THROUGH if re.match(pattern, answer)), None)


def verdicts(first: int, last: int) -> list[tuple[Sent, str]]:
    """What was answered with such a status, and what the client's checks say of it."""
    return [(sent, verdict(sent)) for sent in everything_sent() if first <= sent.status <= last]


def test_nothing_that_the_engine_took_is_refused() -> None:
    taken = verdicts(200, 299)
    alarms = [f"{s}: {s.problems()[0]}" for s, said in taken if said == "refused"]
    unwritten = [str(sent) for sent, said in taken if said == "unwritten"]
    print(f"{len(taken)} bodies that the engine took, {len(alarms)} false alarms")
    print(f"{len(unwritten)} are cut, or no document of a model:", *unwritten, sep="\n  ")
    assert alarms == []
    assert len(taken) > 800
    assert len(unwritten) < 10


def test_what_the_engine_refused_for_its_body_is_refused_before() -> None:
    refused = verdicts(400, 400)
    passed = Counter((str(sent), why(sent)) for sent, said in refused if said == "sent")
    own = [said for sent, said in refused if said != "sent" or why(sent) not in NOT_THE_BODY]
    stopped = [said for said in own if said != "sent"]
    share = 100 * len(stopped) / len(own)
    counts = dict(Counter(said for _, said in refused))
    print(f"{len(refused)} bodies that the engine answered with 400: {counts}")
    print(f"for the body alone: {len(own)}, of which {len(stopped)} are stopped, {share:.1f} %")
    for (sent, reason), count in sorted(passed.items(), key=str):
        print(f"  let through ({count}): {sent}\n    {reason}")
    assert [sent for sent, reason in passed if reason is None] == []
    assert share > 95
