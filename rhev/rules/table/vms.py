"""Rules for virtual machines, templates, instance types, pools and snapshots."""

from __future__ import annotations

import re

from rhev.rules.kinds import (
    BelowProduct,
    Forbidden,
    NoneOf,
    NotAbove,
    NotBelow,
    OneOf,
    Range,
    Required,
    Unique,
)
from rhev.rules.rule import ADD, ADD_UPDATE, UPDATE, Given, Is, IsNot, Missing, Rule
from rhev.rules.table.patterns import CPU_NAME, NAME_I18N, NAME_I18N_PLUS, TEXT_I18N, URI
from rhev.rules.texts import Characters, Length, Pattern, Trimmed

_MIB = 1 << 20
_LONG = (1 << 63) - 1
_MOST = ((1 << 31) - 1) * _MIB
_VM = ("Vm",)
_TEMPLATES = ("Template", "InstanceType")
_NAMED = ("add", "update", "clone")
_SPECIAL = (
    "The given name contains special characters. Only lower-case and upper-case letters, numbers,"
    " '_', '-', '.' are allowed."
)

# The annotations of VmBase. The engine validates a template's only when it is updated: adding one
# passes the new template as AddVmTemplateParameters.masterVm, which is not @Valid.
_BASE = (
    Rule(
        _VM,
        "description",
        Length(255),
        "VmBase.description @Size(max=BusinessEntitiesDefinitions.VM_DESCRIPTION_SIZE)",
    ),
    Rule(
        _VM,
        "memory",
        Range(_MIB, unit="bytes (1 MiB)"),
        "VmBase.memSizeMb @Min(1); VmBaseMapper.mapCommonModelToEntity divides by BYTES_PER_MB",
    ),
    Rule(
        _VM,
        "memory_policy.max",
        Range(_MIB, unit="bytes (1 MiB)"),
        "VmBase.maxMemorySizeMb @Min(1); VmBaseMapper divides by BYTES_PER_MB",
    ),
    Rule(
        _VM,
        "memory_policy.guaranteed",
        Range(0, unit="bytes"),
        "VmBase.minAllocatedMem @Min(0)",
        bad=-_MIB,
    ),
    Rule(
        _VM,
        "io.threads",
        Range(0, 127),
        "VmBase.numOfIoThreads @SizeFromConfigValue(min=0, maxConfig=MaxIoThreadsPerVm), 127 and"
        " not offered by engine-config",
    ),
    Rule(
        _VM,
        "custom_emulated_machine",
        Length(30),
        "VmBase.customEmulatedMachine @Size(max=VM_EMULATED_MACHINE_SIZE)",
    ),
    Rule(
        _VM,
        "custom_emulated_machine",
        NAME_I18N_PLUS,
        "VmBase.customEmulatedMachine @ValidI18NExtraName",
        bad="pc q35",
        good="pc-q35-rhel8.6.0",
    ),
    Rule(
        _VM,
        "custom_cpu_model",
        Length(255),
        "VmBase.customCpuName @Size(max=VM_CPU_NAME_SIZE)",
    ),
    Rule(
        _VM,
        "custom_cpu_model",
        CPU_NAME,
        "VmBase.customCpuName @Pattern(ValidationUtils.CUSTOM_CPU_NAME)",
        bad="Skylake Server",
        good="Skylake-Server,+vmx",
    ),
    Rule(
        _VM,
        "time_zone.name",
        Length(40),
        "VmBase.timeZone @Size(max=GENERAL_TIME_ZONE_SIZE)",
    ),
    *(
        Rule(_VM, path, check, f"VmBase.{field} {annotation}")
        for path, field in (
            ("os.kernel", "kernelUrl"),
            ("os.initrd", "initrdUrl"),
            ("os.cmdline", "kernelParams"),
        )
        for check, annotation in (
            (Length(4000), "@Size(max=GENERAL_MAX_SIZE)"),
            (Trimmed(), "@Pattern(ValidationUtils.NO_TRIMMING_WHITE_SPACES_PATTERN)"),
        )
    ),
    Rule(
        _VM,
        "migration_downtime",
        Range(-1, unit="milliseconds (-1 means the default)"),
        "VmBase.migrationDowntime @Min(0); VmBaseMapper maps -1 to none",
    ),
    Rule(
        _VM,
        "serial_number.value",
        Length(255),
        "VmBase.customSerialNumber @Size(max=VM_SERIAL_NUMBER_SIZE)",
    ),
    Rule(
        _VM,
        "serial_number.value",
        Length(255, 1),
        "SerialNumberPolicyValidator.isValid; SerialNumberMapper takes '' as no value",
        when=(Is("serial_number.policy", "custom"),),
        bad="",
    ),
)

