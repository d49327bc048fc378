"""A scenario that cannot be played is refused with every reason at once; one that can is told back."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.sandbox.faults import Instruction
from tests.sandbox.caller import Caller
from tests.sandbox.mischief import play

SOUND = {"method": "drive.files.copy", "call": 1, "fault": "429"}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"method": "drive.files.coppy"}, "“method” is “drive.files.coppy”"),
    ({"method": None}, "“method” is missing"),
    ({"method": ["*"]}, "“method” is “['*']”"),
    ({"call": None}, "“call” is missing"),
    ({"call": 0}, "“call” is “0”"),
    ({"call": True}, "“call” is “True”"),
    ({"times": "2"}, "“times” is “2”"),
    ({"times": None}, "“times” is missing"),
    ({"fault": "429s"}, "“fault” is “429s”; there are 429, 403-rate"),
    ({"fault": ["429"]}, "“fault” is “['429']”"),
    ({"fault": "late", "seconds": -1}, "“seconds” must be"),
    ({"fault": "429", "seconds": 1}, "“seconds” belongs to late"),
    ({"fault": "429", "retry_after": "7"}, "“retry_after” must be"),
    ({"fault": "reset", "retry_after": 7}, "“retry_after” belongs to 429 and 503"),
    ({"fault": "edit"}, "an edit needs “requests”"),
    ({"fault": "edit", "requests": [{"http": "PUT"}]}, "requests[0] must have"),
    ({"fault": "edit", "requests": [{"http": "PUT", "path": "/x"}], "when": "now"}, "“when” must be"),
    ({"method": "sheets.spreadsheets.get", "fault": "403-rate"}, "sheets.spreadsheets.get never answers"),
    ({"act": "x"}, "“act” is not known"),
]


@pytest.mark.parametrize(("change", "problem"), WRONG)
def test_a_wrong_instruction_is_refused_with_its_reason(change: dict[str, Any], problem: str, ana: Caller) -> None:
    told = {name: value for name, value in (SOUND | change).items() if value is not None or name == "times"}
    answer = play(ana, told)
    assert answer.status_code == 400
    assert answer.json()["problems"][0].startswith(f"faults[0]: {problem}")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"fault": []}, "“fault” is not known; there are faults, latency, lag, quotas."),
        ({"faults": {}}, "“faults” must be a list."),
        ({"faults": ["429"]}, "faults[0]: an instruction must be an object."),
        ({"latency": {"drive.files.lost": 1}}, "latency: “method” is “drive.files.lost”"),
        ({"latency": {"*": "1"}}, "latency: “*” must be seconds."),
        ({"latency": 1}, "“latency” must give seconds by method."),
        ({"lag": -1}, "“lag” must be a whole number"),
        ({"quotas": 1}, "“quotas” must be true or false."),
    ],
)
def test_a_wrong_scenario_is_refused_with_its_reason(body: dict[str, Any], problem: str, ana: Caller) -> None:
    answer = ana.call("POST", "/sandbox/faults", json=body)
    assert answer.status_code == 400
    assert answer.json()["problems"][0].startswith(problem)


def test_every_problem_is_named_at_once_and_the_scenario_before_stays(ana: Caller) -> None:
    play(ana, SOUND)
    answer = play(ana, {"method": "x", "fault": "y"}, SOUND, {"call": 1}, lag="z")
    starts = [problem.split("; ")[0] for problem in answer.json()["problems"]]
    assert starts == [
        "faults[0]: “method” is “x”",
        "faults[0]: “fault” is “y”",
        "faults[0]: “call” is missing",
        "faults[2]: “method” is missing",
        "faults[2]: “fault” is missing",
        "“lag” must be a whole number of requests.",
    ]
    assert ana.call("GET", "/sandbox/faults").json()["faults"][0]["method"] == SOUND["method"]


@pytest.mark.parametrize(("http", "body"), [("DELETE", None), ("POST", {})])
def test_it_ends_when_told_so(http: str, body: Any, ana: Caller) -> None:
    play(ana, {"method": "*", "call": 1, "fault": "500"}, latency={"*": 3}, lag=2, quotas=True)
    assert ana.call(http, "/sandbox/faults", json=body).status_code == 200
    told = ana.call("GET", "/sandbox/faults").json()
    assert told == {"requests": 0, "faults": [], "latency": {}, "lag": 0, "quotas": False}
    assert ana.call("GET", "/drive/v3/about", fields="user").status_code == 200


def test_a_new_scenario_counts_anew(ana: Caller) -> None:
    for _ in range(2):
        play(ana, {"method": "drive.about.get", "call": 2, "fault": "500"})
        assert [ana.call("GET", "/drive/v3/about", fields="user").status_code for _ in range(3)] == [200, 500, 200]


@pytest.mark.parametrize("wrong", [{"fault": "429s"}, {"call": 0}, {"when": "now"}])
def test_a_wrong_instruction_cannot_be_made_in_python_either(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Instruction"):
        Instruction(**SOUND | wrong)
