"""What is deployed, as far as it can be checked without a container engine."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from bot import settings
from bot.bases import PACK
from bot.telegram import metrics
from bot.versions import Versions
from tests.telegram_server import Limits, TelegramServer

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
METRIC = re.compile(r"\bmodu_[a-z_]+")
DASHBOARD = DEPLOY / "grafana" / "dashboards" / "modu.json"


def read(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


# --- files


@pytest.mark.parametrize("path", sorted(DEPLOY.rglob("*.y*ml")), ids=lambda p: p.name)
def test_yaml_is_yaml(path: Path) -> None:
    assert yaml.safe_load(path.read_text("utf-8"))


def test_compose_file_fits_the_compose_specification() -> None:
    pytest.importorskip("check_jsonschema")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_service_is_hardened_and_mounts_what_there_is() -> None:
    for name, service in yaml.safe_load(read("compose.yaml"))["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert ":" in service["image"] or "build" in service, f"{name}: an image needs a version"
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert not source.startswith(".") or (DEPLOY / source).exists(), volume
        for port in service.get("ports", ()):
            assert name == "proxy" or port.startswith("127.0.0.1:"), f"{name} is open to the world"


def test_container_runs_as_nobody_special_and_copies_what_there_is() -> None:
    text = read("Containerfile")
    assert "USER 10001:10001" in text.split("FROM ")[-1]
    ignored = (ROOT / ".containerignore").read_text("utf-8").split()
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), source
            assert f"!{source.split('/')[0]}" in ignored, f"{source} is not sent to the build"
    assert "--require-hashes" in text
    for key in re.findall(r"\b(MODU_[A-Z_]+|DATABASE_URL)=", text):
        assert key in settings.names()


def test_example_of_the_environment_names_settings() -> None:
    names = re.findall(r"^([A-Z_]+)=", read("modu.env.example"), re.MULTILINE)
    assert {"MODU_TELEGRAM_TOKEN", "MODU_ADMINS"} <= set(names)
    others = {"MODU_DOMAIN", "LITESTREAM_URL", "LITESTREAM_ACCESS_KEY_ID", "LITESTREAM_SECRET_ACCESS_KEY"}
    assert set(names) - others <= settings.names().keys()


def test_the_proxy_passes_on_the_path_of_the_webhook_to_where_the_bot_listens() -> None:
    text = read("Caddyfile")
    assert "MODU_LISTEN=0.0.0.0:8080" in read("Containerfile")
    assert "reverse_proxy bot:8080" in text
    assert text.count("{") == text.count("}")


def known_metrics() -> set[str]:
    found = {m.name for m in metrics.REGISTRY.collect()}
    found |= {"modu_queue_length", "modu_queue_oldest_seconds", "modu_uncertain", "modu_healthy", "modu_base_info"}
    return found | {f"{name}_total" for name in found} | {f"{name}_bucket" for name in found}


def test_alerts_and_dashboard_use_metrics_that_there_are() -> None:
    rules = [rule for group in yaml.safe_load(read("alerts.yml"))["groups"] for rule in group["rules"]]
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    expressions = [rule["expr"] for rule in rules] + [t["expr"] for panel in panels for t in panel["targets"]]
    used = {name for expression in expressions for name in METRIC.findall(expression)}
    assert used <= known_metrics()
    for rule in rules:
        assert rule["labels"]["severity"] in {"page", "warn"}
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["remedy"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    for expression in expressions:
        assert expression.count("(") == expression.count(")")


# --- systemd


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with commands that there are on this machine."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        text = path.read_text("utf-8").replace("/opt/modu/bin/modu", "/bin/true")
        (tmp_path / path.name).write_text(text.replace("/etc/modu/modu.env", "/dev/null"), "utf-8")
    return tmp_path


@pytest.mark.parametrize("unit", ["modu.service", "modu-backup.service", "modu-backup.timer"])
def test_unit_is_verified(units: Path, unit: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", units / unit], capture_output=True, text=True, check=False
    )
    assert not [line for line in done.stderr.splitlines() if "modu" in line], done.stderr
    assert done.returncode == 0, done.stderr


def test_service_exposes_little(units: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", units / "modu.service"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-600:] + done.stderr


# --- the start command


def test_first_start_gets_a_copy_of_the_bundled_pack(tmp_path: Path) -> None:
    for text in (read("modu.service"), read("Containerfile")):
        assert "modu pack new pack --bundled" in text
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LANG": "C"}
    command = [sys.executable, "-m", "bot", "pack", "new", "pack", "--bundled"]
    subprocess.run(command, env=environment, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    assert (tmp_path / "pack" / "pack.yaml").read_text("utf-8").startswith((PACK / "pack.yaml").read_text("utf-8")[:40])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


async def test_start_command_in_a_clean_environment(tmp_path: Path, alpine_dir: Path) -> None:
    """As the unit starts it: nothing in the environment but the settings; told to systemd; well; stopped by SIGTERM."""
    port = free_port()
    modu = [sys.executable, "-m", "bot"]
    plain = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LANG": "C", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    shutil.copytree(alpine_dir, tmp_path / "pack")
    (tmp_path / "bases").mkdir()
    with TelegramServer(limits=Limits.off()) as server, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.setblocking(False)
        environment = plain | {
            "MODU_TELEGRAM_TOKEN": server.token,
            "MODU_TELEGRAM_API": server.url,
            "MODU_BASE": "bases",
            "MODU_PACK": "pack",
            "MODU_MONITOR": f"127.0.0.1:{port}",
            "MODU_LOG_FORMAT": "json",
            "DATABASE_URL": f"sqlite:///{tmp_path}/state.sqlite",
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "WATCHDOG_USEC": "2000000",
        }
        running = await asyncio.create_subprocess_exec(
            *modu, "run", env=environment, cwd=tmp_path, stderr=subprocess.PIPE
        )
        try:
            for wanted in (b"READY=1", b"WATCHDOG=1"):
                assert await asyncio.wait_for(asyncio.get_running_loop().sock_recv(systemd, 100), 60) == wanted
            chat = server.user().private()
            chat.say("雾松小屋有多少张床？")
            await server.log.arrival("sendMessage", chat=chat.id, text="56张")
            async with httpx.AsyncClient(trust_env=False) as client:
                health = await client.get(f"http://127.0.0.1:{port}/healthz")
                figures = await client.get(f"http://127.0.0.1:{port}/metrics")
            assert health.json()["status"] == "ok"
            assert health.json()["base"] == Versions(tmp_path / "bases").path().stem[-16:]
            assert "modu_questions_total{" in figures.text
        finally:
            running.send_signal(signal.SIGTERM)
            _, log = await asyncio.wait_for(running.communicate(), 60)
        assert running.returncode == 0
        lines = [json.loads(line) for line in log.decode().splitlines() if line.startswith("{")]
        assert any(line["message"] == "answered" and line["request"].startswith("u") for line in lines)
        assert server.token not in log.decode()
        server.check()


# --- the data browser


@pytest.fixture(scope="module")
def browser(alpine_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Datasette as deploy/datasette/serve.sh starts it; its address."""
    pytest.importorskip("datasette")
    folder = tmp_path_factory.mktemp("browse")
    versions = Versions(folder)
    versions.publish(Path(shutil.copy(alpine_file, folder)), "Li")
    port = free_port()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = ["sh", str(DEPLOY / "datasette" / "serve.sh"), str(folder), str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as running:
        url = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                try:
                    httpx.get(f"{url}/-/versions.json", trust_env=False)
                    break
                except httpx.HTTPError:
                    subprocess.run(["sleep", "0.1"], check=True)
            yield url
        finally:
            running.terminate()


QUERIES: dict[str, Any] = yaml.safe_load(read("datasette/metadata.yaml"))["databases"]["facts"]["queries"]


@pytest.mark.parametrize("name", QUERIES)
def test_ready_made_query_finds_something(browser: str, name: str) -> None:
    values = {"name": "雾松", "words": "床"}
    wanted = {k: v for k, v in values.items() if f":{k}" in QUERIES[name]["sql"]}
    address = f"{browser}/facts/{name}.json?_shape=array&{urllib.parse.urlencode(wanted)}"
    rows = httpx.get(address, trust_env=False)
    assert rows.status_code == 200, rows.text
    assert rows.json()
    page = httpx.get(f"{browser}/facts/{name}?{urllib.parse.urlencode(wanted)}", trust_env=False)
    assert page.status_code == 200


def test_data_browser_in_a_real_browser(browser: str, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("no browser is installed")
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom",
         f"{browser}/facts/about?name=%E9%9B%BE%E6%9D%BE"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "云鹿登山会数到雾松小屋有56张床。" in done.stdout