_SMALLEST_TOPOLOGY = tuple(
    Rule(
        ("Vm", *_TEMPLATES),
        f"cpu.topology.{name}",
        Range(1),
        f"VmValidator.validateCpuSockets: ACTION_TYPE_FAILED_MIN_{code}",
        status=409,
    )
    for name, code in (
        ("cores", "CPU_PER_SOCKET"),
        ("sockets", "NUM_SOCKETS"),
        ("threads", "THREADS_PER_CPU"),
    )
)

_TEMPLATE_BASE = tuple(rule.within("", _TEMPLATES, operations=UPDATE) for rule in _BASE)

# The virtual machine that a pool is made with is AddVmPoolParameters.vmStaticData, which is @Valid.
_POOL_VM = tuple(
    rule.within("vm.", ("VmPool",), operations=ADD) for rule in _BASE if rule.path != "description"
)

_NAMES = (
    Rule(
        _VM,
        "name",
        Length(255, 1),
        "VmStatic.getName @Size(min=1, max=BusinessEntitiesDefinitions.VM_NAME_SIZE)",
        operations=_NAMED,
    ),
    Rule(
        _VM,
        "name",
        NAME_I18N,
        "VmStatic.getName @ValidI18NName (ValidationUtils.NO_SPECIAL_CHARACTERS_I18N)",
        operations=_NAMED,
        message=_SPECIAL,
        bad="my vm",
        good="my-vm_1.ü",
    ),
    Rule(
        _VM,
        "description",
        TEXT_I18N,
        "VmBase.description @ValidDescription (ValidationUtils.ONLY_I18N_ASCII_OR_NONE)",
        bad="50 \u20ac",
        good="für Gäste, 2 CPUs!",
    ),
    Rule(
        _TEMPLATES,
        "name",
        Length(255, 1),
        "AddVmTemplateParameters.name @Size(min=1, max=VM_TEMPLATE_NAME_SIZE); VmTemplate.getName",
    ),
    Rule(
        _TEMPLATES,
        "name",
        NAME_I18N,
        "AddVmTemplateParameters.name @ValidI18NName; VmTemplate.getName @ValidI18NName",
        message=_SPECIAL,
        bad="my template",
        good="my-template",
    ),
    Rule(
        _TEMPLATES,
        "description",
        TEXT_I18N,
        "AddVmTemplateParameters.description @Pattern(ONLY_I18N_ASCII_OR_NONE); VmBase.description",
        bad="50 \u20ac",
        good="with agents",
    ),
)

_MEMORY = (
    Rule(
        ("Vm", *_TEMPLATES),
        "memory_policy.max",
        NotBelow("memory", _MIB),
        "VmHandler.validateMaxMemorySize (AddVm, UpdateVm, AddVmTemplate, UpdateVmTemplate)",
        bad={"memory": 4 * _MIB, "memory_policy.max": 2 * _MIB},
        good={"memory": 4 * _MIB, "memory_policy.max": 4 * _MIB},
    ),
    *(
        Rule(
            _VM,
            path,
            Range(maximum=_MOST, unit="bytes"),
            "VmBaseMapper.mapCommonModelToEntity keeps 32 bits of the number of MiB",
            severity="warning",
        )
        for path in ("memory", "memory_policy.max", "memory_policy.guaranteed")
    ),
    *(
        Rule(
            ("Vm", *_TEMPLATES),
            path,
            Range(maximum=_LONG, unit="bytes"),
            "the API's integers have 64 bits, and the engine reads no others",
        )
        for path in ("memory", "memory_policy.max", "memory_policy.guaranteed")
    ),
    *(
        Rule(
            types,
            "memory_policy.guaranteed",
            NotAbove("memory", _MIB),
            f"{commands}.validate: getMinAllocatedMem() > getMemSizeMb()",
            operations=operations,
            bad={"memory": 2 * _MIB, "memory_policy.guaranteed": 4 * _MIB},
            good={"memory": 4 * _MIB, "memory_policy.guaranteed": 4 * _MIB},
        )
        for types, commands, operations in (
            (_VM, "AddVmCommand.validate, UpdateVmCommand", ADD_UPDATE),
            (_TEMPLATES, "UpdateVmTemplateCommand", UPDATE),
        )
    ),
)

