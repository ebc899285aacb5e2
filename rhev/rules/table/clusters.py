"""Rules for data centers, clusters, hosts, QoS, quotas and what is in them."""

from __future__ import annotations

from rhev.rules.kinds import NoneOf, NotAbove, NotBelow, Range, Required
from rhev.rules.rule import ADD, Above, Condition, Given, Is, IsNot, Rule
from rhev.rules.table.patterns import NAME, NAME_I18N, NAME_WITH_DOT, TEXT_ASCII, TEXT_I18N, URI
from rhev.rules.texts import HostName, Length

_CENTER = ("DataCenter",)
_CLUSTER = ("Cluster",)
_HOST = ("Host",)
_AGENT = ("Agent",)
_QOS = ("Qos",)
_QUOTA = ("Quota",)

_CENTERS = (
    Rule(
        _CENTER,
        "name",
        Length(40, 1),
        "StoragePool.name @Size(min=1, max=BusinessEntitiesDefinitions.DATACENTER_NAME_SIZE)",
    ),
    Rule(
        _CENTER,
        "name",
        NAME,
        "StoragePool.name @ValidName (ValidationUtils.NO_SPECIAL_CHARACTERS)",
        bad="my.center",
        good="my_center-1",
    ),
    Rule(
        _CENTER,
        "description",
        Length(4000),
        "StoragePool.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        _CENTER,
        "description",
        TEXT_ASCII,
        "StoragePool.description @Pattern(ValidationUtils.ONLY_ASCII_OR_NONE)",
        bad="Zürich",
        good="Zurich",
    ),
)

_CLUSTERS = (
    Rule(
        _CLUSTER,
        "name",
        Length(40, 1),
        "Cluster.name @Size(min=1, max=BusinessEntitiesDefinitions.CLUSTER_NAME_SIZE)",
    ),
    Rule(
        _CLUSTER,
        "name",
        NAME_I18N,
        "Cluster.name @ValidI18NName (ValidationUtils.NO_SPECIAL_CHARACTERS_I18N)",
        bad="my cluster",
        good="my-cluster.1",
    ),
    Rule(
        _CLUSTER,
        "description",
        Length(4000),
        "Cluster.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        _CLUSTER,
        "cpu.type",
        Length(255),
        "Cluster.cpuName @Size(max=CLUSTER_CPU_NAME_SIZE)",
    ),
    Rule(
        _CLUSTER,
        "display.proxy",
        URI,
        "Cluster.spiceProxy @ValidUri",
        bad="http://proxy example:8080",
        good="http://proxy.example.com:8080",
    ),
    Rule(
        _CLUSTER,
        "display.proxy",
        Length(255),
        "Cluster.spiceProxy @Size(max=SPICE_PROXY_ADDR_SIZE)",
    ),
    Rule(
        _CLUSTER,
        "serial_number.value",
        Length(255),
        "Cluster.customSerialNumber @Size(max=VM_SERIAL_NUMBER_SIZE)",
    ),
    Rule(
        _CLUSTER,
        "serial_number.value",
        Required(),
        "Cluster @ValidSerialNumberPolicy (SerialNumberPolicyValidator.isValid)",
        when=(Is("serial_number.policy", "custom"),),
        operations=ADD,
        good="S-0001",
    ),
    Rule(
        _CLUSTER,
        "serial_number.value",
        Length(255, 1),
        "SerialNumberPolicyValidator.isValid; SerialNumberMapper takes '' as no value",
        when=(Is("serial_number.policy", "custom"),),
        bad="",
    ),
    Rule(
        _CLUSTER,
        "migration.bandwidth.custom_value",
        Range(1, unit="Mbit/s"),
        "Cluster.customMigrationNetworkBandwidth @Min(1)",
        when=(Is("migration.bandwidth.assignment_method", "custom"),),
    ),
    Rule(
        _CLUSTER,
        "migration.custom_parallel_migrations",
        Range(2, 255),
        "ClusterValidator.parallelMigrationsInRange; VmValidator.isParallelMigrationsValid",
        when=(Is("migration.parallel_migrations_policy", "custom"),),
    ),
    Rule(
        _CLUSTER,
        "migration.custom_parallel_migrations",
        Required(),
        "MigrationOptionsMapper.copyMigrationOptions: the policy custom without a number",
        when=(Is("migration.parallel_migrations_policy", "custom"),),
        good=4,
    ),
    Rule(
        _CLUSTER,
        "migration.parallel_migrations_policy",
        NoneOf(("inherit",)),
        "ClusterValidator.parallelMigrationsNonDefault",
        message="A cluster has nothing to inherit the policy of parallel migrations from.",
        bad="inherit",
        good="disabled",
    ),
    Rule(
        _CLUSTER,
        "memory_policy.over_commit.percent",
        Range(maximum=100, unit="percent"),
        "ClusterValidator.memoryOptimizationConfiguration",
        when=(Is("ksm.enabled", False), Is("ballooning_enabled", False)),
        message="To allow memory optimization a cluster must have KSM or ballooning enabled.",
    ),
    Rule(
        _CLUSTER,
        "virt_service",
        NoneOf((False,)),
        "ClusterValidator.clusterServiceDefined",
        when=(Is("gluster_service", False),),
        message="At least one of virt_service and gluster_service must be enabled.",
        bad=False,
        good=True,
    ),
    Rule(
        _CLUSTER,
        "management_network.id",
        Required(("management_network.name",)),
        "ManagementNetworkFinder: validateParameters(managementNetwork, id|name)",
        operations=ADD,
        bad={"management_network.description": "x"},
        good={"management_network.name": "ovirtmgmt"},
    ),
    Rule(
        _CLUSTER,
        "external_network_providers.*.id",
        Required(("external_network_providers.*.name",)),
        "BackendExternalProviderHelper.completeProviderId",
        bad={"external_network_providers": [{"description": "x"}]},
        good={"external_network_providers": [{"name": "ovn"}]},
    ),
)

