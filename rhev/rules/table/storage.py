"""Rules for disks, storage domains, storage connections and image transfers."""

from __future__ import annotations

from rhev.rules.kinds import NoneOf, Range, Required
from rhev.rules.rule import ADD, UPDATE, Condition, Given, Is, IsNot, Missing, Rule
from rhev.rules.table.patterns import BASE_64, NAME, NAME_I18N, TEXT_I18N
from rhev.rules.texts import Length, Pattern

_DISK = ("Disk",)
_ATTACHMENT = ("DiskAttachment",)
_DOMAIN = ("StorageDomain",)
_CONNECTION = ("StorageConnection",)
_DISK_SPECIAL = (
    "The given name of the disk contains special characters. Only lower-case and upper-case"
    " letters, numbers, '_', '-', '.' are allowed."
)

# A disk's texts are validated only where it belongs to a virtual machine, or is updated:
# AddDiskCommand.getValidationGroups adds UpdateEntity only for a disk that does not float.
_TEXTS = (
    *(
        rule
        for path in ("alias", "name")
        for rule in (
            Rule(
                _DISK,
                path,
                Length(255),
                "BaseDisk.diskAlias @Size(max=GENERAL_NAME_SIZE); DiskMapper maps name to it too;"
                " create_tables.sql: base_disks.disk_alias varchar(255)",
            ),
            Rule(
                _DISK,
                path,
                NAME_I18N,
                "BaseDisk.diskAlias @ValidI18NName; DiskMapper maps name to it too",
                operations=UPDATE,
                message=_DISK_SPECIAL,
                bad="my disk",
                good="my-disk_1",
            ),
        )
    ),
    Rule(
        _DISK,
        "description",
        Length(500),
        "BaseDisk.diskDescription @Size(max=DISK_DESCRIPTION_MAX_SIZE)",
        operations=UPDATE,
    ),
    Rule(
        _DISK,
        "description",
        TEXT_I18N,
        "BaseDisk.diskDescription @ValidDescription",
        operations=UPDATE,
        bad="50 \u20ac",
        good="the data of the shop",
    ),
)

_NO_DOMAIN = "AddDiskCommand.checkIfImageDiskCanBeAdded: STORAGE_DOMAIN_NOT_SPECIFIED"

_NEW_DISK = (
    Rule(
        _DISK,
        "provisioned_size",
        NoneOf((0,)),
        "DiskValidator.validateDiskSize: ACTION_TYPE_FAILED_DISK_SIZE_ZERO",
        when=(Missing("lun_storage"),),
        operations=ADD,
        message="The given provisioned size is out of range. It must be at least 1 byte.",
        bad=0,
        good=1,
    ),
    Rule(
        _DISK,
        "provisioned_size",
        Range(0, unit="bytes"),
        "DiskValidator.validateDiskSize looks for zero only: an engine 4.5.7 makes a disk of it",
        when=(Missing("lun_storage"),),
        operations=ADD,
        severity="warning",
    ),
    Rule(
        _DISK,
        "storage_domains.0.id",
        Required(("storage_domains.0.name",)),
        _NO_DOMAIN,
        when=(Missing("lun_storage"),),
        operations=ADD,
        services=("DisksService",),
        bad={"storage_domains": [{"description": "x"}]},
        good={"storage_domains": [{"name": "data"}]},
    ),
    Rule(
        _DISK,
        "storage_domains",
        Required(),
        _NO_DOMAIN,
        when=(Missing("lun_storage"),),
        operations=ADD,
        services=("DisksService",),
        message="A disk that is no logical unit needs a storage domain.",
        good=[{"name": "data"}],
    ),
    Rule(
        _DISK,
        "shareable",
        NoneOf((True,)),
        "AddDiskCommand.canAddShareableDisk: isVolumeFormatSupportedForShareable takes raw only",
        when=(Is("format", "cow"), Missing("lun_storage")),
        operations=ADD,
        message="A disk of format cow cannot be shareable.",
        bad=True,
        good=False,
    ),
    Rule(
        _DISK,
        "sparse",
        NoneOf((False,)),
        "ImagesHandler.checkImageConfiguration: Preallocated, COW and no incremental backup",
        when=(
            Is("format", "cow"),
            IsNot("backup", "incremental"),
            Missing("lun_storage"),
            IsNot("storage_type", "cinder", "managed_block_storage"),
        ),
        operations=ADD,
        message="A disk of format cow cannot be preallocated unless it allows incremental backup.",
        bad=False,
        good=True,
    ),
    Rule(
        _DISK,
        "backup",
        NoneOf(("incremental",)),
        "ImagesHandler.checkImageConfiguration: RAW and incremental backup",
        when=(
            Is("format", "raw"),
            Missing("lun_storage"),
            IsNot("storage_type", "cinder", "managed_block_storage"),
        ),
        operations=ADD,
        message="A disk of format raw does not allow incremental backup.",
        bad="incremental",
        good="none",
    ),
    Rule(
        _DISK,
        "lun_storage.type",
        Required(),
        "BackendDisksResource.validateDiskForCreation: validateParameters(lunStorage, type)",
        when=(Given("lun_storage.logical_units", [{"id": "36001"}]),),
        operations=ADD,
        good="fcp",
    ),
    Rule(
        _DISK,
        "lun_storage.logical_units",
        Required(),
        "BackendDisksResource.validateDiskForCreation: LogicalUnit required for add",
        operations=ADD,
        bad={"lun_storage.type": "fcp"},
        good={"lun_storage.type": "fcp", "lun_storage.logical_units": [{"id": "36001"}]},
    ),
    *(
        Rule(
            _DISK,
            f"lun_storage.logical_units.0.{name}",
            Required(),
            "BackendDisksResource.validateDiskForCreation: address, target, port, id for iSCSI",
            when=(Is("lun_storage.type", "iscsi"),),
            operations=ADD,
            bad={"lun_storage.logical_units": [{"serial": "1"}]},
            good={"lun_storage.logical_units": [{name: value}]},
        )
        for name, value in (
            ("address", "192.0.2.7"),
            ("target", "iqn.2001-04.com.example:disk1"),
            ("port", 3260),
            ("id", "36001"),
        )
    ),
)