# What an administrator can change with engine-config, as it is by default.
_DEFAULTS = (
    Rule(
        _VM,
        "name",
        Length(64),
        "VmCommand.isVmNameValidLength; MaxVmNameLength is 64 unless engine-config changed it",
        operations=_NAMED,
        severity="warning",
    ),
    Rule(
        _VM,
        "display.monitors",
        OneOf((0, 1, 2, 4)),
        "VmBase.numOfMonitors; ValidNumOfMonitors is 1, 2, 4 unless engine-config changed it",
        severity="warning",
        bad=3,
        good=4,
    ),
)

_CUSTOM_PROPERTIES = (
    Rule(
        _VM,
        "custom_properties.*.name",
        Pattern("[a-zA-Z0-9_]+", "letters from a to z, digits and '_' only"),
        "CustomPropertiesUtils.syntaxErrorInProperties: KEY_REGEX",
        bad={"custom_properties": [{"name": "my hook", "value": "1"}]},
        good={"custom_properties": [{"name": "my_hook", "value": "1"}]},
    ),
    Rule(
        _VM,
        "custom_properties.*.name",
        Required(),
        "CustomPropertiesParser.parse: one without a name is dropped",
        bad={"custom_properties": [{"value": "1"}]},
        good={"custom_properties": [{"name": "my_hook", "value": "1"}]},
    ),
    Rule(
        _VM,
        "custom_properties.*.value",
        Pattern("[^;]*", "text without ';'", re.DOTALL),
        "CustomPropertiesUtils.syntaxErrorInProperties: VALUE_REGEX",
        bad={"custom_properties": [{"name": "my_hook", "value": "1;2"}]},
        good={"custom_properties": [{"name": "my_hook", "value": "1,2"}]},
    ),
)

_ICONS = (
    Rule(
        ("Vm", "Template"),
        "large_icon.media_type",
        OneOf(("image/jpeg", "image/png", "image/gif")),
        "IconValidator.FileType",
        when=(Given("large_icon.data", "aWNvbg=="),),
        bad="image/svg+xml",
    ),
    Rule(
        ("Vm", "Template"),
        "large_icon.data",
        Pattern(r"[\w+/]+={0,2}", "text in base 64"),
        "IconValidator.validateDataUrlFormat",
        when=(Given("large_icon.media_type", "image/png"),),
        bad="not base 64",
        good="aWNvbg==",
    ),
    Rule(
        ("Vm", "Template"),
        "large_icon.media_type",
        Required(),
        "IconHelper.validateIconParameters",
        when=(Given("large_icon.data", "aWNvbg=="),),
        good="image/png",
    ),
    Rule(
        ("Vm", "Template"),
        "large_icon.data",
        Required(),
        "IconHelper.validateIconParameters",
        when=(Given("large_icon.media_type", "image/png"),),
        good="aWNvbg==",
    ),
    Rule(
        ("Vm", "Template"),
        "small_icon.data",
        Forbidden(),
        "IconHelper.validateIconParameters: a small icon is given by its id",
        bad="aWNvbg==",
        good={"small_icon.id": "1"},
    ),
    *(
        Rule(
            ("Vm", "Template"),
            path,
            Forbidden(),
            "IconHelper.validateIconParameters: an icon that is uploaded comes alone",
            when=(Given("large_icon.data", "aWNvbg=="),),
            bad={"large_icon.media_type": "image/png", path: value},
            good={"large_icon.media_type": "image/png"},
        )
        for path, value in (("large_icon.id", "1"), ("small_icon", {"id": "1"}))
    ),
)