_HOSTS = (
    Rule(
        _HOST,
        "name",
        Length(255, 1),
        "VdsStatic.name @Size(min=1, max=BusinessEntitiesDefinitions.HOST_NAME_SIZE)",
    ),
    Rule(
        _HOST,
        "name",
        NAME_WITH_DOT,
        "VdsStatic.name @ValidNameWithDot (ValidationUtils.NO_SPECIAL_CHARACTERS_WITH_DOT)",
        bad="my host",
        good="host-1.example.com",
    ),
    Rule(
        _HOST,
        "root_password",
        Required(("ssh.user.password",)),
        "HostValidator.passwordNotEmpty; HostMapper.map to VdsOperationActionParameters",
        when=(IsNot("ssh.authentication_method", "publickey"),),
        operations=ADD,
        message="A host needs a password, or else the engine's public key in it and"
        " ssh.authentication_method 'publickey'.",
        good="secret",
        services=("HostsService",),
    ),
    Rule(
        _HOST,
        "address",
        HostName(),
        "VdsStatic.hostName @HostnameOrIp; HostValidator.hostNameIsValid",
    ),
    Rule(
        _HOST,
        "address",
        Length(255),
        "VdsStatic.hostName @Size(max=HOST_HOSTNAME_SIZE)",
    ),
    Rule(
        _HOST,
        "display.address",
        HostName(),
        "VdsStatic.consoleAddress @HostnameOrIp; HostMapper takes '' as none",
        when=(IsNot("display.address", ""),),
    ),
    Rule(
        _HOST,
        "display.address",
        Length(255),
        "VdsStatic.consoleAddress @Size(max=CONSOLE_ADDRESS_SIZE)",
    ),
    Rule(
        _HOST,
        "port",
        Range(maximum=65535),
        "VdsStatic.port @Range(NETWORK_MIN_LEGAL_PORT, NETWORK_MAX_LEGAL_PORT); HostMapper takes"
        " what is below 1 as the default",
    ),
    Rule(
        _HOST,
        "ssh.port",
        Range(maximum=65535),
        "VdsStatic.sshPort @Range(NETWORK_MIN_LEGAL_PORT, NETWORK_MAX_LEGAL_PORT); HostMapper"
        " ignores what is below 1",
    ),
    Rule(
        _HOST,
        "ssh.user.user_name",
        Length(255, 1),
        "VdsStatic.sshUsername @Size(min=1, max=HOST_NAME_SIZE)",
    ),
    Rule(
        _HOST,
        "ssh.user.user_name",
        NAME_WITH_DOT,
        "VdsStatic.sshUsername @ValidNameWithDot",
        bad="root@host",
        good="root",
    ),
    Rule(
        _HOST,
        "ssh.fingerprint",
        Length(128),
        "VdsStatic.sshKeyFingerprint @Size(max=SSH_KEY_FINGERPRINT_SIZE)",
    ),
    Rule(
        _HOST,
        "ssh.public_key",
        Length(8192),
        "VdsStatic.sshPublicKey @Size(max=SSH_PUBLIC_KEY_SIZE)",
    ),
    Rule(
        _HOST,
        "spm.priority",
        Range(-1, 10),
        "VdsStatic.vdsSpmPriority @Min(HOST_MIN_SPM_PRIORITY) @Max(HOST_MAX_SPM_PRIORITY)",
    ),
    Rule(
        _HOST,
        "external_network_provider_configurations.*.external_network_provider.id",
        Required(("external_network_provider_configurations.*.external_network_provider.name",)),
        "BackendExternalProviderHelper.completeExternalNetworkProviderConfigurations",
        operations=ADD,
        bad={
            "external_network_provider_configurations": [
                {"external_network_provider": {"description": "x"}}
            ]
        },
        good={
            "external_network_provider_configurations": [
                {"external_network_provider": {"name": "ovn"}}
            ]
        },
    ),
    *(
        Rule(_AGENT, path, Length(size), source)
        for path, size, source in (
            ("address", 255, "FenceAgent.ip @Size(max=HOST_IP_SIZE)"),
            ("type", 20, "FenceAgent.type @Size(max=HOST_PM_TYPE_SIZE)"),
            ("username", 50, "FenceAgent.user @Size(max=HOST_PM_USER_SIZE)"),
            ("password", 50, "FenceAgent.password @Size(max=HOST_PM_PASSWD_SIZE)"),
        )
    ),
    Rule(
        _AGENT,
        "port",
        Range(1, 65535),
        "FenceAgent.port @Range(NETWORK_MIN_LEGAL_PORT, NETWORK_MAX_LEGAL_PORT)",
    ),
)


