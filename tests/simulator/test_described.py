"""An estate as a person describes it in YAML, and what is said where that cannot be."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

import rhev
from rhev import Connection, schema
from rhev.simulator import Engine, ManualClock
from rhev.simulator.__main__ import main
from rhev.simulator.estates import described

EXAMPLE = Path(__file__).parents[2] / "examples" / "estate.yaml"

pytest.importorskip("yaml", reason="reads the descriptions")


def load(path: Path, text: str) -> Connection:
    file = path / "estate.yaml"
    file.write_text(dedent(text))
    return Engine.load(file, clock=ManualClock(), speed=1).connect()


@pytest.fixture(scope="module")
def conn() -> Connection:
    return Engine.load(EXAMPLE, clock=ManualClock(), speed=1).connect()


def test_what_is_described_is_there(conn: Connection) -> None:
    vm = conn.get(schema.VM, name="web-01", follow="nics.vnic_profile,tags,disk_attachments.disk")
    assert (vm.status, vm.memory) == ("up", 4 * schema.GiB)
    assert [nic.vnic_profile.name for nic in vm.nics or () if nic.vnic_profile] == ["frontend"]
    assert [tag.name for tag in vm.tags or ()] == ["web"]
    assert [each.disk.name for each in vm.disk_attachments or () if each.disk] == ["golden-root"]
    assert {host.name: str(host.status) for host in conn.getall(schema.Host)} == {
        "node-01": "up",
        "node-02": "maintenance",
    }


def test_what_belongs_to_something_may_refer_to_what_needs_that(conn: Connection) -> None:
    cluster = conn.get(schema.Cluster, name="prod")
    (group,) = conn.getall(schema.AffinityGroup, base=cluster)
    ids = {vm.id for name in ("web-01", "web-02") for vm in conn.getall(schema.VM, name=name)}
    assert {vm.id for vm in group.vms or ()} == ids


def test_what_there_is_already_is_changed(conn: Connection) -> None:
    (cluster,) = conn.getall(schema.Cluster, name="Default")
    assert cluster.comment == "not used here"


def test_one_spec_may_be_made_from_another(conn: Connection) -> None:
    vm = conn.get(schema.VM, name="web-02", follow="disk_attachments.disk,snapshots")
    assert (vm.status, vm.memory) == ("down", 4 * schema.GiB)
    assert "shared" in [each.disk.name for each in vm.disk_attachments or () if each.disk]
    assert "before the upgrade" in [each.description for each in vm.snapshots or ()]


def test_all_of_it_has_happened_before(conn: Connection) -> None:
    now = conn.api().time
    assert str(now) == "2026-01-01 00:00:00+00:00"
    vm = conn.get(schema.VM, name="web-01")
    assert vm.start_time is not None
    assert now is not None
    assert vm.start_time < now
    assert not conn.getall(schema.Job)


def test_a_name_is_enough(tmp_path: Path) -> None:
    conn = load(
        tmp_path,
        """
        vms: [web, {name: db, cluster: other}]
        clusters: [other]
        bookmarks: [{name: running, value: "Vms: status = up"}]
        """,
    )
    assert {vm.name for vm in conn.getall(schema.VM)} == {"web", "db"}
    assert conn.get(schema.VM, name="db", follow="cluster").cluster.name == "other"  # type: ignore[union-attr]


def test_what_no_request_can_add_is_there_too(tmp_path: Path) -> None:
    conn = load(
        tmp_path,
        """
        hosts:
          - name: node
            address: node.example.com
            nics: [{name: eno1, mac: {address: "52:54:00:00:00:01"}}]
        """,
    )
    (nic,) = conn.getall(schema.HostNIC, base=conn.get(schema.Host))
    assert nic.name == "eno1"


def test_an_empty_description_is_a_new_engine(tmp_path: Path) -> None:
    assert not load(tmp_path, "# nothing yet").getall(schema.VM)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vms: [", r"is no YAML: .* at line 1, column 7"),
        ("vms: [{name: a}]\nvms: [{name: b}]", r"estate.yaml:2:1: given twice"),
        ("- vms", r"estate.yaml:1:1: : kinds of resources are expected"),
        ("vmz: []", r"estate.yaml:1:6: vmz: there is no such kind of resource; did you mean 'vm"),
        ("vms: {name: a}", r"estate.yaml:1:6: vms: a list of vms is expected"),
        ("vms: [1]", r"estate.yaml:1:7: vms.0: a Vm has attributes"),
        (
            "vms:\n  - name: web\n    memry: 1",
            r"estate.yaml:3:12: vms.0.memry: VM has no attribute 'memry'; did you mean 'memory'\?",
        ),
        (
            "vms:\n  - name: web\n    memory: lots\n    nics:\n      - {nmae: nic1}",
            r"(?s)estate.yaml:3:13: vms.0.memory: .*estate.yaml:5:16: vms.0.nics.0.nmae: ",
        ),
        (
            "vms:\n  - name: web\n    cluster: prodd\nclusters: [prod]",
            r"estate.yaml:3:14: vms.0.cluster: there is no Cluster 'prodd'; did you mean 'prod'\?",
        ),
        (
            "vms:\n  - {name: web, status: paused}",
            r"estate.yaml:2:25: vms.0.status: it is 'paused', and can be down or up or suspended",
        ),
        ("disks:\n  - {name: d, status: ok}", r"estate.yaml:2:23: disks.0.status: it is 'ok', and"),
        (
            "vms:\n  - name: we b",
            r"estate.yaml:2:5: vms.0: the engine refuses it: 4\d\d .*",
        ),
        (
            "vms:\n  - name: web\n    status: up",
            r"estate.yaml:3:13: vms.0.status: the engine refuses it: 409 .*bootable disk",
        ),
        (
            "tags:\n  - {name: a, parent: b}\n  - {name: b, parent: a}",
            r"'\w' and '\w' each need what is not there before them",
        ),
        (
            "vms:\n  - name: web\n  - name: web",
            r"estate.yaml:3:5: vms.1: Vm 'web' was described already, at estate.yaml:2:5",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(rhev.ParseError, match=said):
        load(tmp_path, text)


def test_the_command_says_what_is_wrong_with_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "estate.yml"
    file.write_text("vmz: []")
    monkeypatch.setattr("sys.argv", ["rhev.simulator", "--estate", str(file)])
    with pytest.raises(SystemExit):
        main()
    assert "did you mean" in capsys.readouterr().err


def test_the_kinds_are_the_collections_that_can_be_added_to() -> None:
    kinds = described._kinds()
    assert {"vms", "vnic_profiles", "storage_domains", "affinity_labels"} <= kinds.keys()
    assert not {"jobs_", "icons", "cluster_levels", "options"} & kinds.keys()
