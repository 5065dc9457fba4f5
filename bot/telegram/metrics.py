"""Figures for Prometheus: what was asked and how it went, counted here; what waits, read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from bot.telegram.monitor import Health

REGISTRY = CollectorRegistry()
_BUCKETS = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)

QUESTIONS = Counter("modu_questions", "Questions by outcome and intent.", ["status", "intent"], registry=REGISTRY)
ANSWER = Histogram("modu_answer_seconds", "Time from a question to its answer.", buckets=_BUCKETS, registry=REGISTRY)
HANDLED = Counter("modu_updates_handled", "Updates handled, by kind.", ["kind"], registry=REGISTRY)
FAILED = Counter("modu_updates_failed", "Attempts to handle an update that failed.", registry=REGISTRY)
LAST_HANDLED = Gauge("modu_last_handled_timestamp_seconds", "When an update was last handled.", registry=REGISTRY)
LAG = Gauge("modu_event_loop_lag_seconds", "How late the event loop is.", registry=REGISTRY)
SWITCHES = Counter("modu_base_switches", "Bases that this process went over to.", registry=REGISTRY)


class Waiting(Collector):
    """What waits, looked at with each scrape."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        """The gauges."""
        seen = self._health.look()
        number = GaugeMetricFamily("modu_queue_length", "What waits to be handled or sent.", labels=["queue"])
        oldest = GaugeMetricFamily("modu_queue_oldest_seconds", "Age of the oldest in a queue.", labels=["queue"])
        for queue in ("inbox", "outbox"):
            number.add_metric([queue], seen[queue]["waiting"])
            oldest.add_metric([queue], seen[queue]["oldest_s"])
        yield number
        yield oldest
        yield GaugeMetricFamily("modu_uncertain", "Messages that may not have arrived.", value=seen["uncertain"])
        yield GaugeMetricFamily("modu_healthy", "Whether updates are being handled.", value=seen["status"] == "ok")
        base = GaugeMetricFamily("modu_base_info", "The base that answers.", labels=["hash"])
        base.add_metric([seen["base"]], 1)
        yield base
