"""Resources that are also another: the engine keeps an instance type as a template."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from rhev.simulator.state.store import NIL, Record, reference
from rhev.simulator.state.values import held, merge, put

if TYPE_CHECKING:
    from rhev.simulator.state.store import Store


def as_template(store: Store, id_: str) -> Record | None:
    """The template that an instance type is, which no list of templates has; None for no such."""
    instance_type, blank = store.find("InstanceType", id_), store.find("Template", NIL)
    if instance_type is None or blank is None:
        return None
    model = deepcopy(blank.model)
    merge(model, instance_type.model)
    record = store.record_of("Template", None, "templates", model)
    put(model, large_icon=None, small_icon=None, origin="rhev")
    put(model, version={"version_number": "0"})
    put(held(model, "version"), base_template=reference(record))
    return record
