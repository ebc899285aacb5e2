"""Rules for tags, users, groups, roles, labels, bookmarks, events and providers."""

from __future__ import annotations

from rhev.rules.kinds import NoneOf, Required
from rhev.rules.rule import ADD, Missing, Rule
from rhev.rules.table.patterns import NAME, NAME_I18N
from rhev.rules.texts import Length, Pattern

_TAG = ("Tag",)
_ROLE = ("Role",)
_PROVIDERS = (
    "ExternalHostProvider",
    "OpenStackImageProvider",
    "OpenStackNetworkProvider",
    "OpenStackVolumeProvider",
)

RULES = (
    Rule(
        _TAG,
        "name",
        Length(50, 1),
        "Tags.name @Size(min=1, max=BusinessEntitiesDefinitions.TAG_NAME_SIZE)",
    ),
    Rule(
        _TAG,
        "name",
        NAME_I18N,
        "Tags.name @Pattern(ValidationUtils.NO_SPECIAL_CHARACTERS_I18N)",
        bad="my tag",
        good="my-tag",
    ),
    Rule(
        _TAG,
        "description",
        Length(4000),
        "Tags.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        ("AffinityLabel",),
        "name",
        Length(50, 1),
        "Label.name @Size(min=1, max=BusinessEntitiesDefinitions.TAG_NAME_SIZE)",
    ),
    Rule(
        ("AffinityLabel",),
        "name",
        NAME_I18N,
        "Label.name @Pattern(ValidationUtils.NO_SPECIAL_CHARACTERS_I18N)",
        bad="my label",
        good="my-label",
    ),
    Rule(
        _ROLE,
        "name",
        Length(126, 1),
        "Role.name @Size(min=1, max=BusinessEntitiesDefinitions.ROLE_NAME_SIZE)",
    ),
    Rule(
        _ROLE,
        "name",
        NAME,
        "Role.name @ValidName",
        bad="my.role",
        good="MyRole_1",
    ),
    Rule(
        _ROLE,
        "description",
        Length(4000),
        "Role.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        _ROLE,
        "administrative",
        Required(),
        "AddRoleWithActionGroupsCommand.validate: ROLE_TYPE_CANNOT_BE_EMPTY; RoleMapper.map",
        operations=ADD,
        bad={},
        good=False,
    ),
    Rule(
        _ROLE,
        "permits.*.id",
        Pattern(r"[+-]?\d+", "the number of a permit"),
        "BackendRolesResource.validatePermitId: Integer.parseInt",
        operations=ADD,
        bad={"permits": [{"id": "create_vm"}]},
        good={"permits": [{"id": "1"}]},
    ),
    Rule(
        ("Bookmark",),
        "name",
        Length(40),
        "Bookmark.name @Size(max=BusinessEntitiesDefinitions.BOOKMARK_NAME_SIZE)",
    ),
    Rule(
        ("Bookmark",),
        "value",
        Length(300, 1),
        "Bookmark.value @Size(min=1, max=BusinessEntitiesDefinitions.BOOKMARK_VALUE_SIZE)",
    ),
    *(
        Rule(
            (owner,),
            path,
            Pattern(r".*@.+", "a name with its domain, as in jane@internal-authz"),
            f"{source}.add: validateParameters(domain.id|name) unless the name has a domain",
            when=(Missing("domain.id"), Missing("domain.name")),
            operations=ADD,
            message=f"{owner} [domain.id|name] required for add",
            bad="jane",
            good="jane@internal-authz",
        )
        for owner, path, source in (
            ("User", "user_name", "BackendUsersResource"),
            ("Group", "name", "BackendGroupsResource"),
        )
    ),
    Rule(
        ("SshPublicKey",),
        "content",
        Length(minimum=1),
        "UserProfileValidator.validPublicSshKey: OpenSSHUtils.arePublicKeysValid",
    ),
    Rule(
        ("Event",),
        "origin",
        NoneOf(("oVirt",)),
        "AddExternalEventCommand.validate: AuditLog.OVIRT_ORIGIN",
        operations=ADD,
        message="The origin of an external event may not be oVirt.",
        bad="ovirt",
        good="monitoring",
    ),
    Rule(
        ("Step",),
        "parent_step.id",
        Required(),
        "BackendStepsResource.add: validateParameters(parentStep.id)",
        operations=ADD,
        bad={"parent_step.description": "x"},
        good="1",
    ),
    Rule(
        _PROVIDERS,
        "name",
        NAME,
        "Provider.name @ValidName",
        bad="my provider",
        good="glance-1",
    ),
)