_NO_ID: tuple[Condition, ...] = (Missing("disk.id"),)

_ATTACHED = (
    *(
        rule.within("disk.", _ATTACHMENT, when=_NO_ID, operations=ADD)
        for rule in (*_TEXTS, *_NEW_DISK)
        if not rule.services
    ),
    *(rule.within("disk.", _ATTACHMENT, operations=UPDATE) for rule in _TEXTS),
    Rule(
        _ATTACHMENT,
        "read_only",
        NoneOf((True,)),
        "DiskVmElementValidator.isReadOnlyPropertyCompatibleWithInterface",
        when=(Is("interface", "ide", "sata"),),
        message="The interfaces ide and sata do not support a read-only disk.",
        bad=True,
        good=False,
    ),
    Rule(
        _ATTACHMENT,
        "pass_discard",
        NoneOf((True,)),
        "DiskVmElementValidator.isPassDiscardSupported",
        when=(Is("interface", "spapr_vscsi"),),
        message="The interface spapr_vscsi does not pass discard on.",
        bad=True,
        good=False,
    ),
    Rule(
        _ATTACHMENT,
        "uses_scsi_reservation",
        NoneOf((True,)),
        "DiskValidator.isUsingScsiReservationValid: ACTION_TYPE_FAILED_SGIO_IS_FILTERED",
        when=(Is("disk.sgio", "filtered"), Given("disk.lun_storage", {"type": "fcp"})),
        operations=ADD,
        message="SCSI reservation needs a disk whose SCSI generic I/O is not filtered.",
        bad=True,
        good=False,
    ),
)

