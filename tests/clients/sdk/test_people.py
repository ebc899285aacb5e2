"""Who may do what, and what belongs together: users, permissions, tags, affinity."""

from __future__ import annotations

import base64

from tests.clients.sdk.site import Site, types, unique

INTERNAL = types.Domain(name="internal-authz")


def test_users_and_their_permissions(site: Site) -> None:
    users = site.system.users_service()
    user = users.add(types.User(user_name="bob@internal-authz", domain=INTERNAL))
    assert user.principal == "bob"
    permissions = site.system.permissions_service()
    everywhere = permissions.add(
        types.Permission(role=types.Role(name="SuperUser"), user=types.User(id=user.id))
    )
    assert site.connection.follow_link(everywhere.role).name == "SuperUser"
    service = site.machine()
    of_vm = service.permissions_service()
    added = of_vm.add(
        types.Permission(role=types.Role(name="UserRole"), user=types.User(id=user.id))
    )
    mine = {site.connection.follow_link(each.role).name for each in of_vm.list()}
    assert "UserRole" in mine
    of_vm.permission_service(added.id).remove()
    assert added.id not in {each.id for each in of_vm.list()}
    users.user_service(user.id).remove()
    assert users.list(search="usrname=bob*") == []


def test_groups(site: Site) -> None:
    groups = site.system.groups_service()
    group = groups.add(types.Group(name=unique("group"), domain=INTERNAL))
    assert site.connection.follow_link(group.domain).name == "internal-authz"
    groups.group_service(group.id).remove()
    assert group.id not in {each.id for each in groups.list()}


def test_roles_and_permits(site: Site) -> None:
    roles = site.system.roles_service()
    levels = site.system.cluster_levels_service().list()
    permits = {permit.name: permit for level in levels for permit in level.permits}
    wanted = [types.Permit(id=permits[name].id) for name in ("create_vm", "run_vm")]
    added = roles.add(types.Role(name=unique("role"), administrative=False, permits=wanted))
    role = roles.role_service(added.id)
    held = {permit.name for permit in role.permits_service().list()}
    assert {"create_vm", "run_vm"} <= held
    role.remove()
    assert added.id not in {each.id for each in roles.list()}


def test_affinity_groups(site: Site) -> None:
    groups = site.cluster().affinity_groups_service()
    rule = types.AffinityRule(enabled=True, positive=True, enforcing=True)
    added = groups.add(types.AffinityGroup(name=unique("group"), vms_rule=rule))
    group = groups.group_service(added.id)
    vm = site.machine().get()
    group.vms_service().add(types.Vm(id=vm.id))
    assert [each.id for each in group.vms_service().list()] == [vm.id]
    assert group.get().vms_rule.enforcing
    group.vms_service().vm_service(vm.id).remove()
    assert group.vms_service().list() == []
    group.remove()
    assert added.id not in {each.id for each in groups.list()}


def test_affinity_labels(site: Site) -> None:
    labels = site.system.affinity_labels_service()
    label = labels.add(types.AffinityLabel(name=unique("label")))
    of_vm = site.machine().affinity_labels_service()
    of_vm.add(types.AffinityLabel(id=label.id))
    assert [each.name for each in of_vm.list()] == [label.name]
    of_vm.label_service(label.id).remove()
    assert of_vm.list() == []
    labels.label_service(label.id).remove()
    assert label.id not in {each.id for each in labels.list()}


def test_tags(site: Site) -> None:
    tags = site.system.tags_service()
    tag = tags.add(types.Tag(name=unique("tag"), description="d"))
    service = site.machine()
    of_vm = service.tags_service()
    of_vm.add(types.Tag(name=tag.name))
    assert [each.name for each in of_vm.list()] == [tag.name]
    found = site.vms.list(search=f"tag={tag.name}")
    assert [vm.id for vm in found] == [service.get().id]
    of_vm.tag_service(tag.id).remove()
    assert of_vm.list() == []
    tags.tag_service(tag.id).remove()
    assert tag.id not in {each.id for each in tags.list()}


def test_tags_in_a_tree(site: Site) -> None:
    tags = site.system.tags_service()
    above = tags.add(types.Tag(name=unique("above")))
    below = tags.add(types.Tag(name=unique("below"), parent=types.Tag(id=above.id)))
    assert site.connection.follow_link(below.parent).name == above.name


def test_bookmarks(site: Site) -> None:
    bookmarks = site.system.bookmarks_service()
    added = bookmarks.add(types.Bookmark(name=unique("bookmark"), value="Vms: status=up"))
    bookmark = bookmarks.bookmark_service(added.id)
    assert bookmark.update(types.Bookmark(value="Hosts:")).value == "Hosts:"
    bookmark.remove()
    assert added.id not in {each.id for each in bookmarks.list()}


def test_ssh_keys(site: Site) -> None:
    users = site.system.users_service()
    (admin, *_) = users.list(search="usrname=admin*")
    keys = users.user_service(admin.id).ssh_public_keys_service()
    kind = b"ssh-ed25519"
    parts = b"".join(len(part).to_bytes(4, "big") + part for part in (kind, bytes(32)))
    content = f"{kind.decode()} {base64.b64encode(parts).decode()} me@example.com"
    added = keys.add(types.SshPublicKey(content=content))
    assert [key.content for key in keys.list()] == [content]
    keys.key_service(added.id).remove()
    assert keys.list() == []
