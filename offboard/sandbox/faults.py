"""What shall go wrong, as data, and what did: the same scenario gives the same run, and tells whether it was met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

REFUSALS = ("429", "403-rate", "500", "503", "401")  # answered in place of the call: nothing is applied
KINDS = (*REFUSALS, "reset", "stall", "applied-drop", "applied-503", "applied-stall", "late", "truncated", "edit")
LINE = ("reset", "stall", "late", "applied-drop", "applied-stall", "truncated")  # these strike a batch as a whole
ANY = "*"
TOKEN = "oauth.token"  # the token address is in no discovery document


@dataclass(frozen=True)
class Edit:
    """One request that a person's act makes in Google's own pages."""

    http: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Instruction:
    """Let the `call`-th call of a method, and the next ones if `times` says so, meet this fault."""

    method: str
    call: int
    fault: str
    times: int = 1
    retry_after: int | None = None  # seconds, of a 429 or 503
    seconds: float | None = None  # how long a late call is held; without: until the client has given up
    when: str = "before"  # or "after": when a person edits
    requests: tuple[Edit, ...] = ()
    act: Callable[[], object] | None = None  # a test's own edit; may talk to the sandbox

    def __post_init__(self) -> None:
        if self.fault not in KINDS or self.call < 1 or self.when not in ("before", "after"):
            raise ValueError(self)  # it would be met, and nothing would happen


@dataclass(frozen=True)
class Scenario:
    """Everything that shall be amiss."""

    faults: tuple[Instruction, ...] = ()
    latency: Mapping[str, float] = field(default_factory=dict)  # seconds, by method
    lag: int = 0  # requests until a list shows a write
    quotas: bool = False


@dataclass
class Record:
    """An instruction, the requests that met it, and the edits that Google refused."""

    instruction: Instruction
    at: list[int] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        """The instruction as it was given, and what became of it."""
        given = {name: value for name, value in asdict(self.instruction).items() if value not in (None, ())}
        given.pop("act", None)
        if self.instruction.fault != "edit":
            given.pop("when")
        return given | {"used": len(self.at), "at": self.at, "refused": self.refused}


class Faults:
    """The scenario in force: counts the calls, and gives each the instructions that it meets."""

    def __init__(self) -> None:
        self.begin(Scenario())

    def begin(self, scenario: Scenario) -> None:
        """Put this scenario in the place of the one before; every counter starts anew."""
        self.scenario = scenario
        self._calls: Counter[str] = Counter()
        self._records = [Record(instruction) for instruction in scenario.faults]

    def end(self) -> None:
        """Let nothing be amiss any more."""
        self.begin(Scenario())

    def meet(self, method: str) -> list[Record]:
        """Count one call; what it meets: every edit, and the first of the other faults."""
        self._calls[method] += 1
        self._calls[ANY] += 1
        met: list[Record] = []
        for record in self._records:
            told = record.instruction
            struck = told.method in (method, ANY) and 0 <= self._calls[told.method] - told.call < told.times
            if struck and (told.fault == "edit" or all(one.instruction.fault == "edit" for one in met)):
                record.at.append(self._calls[ANY])
                met.append(record)
        return met

    def wait(self, method: str) -> float:
        """The seconds that a call of this method is kept waiting."""
        return self.scenario.latency.get(method, self.scenario.latency.get(ANY, 0.0))

    def report(self) -> dict[str, Any]:
        """The scenario, each instruction with how often it was used and at which request since the scenario came."""
        return {
            "requests": self._calls[ANY],
            "faults": [record.report() for record in self._records],
            "latency": dict(self.scenario.latency),
            "lag": self.scenario.lag,
            "quotas": self.scenario.quotas,
        }