def _of_type(name: str) -> tuple[Condition, ...]:
    return (Is("type", name),)


_QUALITY = (
    Rule(
        _QOS,
        "name",
        Length(255, 1),
        "QosBase.name @Size(min=1, max=GENERAL_NAME_SIZE)",
    ),
    Rule(
        _QOS,
        "name",
        NAME_I18N,
        "QosBase.name @ValidI18NName",
        bad="gold class",
        good="gold-class",
    ),
    Rule(
        _QOS,
        "description",
        Length(4000),
        "QosBase.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        _QOS,
        "cpu_limit",
        Range(1, 100, "percent"),
        "CpuQos.cpuLimit @ConfiguredRange(min=1, max=MaxCpuLimitQosValue), 100 and not offered by"
        " engine-config",
    ),
    Rule(
        _QOS,
        "cpu_limit",
        Required(),
        "CpuQosValidator.requiredValuesPresent",
        when=_of_type("cpu"),
        operations=ADD,
        good=50,
    ),
    *(
        Rule(_QOS, name, Range(0, unit=unit), f"StorageQos.{field} @ConfiguredRange(min=0)")
        for name, field, unit in (
            ("max_throughput", "maxThroughput", "MB/s"),
            ("max_read_throughput", "maxReadThroughput", "MB/s"),
            ("max_write_throughput", "maxWriteThroughput", "MB/s"),
            ("max_iops", "maxIops", ""),
            ("max_read_iops", "maxReadIops", ""),
            ("max_write_iops", "maxWriteIops", ""),
        )
    ),
    *(
        Rule(
            _QOS,
            f"max_{way}_{what}",
            Range(maximum=0),
            "StorageQosValidator.requiredValuesPresent: a total excludes one for reads or writes",
            when=(*_of_type("storage"), Above(f"max_{what}", 0)),
            operations=ADD,
            message=f"A limit of max_{what} excludes one for reads or writes alone.",
        )
        for what in ("throughput", "iops")
        for way in ("read", "write")
    ),
    *(
        Rule(
            _QOS,
            f"{way}_{what}",
            Range(0),
            f"NetworkQoS.{way}{what.title()} @ConfiguredRange(min=0)",
        )
        for way in ("inbound", "outbound")
        for what in ("average", "peak", "burst")
    ),
    *(
        Rule(
            _QOS,
            f"{way}_{what}",
            Required(),
            "NetworkQosValidator.requiredValuesPresent: average, peak and burst go together",
            when=(*_of_type("network"), Given(f"{way}_{other}", 10)),
            operations=ADD,
            good=10,
        )
        for way in ("inbound", "outbound")
        for what, other in (
            ("average", "peak"),
            ("average", "burst"),
            ("peak", "average"),
            ("burst", "average"),
        )
    ),
    *(
        Rule(
            _QOS,
            f"{way}_peak",
            NotBelow(f"{way}_average"),
            "NetworkQosValidator.peakConsistentWithAverage",
            bad={f"{way}_average": 20, f"{way}_peak": 10},
            good={f"{way}_average": 20, f"{way}_peak": 20},
        )
        for way in ("inbound", "outbound")
    ),
    *(
        Rule(_QOS, name, Range(1), f"HostNetworkQosProperties.{field} @ConfiguredRange(min=1)")
        for name, field in (
            ("outbound_average_linkshare", "outAverageLinkshare"),
            ("outbound_average_upperlimit", "outAverageUpperlimit"),
            ("outbound_average_realtime", "outAverageRealtime"),
        )
    ),
    Rule(
        _QOS,
        "outbound_average_linkshare",
        Required(),
        "HostNetworkQosValidator.requiredValuesPresent",
        when=_of_type("hostnetwork"),
        operations=ADD,
        good=50,
    ),
    Rule(
        _QOS,
        "outbound_average_realtime",
        NotAbove("outbound_average_upperlimit"),
        "HostNetworkQosValidator.valuesConsistent",
        bad={"outbound_average_upperlimit": 10, "outbound_average_realtime": 20},
        good={"outbound_average_upperlimit": 20, "outbound_average_realtime": 20},
    ),
)