_HARDWARE = (
    Rule(
        ("Vm", *_TEMPLATES),
        "high_availability.priority",
        Range(0, 100),
        "VmHandler.isVmPriorityValueLegal; VmPriorityMaxValue is 100 and not offered by"
        " engine-config",
    ),
    Rule(
        _VM,
        "cpu_shares",
        Range(0, 262144),
        "VmManagementCommandBase.isCpuSharesValid, MAXIMUM_CPU_SHARES",
    ),
    Rule(
        _VM,
        "cpu.cpu_tune.vcpu_pins.*.cpu_set",
        Pattern(
            r"(?:\^\d+|\d+-\d+|\d+)(?:,(?:\^\d+|\d+-\d+|\d+))*",
            "a set of CPUs such as '0-3,^2,6'",
        ),
        "CpuPinningValidator.cpuPinningPattern",
        bad={"cpu.cpu_tune.vcpu_pins": [{"vcpu": 0, "cpu_set": "0..3"}]},
        good={"cpu.cpu_tune.vcpu_pins": [{"vcpu": 0, "cpu_set": "0-3,^2"}]},
    ),
    Rule(
        _VM,
        "cpu.cpu_tune.vcpu_pins.*.vcpu",
        Range(0),
        "CpuPinningValidator.cpuPinningPattern",
        bad={"cpu.cpu_tune.vcpu_pins": [{"vcpu": -1, "cpu_set": "0"}]},
        good={"cpu.cpu_tune.vcpu_pins": [{"vcpu": 0, "cpu_set": "0"}]},
    ),
    Rule(
        _VM,
        "cpu.cpu_tune.vcpu_pins.*.vcpu",
        BelowProduct(tuple(f"cpu.topology.{name}" for name in ("sockets", "cores", "threads"))),
        "CpuPinningValidator.isCpuPinningValid: VM_PINNING_VCPU_DOES_NOT_EXIST",
        bad={
            "cpu.topology": {"sockets": 1, "cores": 2, "threads": 1},
            "cpu.cpu_tune": {"vcpu_pins": [{"vcpu": 2, "cpu_set": "0"}]},
        },
        good={
            "cpu.topology": {"sockets": 1, "cores": 2, "threads": 1},
            "cpu.cpu_tune": {"vcpu_pins": [{"vcpu": 1, "cpu_set": "0"}]},
        },
    ),
    Rule(
        _VM,
        "cpu.cpu_tune.vcpu_pins",
        Unique("vcpu"),
        "CpuPinningValidator.isCpuPinningValid: VM_PINNING_DUPLICATE_DEFINITION",
        bad=[{"vcpu": 0, "cpu_set": "0"}, {"vcpu": 0, "cpu_set": "1"}],
        good=[{"vcpu": 0, "cpu_set": "0"}, {"vcpu": 1, "cpu_set": "1"}],
    ),
    Rule(
        _VM,
        "virtio_scsi_multi_queues",
        Forbidden(),
        "BackendVmsResource.validateVirtioScsiMultiQueues",
        when=(Is("virtio_scsi_multi_queues_enabled", False),),
        operations=ADD,
        bad=4,
        good={"virtio_scsi_multi_queues_enabled": True, "virtio_scsi_multi_queues": 4},
    ),
    Rule(
        _VM,
        "display.monitors",
        Range(maximum=1),
        "VmHandler.isNumOfMonitorsLegal; DisplayHelper.setGraphicsToParams",
        when=(Is("display.type", "vnc"), Missing("display.video_type")),
        message="A VNC console has one monitor.",
    ),
    Rule(
        _VM,
        "display.smartcard_enabled",
        NoneOf((True,)),
        "VmHandler.validateSmartCardDevice",
        when=(Is("type", "high_performance"), Is("usb.enabled", False)),
        message="A smart card needs USB in a high performance virtual machine.",
        bad=True,
        good=False,
    ),
    Rule(
        _VM,
        "display.disconnect_action_delay",
        Range(0, unit="minutes"),
        "UpdateVmCommand.validate: getConsoleDisconnectActionDelay() < 0",
        operations=UPDATE,
    ),
    Rule(
        _VM,
        "migration.custom_parallel_migrations",
        Range(2, 255),
        "VmValidator.isParallelMigrationsValid; MigrationOptionsMapper",
        when=(Is("migration.parallel_migrations_policy", "custom"),),
    ),
    Rule(
        _VM,
        "migration.custom_parallel_migrations",
        Required(),
        "MigrationOptionsMapper.copyMigrationOptions: the policy custom without a number",
        when=(Is("migration.parallel_migrations_policy", "custom"),),
        good=4,
    ),
    Rule(
        _VM,
        "payloads.*.volume_id",
        Length(32),
        "VmPayload.volumeId @Size(max=VM_PAYLOAD_VOLUME_ID_SIZE)",
    ),
    Rule(
        _VM,
        "payloads.*.volume_id",
        NAME_I18N,
        "VmPayload.volumeId @ValidI18NName",
        bad="my payload",
        good="config-2",
    ),
    Rule(
        _VM,
        "payloads.*.type",
        OneOf(("cdrom", "floppy")),
        "VmCommand.checkPayload",
        bad="usb",
    ),
    Rule(
        _VM,
        "domain.name",
        Required(),
        "BackendVmResource.validateParameters",
        operations=UPDATE,
        bad={"domain.id": "1"},
        good="example.com",
    ),
    Rule(
        _VM,
        "placement_policy.hosts.*.id",
        Required(("placement_policy.hosts.*.name",)),
        "BackendVmsResource.validateAndUpdateHostsInPlacementPolicy",
        bad={"placement_policy.hosts": [{"address": "192.0.2.7"}]},
        good={"placement_policy.hosts": [{"name": "host1"}]},
    ),
    *(
        Rule(
            _VM,
            f"initialization.nic_configurations.*.{ip}.address",
            Required(),
            "VmInitToOpenStackMetadataAdapter.validate, by way of CloudInitHandler.validate",
            when=(
                IsNot("initialization.cloud_init_network_protocol", "eni"),
                Is(f"initialization.nic_configurations.*.{protocol}", "static"),
            ),
            bad={
                "initialization.nic_configurations": [{protocol: "static", ip: {"netmask": "24"}}]
            },
            good={"initialization.nic_configurations": [{protocol: "static", ip: {"address": a}}]},
        )
        for ip, protocol, a in (
            ("ip", "boot_protocol", "192.0.2.7"),
            ("ipv6", "ipv6_boot_protocol", "2001:db8::7"),
        )
    ),
    Rule(
        _VM,
        "initialization.nic_configurations.*.ipv6_boot_protocol",
        NoneOf(("autoconf", "poly_dhcp_autoconf")),
        "VmInitToOpenStackMetadataAdapter.isAutoConfIPv6",
        when=(IsNot("initialization.cloud_init_network_protocol", "eni"),),
        bad={"initialization.nic_configurations": [{"ipv6_boot_protocol": "autoconf"}]},
        good={"initialization.nic_configurations": [{"ipv6_boot_protocol": "dhcp"}]},
    ),
    Rule(
        ("Template",),
        "version.base_template",
        Required(),
        "BackendTemplatesResource.addFromVm, addFromVmSnapshot: validateParameters(getVersion())",
        operations=ADD,
        bad={"version.version_name": "v2"},
        good={"version.base_template": {"id": "1"}},
    ),
    Rule(
        ("Cdrom",),
        "file.id",
        Pattern(
            r"|.+\.iso"
            r"|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
            "the name of a file that ends in .iso, the id of a disk, or '' for none",
            re.IGNORECASE,
        ),
        "VmBase.isoPath @Pattern(ISO_SUFFIX_PATTERN | GUID)",
        operations=ADD,
        bad="fedora.img",
        good="Fedora-40.ISO",
    ),
)