_DOMAINS = (
    Rule(
        _DOMAIN,
        "name",
        Length(50, 1),
        "StorageDomainCommandBase.checkStorageDomainNameLengthValid; StorageDomainNameSizeLimit is"
        " 50 and not offered by engine-config; StorageDomainStatic.name @Size(min=1)",
    ),
    Rule(
        _DOMAIN,
        "name",
        NAME,
        "StorageDomainStatic.name @ValidName (ValidationUtils.NO_SPECIAL_CHARACTERS)",
        bad="my.domain",
        good="my-domain_1",
    ),
    Rule(
        _DOMAIN,
        "description",
        Length(4000),
        "StorageDomainStatic.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        _DOMAIN,
        "description",
        TEXT_I18N,
        "StorageDomainStatic.description @ValidDescription",
        bad="50 \u20ac",
        good="on the new filer",
    ),
    Rule(
        _DOMAIN,
        "warning_low_space_indicator",
        Range(0, 100, "percent"),
        "StorageDomainStatic.warningLowSpaceIndicator @Min(0) @Max(100)",
    ),
    Rule(
        _DOMAIN,
        "critical_space_action_blocker",
        Range(0, 2147483647, "GB"),
        "StorageDomainStatic.criticalSpaceActionBlocker @Min(0) @Max(Integer.MAX_VALUE)",
    ),
    Rule(
        _DOMAIN,
        "storage.nfs_timeo",
        Range(1, 6000, "tenths of a second"),
        "StorageServerConnections.nfsTimeo @Min(1) @Max(6000)",
        when=(Is("storage.type", "nfs"), Missing("storage.id")),
        operations=ADD,
    ),
    Rule(
        _DOMAIN,
        "storage.nfs_retrans",
        Range(0, 32767),
        "StorageServerConnections.nfsRetrans @Min(0) @Max(Short.MAX_VALUE)",
        when=(Is("storage.type", "nfs"), Missing("storage.id")),
        operations=ADD,
    ),
    Rule(
        _DOMAIN,
        "storage.path",
        Required(),
        "BackendStorageDomainsResource.add: validateParameters(path) where isFileDomain()",
        when=(
            Is("storage.type", "nfs", "localfs", "posixfs", "glusterfs"),
            Missing("storage.id"),
        ),
        operations=ADD,
        good="/exports/data",
    ),
    Rule(
        _DOMAIN,
        "storage.address",
        Required(),
        "BackendStorageDomainsResource.add: validateParameters(address) for NFS",
        when=(Is("storage.type", "nfs"), Missing("storage.id")),
        operations=ADD,
        good="nfs.example.com",
    ),
    Rule(
        _DOMAIN,
        "storage.vfs_type",
        Required(),
        "BackendStorageDomainsResource.add: validateParameters(vfsType) for POSIXFS and GLUSTERFS",
        when=(Is("storage.type", "posixfs", "glusterfs"), Missing("storage.id")),
        operations=ADD,
        good="ext4",
    ),
    Rule(
        _DOMAIN,
        "id",
        Required(),
        "BackendStorageDomainsResource.add: validateParameters(id) for an import from SAN",
        when=(Is("storage.type", "iscsi", "fcp"), Is("import", True)),
        operations=ADD,
        good="5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c11",
    ),
    *(
        Rule(
            _DOMAIN,
            f"storage.{units}.*.id",
            Required(),
            "BackendStorageDomainsResource.getLunIds: validateParameters(unit, id)",
            when=(Is("storage.type", "iscsi", "fcp"), IsNot("import", True)),
            operations=ADD,
            bad={f"storage.{units}": [{"serial": "1"}]},
            good={f"storage.{units}": [{"id": "36001"}]},
        )
        for units in ("logical_units", "volume_group.logical_units")
    ),
    *(
        Rule(
            _DOMAIN,
            f"storage.logical_units.*.{name}",
            Required(),
            "BackendStorageDomainsResource.isConnectionAssumed: address and target go together",
            when=(
                Is("storage.type", "iscsi"),
                IsNot("import", True),
                Given(f"storage.logical_units.*.{other}", "x"),
            ),
            operations=ADD,
            bad={"storage.logical_units": [{"id": "36001", other: "192.0.2.7"}]},
            good={"storage.logical_units": [{"id": "36001", other: "x", name: "y"}]},
        )
        for name, other in (("address", "target"), ("target", "address"))
    ),
)

# What NfsMountPointConstraint takes of a path, said more widely than the engine's pattern does.
_NFS_PATH = Pattern(r"/[\x21-\x7e]*", "a path from '/', of ASCII characters and without blanks")

_CONNECTIONS = (
    Rule(
        _CONNECTION,
        "nfs_timeo",
        Range(1, 6000, "tenths of a second"),
        "StorageServerConnections.nfsTimeo @Min(1) @Max(6000)",
        when=(IsNot("type", "iscsi", "fcp", "localfs", "posixfs", "glusterfs"),),
    ),
    Rule(
        _CONNECTION,
        "nfs_retrans",
        Range(0, 32767),
        "StorageServerConnections.nfsRetrans @Min(0) @Max(Short.MAX_VALUE)",
        when=(IsNot("type", "iscsi", "fcp", "localfs", "posixfs", "glusterfs"),),
    ),
    Rule(
        _CONNECTION,
        "path",
        _NFS_PATH,
        "ConnectStorageToVdsCommand.isValidConnection: NfsMountPointConstraint",
        when=(Is("type", "nfs"),),
        bad="exports/my data",
        good="/exports/data",
    ),
    Rule(
        _DOMAIN,
        "storage.path",
        _NFS_PATH,
        "ConnectStorageToVdsCommand.isValidConnection: NfsMountPointConstraint",
        when=(Is("storage.type", "nfs"), Missing("storage.id")),
        operations=ADD,
        bad="exports/my data",
        good="/exports/data",
    ),
    Rule(
        _CONNECTION,
        "port",
        Range(1),
        "ConnectStorageToVdsCommand.isValidStorageConnectionPort",
        when=(Is("type", "iscsi"),),
    ),
    *(
        Rule(
            _CONNECTION,
            name,
            Required(),
            "BackendStorageServerConnectionsResource.add",
            when=(Is("type", *types),),
            operations=ADD,
            good=value,
        )
        for name, types, value in (
            ("address", ("iscsi", "nfs"), "192.0.2.7"),
            ("target", ("iscsi",), "iqn.2001-04.com.example:disk1"),
            ("port", ("iscsi",), 3260),
            ("path", ("nfs", "localfs", "posixfs", "glusterfs"), "/exports/data"),
            ("vfs_type", ("posixfs", "glusterfs"), "ext4"),
        )
    ),
    Rule(
        ("OpenstackVolumeAuthenticationKey",),
        "value",
        BASE_64,
        "LibvirtSecret.value @Pattern(ValidationUtils.BASE_64_PATTERN)",
        bad="no base 64",
        good="YQ==",
    ),
)

RULES = (*_TEXTS, *_NEW_DISK, *_ATTACHED, *_DOMAINS, *_CONNECTIONS)