_QUOTAS = (
    Rule(
        _QUOTA,
        "name",
        Length(65, 1),
        "Quota.quotaName @Size(min=1, max=BusinessEntitiesDefinitions.QUOTA_NAME_SIZE)",
    ),
    Rule(
        _QUOTA,
        "name",
        NAME,
        "Quota.quotaName @ValidName",
        bad="my quota",
        good="my-quota",
    ),
    Rule(
        _QUOTA,
        "description",
        Length(250),
        "Quota.description @Size(max=QUOTA_DESCRIPTION_SIZE)",
    ),
    *(
        Rule(_QUOTA, name, Range(0, 100, "percent"), f"Quota.{field} @Min(0) @Max(100)")
        for name, field in (
            ("cluster_soft_limit_pct", "thresholdClusterPercentage"),
            ("cluster_hard_limit_pct", "graceClusterPercentage"),
            ("storage_soft_limit_pct", "thresholdStoragePercentage"),
            ("storage_hard_limit_pct", "graceStoragePercentage"),
        )
    ),
    Rule(
        ("IscsiBond",),
        "name",
        Length(50, 1),
        "IscsiBond.name @Size(min=1, max=50)",
    ),
    Rule(
        ("IscsiBond",),
        "name",
        NAME_I18N,
        "IscsiBond.name @ValidI18NName",
        bad="my bond",
        good="my-bond",
    ),
    Rule(
        ("IscsiBond",),
        "description",
        Length(4000),
        "IscsiBond.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        ("IscsiBond",),
        "description",
        TEXT_I18N,
        "IscsiBond.description @ValidDescription",
        bad="50 \u20ac",
        good="both paths",
    ),
    Rule(
        ("AffinityGroup",),
        "name",
        Length(255, 1),
        "AffinityGroup.name @Size(min=1, max=GENERAL_NAME_SIZE)",
    ),
    Rule(
        ("AffinityGroup",),
        "name",
        NAME_I18N,
        "AffinityGroup.name @ValidI18NName",
        bad="keep apart",
        good="keep-apart",
    ),
    Rule(
        ("AffinityGroup",),
        "description",
        Length(4000),
        "AffinityGroup.description @Size(max=GENERAL_MAX_SIZE)",
    ),
)

RULES = (*_CENTERS, *_CLUSTERS, *_HOSTS, *_QUALITY, *_QUOTAS)