_POOLS = (
    Rule(
        ("VmPool",),
        "name",
        Length(255, 1),
        "VmPool.name @Size(min=1, max=BusinessEntitiesDefinitions.VM_POOL_NAME_SIZE)",
    ),
    Rule(
        ("VmPool",),
        "name",
        Characters(also="_-.?", empty=False),
        "VmPool.name @Pattern(ValidationUtils.POOL_NAME_PATTERN)",
        bad="my pool",
        good="pool-???-a",
    ),
    Rule(
        ("VmPool",),
        "name",
        Pattern(
            r"[^?]+\?*[^?]*|[^?]*\?*[^?]+",
            "a name with one run of question marks at most, and something beside it",
        ),
        "VmPool.name @Pattern(ValidationUtils.POOL_NAME_PATTERN)",
        message=(
            "The given name of the pool is not valid. It may contain one run of '?', for the"
            " number of the virtual machine, beside other characters."
        ),
        bad="pool?a?",
        good="pool-??",
    ),
    Rule(
        ("VmPool",),
        "description",
        Length(4000),
        "VmPool.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        ("VmPool",),
        "description",
        Length(255),
        "VmPoolMapper sets it as the description of the VmStatic: VmBase.description"
        " @Size(max=VM_DESCRIPTION_SIZE)",
        operations=ADD,
    ),
    Rule(
        ("VmPool",),
        "description",
        TEXT_I18N,
        "VmPoolMapper sets it as the description of the VmStatic: VmBase.description"
        " @ValidDescription",
        operations=ADD,
        bad="50 \u20ac",
        good="for the class rooms",
    ),
    Rule(
        ("VmPool",),
        "instance_type.id",
        Required(("instance_type.name",)),
        "BackendVmPoolsResource.loadInstanceType",
        operations=ADD,
        bad={"instance_type.description": "large"},
        good={"instance_type.name": "large"},
    ),
    Rule(
        ("VmPool",),
        "max_user_vms",
        Range(1, 32767),
        "VmPool.maxAssignedVmsPerUser @Min(1) @Max(Short.MAX_VALUE)",
    ),
    Rule(
        ("VmPool",),
        "size",
        Range(1),
        "CommonVmPoolCommand.validate: VM_POOL_CANNOT_CREATE_WITH_NO_VMS",
        operations=ADD,
    ),
    Rule(
        ("VmPool",),
        "display.proxy",
        URI,
        "VmPool.spiceProxy @ValidUri",
        bad="http://proxy example:8080",
        good="http://proxy.example.com:8080",
    ),
    Rule(
        ("VmPool",),
        "display.proxy",
        Length(255),
        "VmPool.spiceProxy @Size(max=SPICE_PROXY_ADDR_SIZE)",
    ),
    Rule(
        ("VmPool",),
        "template.id",
        NoneOf(("00000000-0000-0000-0000-000000000000",)),
        "AddVmPoolCommand.validate: VM_POOL_CANNOT_CREATE_FROM_BLANK_TEMPLATE",
        operations=ADD,
        message="A pool cannot be created from the blank template.",
        bad="00000000-0000-0000-0000-000000000000",
        good="5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c11",
    ),
)

