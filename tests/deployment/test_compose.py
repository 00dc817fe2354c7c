"""The services together: a compose file by the specification, with nothing left open."""

import json
import re
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
import yaml

ROOT: Final = Path(__file__).parents[2]
SPEC: Final = Path(__file__).parent / "vendor" / "compose-spec-2.16.2" / "compose-spec.json"
TEXT: Final = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSED: Final[dict[str, Any]] = yaml.safe_load(TEXT)
SERVICES: Final[dict[str, dict[str, Any]]] = COMPOSED["services"]


def test_it_is_by_the_specification() -> None:
    specification = json.loads(SPEC.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(specification)
    assert [error.message for error in validator.iter_errors(COMPOSED)] == []
    wrong = COMPOSED | {"services": {"app": {"prots": ["5000"]}}}
    assert not validator.is_valid(wrong), "the specification refuses nothing"


def test_only_the_app_is_published_and_only_here() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(published) == {"app"}
    assert all(port.startswith("127.0.0.1:") for port in published["app"])
    assert COMPOSED["networks"]["back"]["internal"] is True
    assert SERVICES["neo4j"]["networks"] == ["back"]


def test_every_secret_comes_from_the_environment_and_must_be_there() -> None:
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if re.search("KEY|AUTH|STORE", name):
                assert re.search(r"\$\{NETWERK_\w+:\?", value), name


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_tells_its_health_and_can_do_no_more_than_it_must(name: str) -> None:
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert "no-new-privileges:true" in service["security_opt"]
    assert re.fullmatch(r"[a-z0-9]+:\d[\w.-]+", service["image"]), "an image without a version"
    assert "privileged" not in service
    assert service.get("network_mode") != "host"


def test_what_must_stay_is_on_named_volumes() -> None:
    for service in SERVICES.values():
        for volume in service["volumes"]:
            assert volume.split(":")[0] in COMPOSED["volumes"], "a folder of the machine"


def test_the_app_waits_until_neo4j_is_well() -> None:
    assert SERVICES["app"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert SERVICES["neo4j"]["image"].startswith("neo4j:5.26")


def test_the_image_runs_as_nobody_special_on_pinned_parts() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    last = max(number for number, line in enumerate(lines) if line.startswith("FROM"))
    assert any(line == "USER netwerk" for line in lines[last:])
    assert any("--require-hashes" in line for line in lines)
    assert not any(line.startswith("ADD") for line in lines)
    assert any(line.startswith("HEALTHCHECK") for line in lines[last:])
    copied = [part for line in lines if line.startswith("COPY ") for part in line.split()[1:-1]]
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for part in copied:
        if not part.startswith(("--from", "/")):
            assert (ROOT / part).exists(), part
            assert f"!{part.removeprefix('./')}" in kept, f"{part} does not reach the builder"
