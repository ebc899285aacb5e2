"""What the version of an engine means, and what is said of attributes that it does not know."""

from __future__ import annotations

import asyncio
import json
import re
import warnings
from typing import Any

import pytest

from rhev import ResponseError, schema
from rhev.operations.versions import EngineVersion, NewerThanEngine, version_of
from tests.operations.scripted import ENTRY, PATH, Scripted, async_connected, connected

VM = {"id": "1", "name": "web", "href": f"{PATH}/vms/1", "status": "down"}


def engine(full: str) -> dict[str, Any]:
    """The entry point of an engine of a version."""
    major, minor, build = full.partition("-")[0].split(".")[:3]
    version = {"full_version": full, "major": major, "minor": minor, "build": build}
    return {**ENTRY, "product_info": {"name": "oVirt Engine", "version": version}}


@pytest.mark.parametrize(
    ("full", "model"),
    [
        ("4.4.9.5-1.el8", None),
        ("4.4.10.7-1.el8", (4, 4, 35)),
        ("4.5.0.8-1.el8", (4, 5, 7)),
        ("4.5.1.2-1.el8", (4, 5, 7)),
        ("4.5.2.5-1.el8", (4, 5, 10)),
        ("4.5.3.2-1.el8", (4, 5, 12)),
        ("4.5.4-1.el8", (4, 6, 0)),
        ("4.5.6-1.el9", (4, 6, 0)),
        ("4.5.7-1.el9", (4, 6, 1)),
        ("4.6.0", (4, 6, 1)),
    ],
)
def test_the_model_of_an_engine(full: str, model: object) -> None:
    version = connected(Scripted({"GET ": engine(full)})).version()
    assert str(version) == full
    assert version.model == model


@pytest.mark.parametrize(
    ("full", "since", "known"),
    [
        ("4.5.7", "4.6.1", True),
        ("4.5.6", "4.6.1", False),
        ("4.5.4", "4.6.0", True),
        ("4.5.3", "4.6.0", False),
        ("4.5.0", "4.5", True),
        ("4.4.10", "4.5", False),
        ("4.4.7", "4.4.8", False),
        ("4.4.8", "4.4.8", True),
    ],
)
def test_what_an_engine_knows(full: str, since: str, known: bool) -> None:
    number = tuple(map(int, full.split(".")))
    assert EngineVersion(full, number).knows(since) == known  # type: ignore[arg-type]


def test_the_version_may_be_told_in_one_way_or_another() -> None:
    told = schema.API(
        product_info=schema.ProductInfo(version=schema.Version(full_version="4.5.7-1.el9"))
    )
    assert version_of(told) == EngineVersion("4.5.7-1.el9", (4, 5, 7))
    told = schema.API(product_info=schema.ProductInfo(version=schema.Version(major=4, minor=5)))
    assert version_of(told) == EngineVersion("4.5.0", (4, 5, 0))
    with pytest.raises(ResponseError, match="tells no version"):
        version_of(schema.API())


def newer() -> schema.VM:
    return schema.VM(
        name="web",
        cluster=schema.Cluster(name="Default"),
        template=schema.Template(name="Blank"),
        display=schema.Display(video_type=schema.VideoType.VGA),
        cpu=schema.CPU(architecture=schema.Architecture.LOONGARCH64),
    )


SAID = {
    r"VM\.display\.video_type is known to engines since 4\.6\.1, and this one is 4\.5\.3",
    r"VM\.cpu\.architecture=loongarch64 is known to engines since 4\.6\.0",
}


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_what_an_engine_is_too_old_to_know_is_told_before_it_is_sent(wire: Any) -> None:
    script = Scripted({"GET ": engine("4.5.3"), "POST /vms": VM})
    with pytest.warns(NewerThanEngine) as caught:
        connected(script, format=wire).create(newer())
    assert {warning.filename for warning in caught} == {__file__}
    for said in SAID:
        assert any(re.search(said, str(warning.message)) for warning in caught)
    assert len(caught) == len(SAID)


def test_the_same_awaited() -> None:
    script = Scripted({"GET ": engine("4.5.3"), "POST /vms": VM})

    async def program() -> None:
        await async_connected(script).create(newer())

    with pytest.warns(NewerThanEngine) as caught:
        asyncio.run(program())
    assert {warning.filename for warning in caught} == {__file__}


def test_an_update_and_an_action_are_looked_at_too() -> None:
    script = Scripted(
        {
            "GET ": engine("4.5.3"),
            "GET /vms/1": {
                **VM,
                "actions": {"link": [{"rel": "start", "href": f"{PATH}/vms/1/start"}]},
            },
            "PUT /vms/1": VM,
            "POST /vms/1/start": {"status": "complete"},
        }
    )
    vm = connected(script).get(schema.VM, "1")
    with pytest.warns(NewerThanEngine, match="video_type"):
        vm.start(vm=schema.VM(display=schema.Display(video_type=schema.VideoType.VGA)))
    vm.display = schema.Display(video_type=schema.VideoType.VGA)
    with pytest.warns(NewerThanEngine, match="video_type"):
        vm.update()
    assert json.loads(script.requests[-1].content) == {"display": {"video_type": "vga"}}


@pytest.mark.parametrize("full", ["4.5.7-1.el9", "4.5.8-1.el9"])
def test_an_engine_that_knows_everything_is_sent_it_without_a_word(full: str) -> None:
    script = Scripted({"GET ": engine(full), "POST /vms": VM})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        connected(script).create(newer())


def test_nothing_is_said_where_the_version_is_not_known() -> None:
    script = Scripted({"POST /vms": VM})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        connected(script).create(newer())
