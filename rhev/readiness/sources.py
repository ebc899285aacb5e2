"""The public documents and rule sets that the rules come from."""

from __future__ import annotations

from typing import Final

from rhev.readiness.rule import Source

_FORKLIFT = "https://github.com/kubev2v/forklift/blob/main"
_RULES = f"{_FORKLIFT}/validation/policies/io/konveyor/forklift/ovirt"
_ADAPTER = f"{_FORKLIFT}/pkg/controller/plan/adapter/ovirt"
_ENGINE = (
    "https://github.com/oVirt/ovirt-engine/blob/master/backend/manager/modules/bll/src/main/java"
    "/org/ovirt/engine/core/bll"
)
_API = "https://github.com/oVirt/ovirt-engine-api-model/blob/master/src/main/java/types"
_KUBEVIRT = "https://github.com/kubevirt/user-guide/blob/main/docs"
_MTV = (
    "https://docs.redhat.com/en/documentation/migration_toolkit_for_virtualization/2.11/html"
    "/planning_your_migration_to_red_hat_openshift_virtualization"
)


def forklift(policy: str) -> Source:
    """A file of the rules that Forklift, the migration toolkit, validates oVirt's machines with."""
    return Source(f"Forklift, {policy}.rego", f"{_RULES}/{policy}.rego")


def ovirt_guide(guide: str) -> Source:
    """A guide of oVirt's documentation, such as ``administration_guide``."""
    title = guide.replace("_", " ").capitalize()
    return Source(f"oVirt, {title}", f"https://www.ovirt.org/documentation/{guide}/index.html")


def api_type(name: str) -> Source:
    """The description of a type in the API's model."""
    return Source(f"oVirt API, {name}", f"{_API}/{name}.java")


def kubevirt(page: str) -> Source:
    """A page of KubeVirt's user guide, by its path without the suffix."""
    return Source(f"KubeVirt, {page}", f"{_KUBEVIRT}/{page}.md")


ADAPTER_BUILDER: Final = Source("Forklift, oVirt builder", f"{_ADAPTER}/builder.go")
ADAPTER_VALIDATOR: Final = Source("Forklift, oVirt validator", f"{_ADAPTER}/validator.go")
LUNS: Final = Source(
    "Forklift, direct LUNs", f"{_FORKLIFT}/docs/enhancements/ovirt-lun-migration.md"
)
OS_MAP: Final = Source(
    "Forklift, map of operating systems",
    f"{_FORKLIFT}/operator/roles/forkliftcontroller/templates/controller"
    "/configmap-osmap-ovirt.yml.j2",
)
IMPORT_RULES: Final = Source(
    "KubeVirt's VM import operator, rules",
    "https://github.com/kubevirt/vm-import-operator/blob/main/docs/rules.md",
)
IMAGE_TRANSFER: Final = Source(
    "oVirt engine, TransferDiskImageCommand",
    f"{_ENGINE}/storage/disk/image/TransferDiskImageCommand.java",
)
SNAPSHOTS: Final = Source(
    "oVirt engine, SnapshotsValidator", f"{_ENGINE}/snapshots/SnapshotsValidator.java"
)
MTV_SOURCES: Final = Source(
    "Forklift documentation, source VM prerequisites",
    "https://github.com/kubev2v/forklift-documentation/blob/main/documentation/modules"
    "/source-vm-prerequisites.adoc",
)
MTV_RHV: Final = Source(
    "Migration Toolkit for Virtualization, provider-specific requirements",
    f"{_MTV}/assembly_provider-specific-requirements-for-migration_mtv",
)
V2V: Final = Source(
    "virt-v2v-support(1)",
    "https://github.com/libguestfs/virt-v2v/blob/master/docs/virt-v2v-support.pod",
)