_SNAPSHOTS = (
    Rule(
        ("Snapshot",),
        "description",
        Length(4000, 1),
        "CreateSnapshotForVmParameters.description @NotEmpty @Size(max=GENERAL_MAX_SIZE)",
        operations=ADD,
    ),
    Rule(
        ("Snapshot",),
        "description",
        TEXT_I18N,
        "CreateSnapshotForVmParameters.description @ValidDescription",
        operations=ADD,
        bad="before \u2192 after",
        good="before the upgrade",
    ),
)

_NUMA = (
    Rule(
        ("VirtualNumaNode",),
        "index",
        Range(0),
        "NumaValidator.checkVmNumaIndexContinuity: the indexes are 0 to the number of nodes - 1",
    ),
    Rule(
        ("VirtualNumaNode",),
        "cpu.cores.*.index",
        Range(0),
        "NumaValidator.checkVmNumaCpuAssignment: VM_NUMA_NODE_INVALID_CPU_ID",
    ),
    Rule(
        ("VirtualNumaNode",),
        "cpu.cores",
        Unique("index"),
        "NumaValidator.checkVmNumaCpuAssignment: VM_NUMA_NODE_DUPLICATE_CPU_IDS",
        bad=[{"index": 1}, {"index": 1}],
        good=[{"index": 0}, {"index": 1}],
    ),
)

RULES = (
    *_DEFAULTS,
    *_NAMES,
    *_BASE,
    *_TEMPLATE_BASE,
    *_MEMORY,
    *_SMALLEST_TOPOLOGY,
    *_CUSTOM_PROPERTIES,
    *_ICONS,
    *_HARDWARE,
    *_POOLS,
    *_POOL_VM,
    *_SNAPSHOTS,
    *_NUMA,
)
