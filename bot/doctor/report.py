"""The findings, as a person reads them and as a script does."""

from __future__ import annotations

import json
from typing import Any

from bot.doctor.finding import Finding, Findings, Verdict

_MARKS = {Verdict.OK: "✓", Verdict.ADVICE: "·", Verdict.UNKNOWN: "?", Verdict.WRONG: "✗"}
_ENDS = {
    Verdict.OK: "All is well.",
    Verdict.ADVICE: "All is well; what could be better is marked ·.",
    Verdict.UNKNOWN: "Nothing is wrong as far as can be told; what couldn't be told is marked ?.",
    Verdict.WRONG: "Something is wrong: what to do stands beside each ✗.",
}
_WORST_LAST = tuple(Verdict)


def worst(findings: Findings) -> Verdict:
    """Return how everything stands together."""
    return max((finding.verdict for finding in findings.values()), key=_WORST_LAST.index)


def as_text(findings: Findings) -> str:
    """A line for each, and one for all."""
    lines = [_line(name, finding) for name, finding in findings.items()]
    return "\n".join([*lines, "", _ENDS[worst(findings)]])


def as_json(findings: Findings) -> str:
    """One object; the names of its fields and checks stay as they are from release to release."""
    checks: dict[str, dict[str, Any]] = {
        name: {
            "verdict": finding.verdict,
            "found": finding.found,
            "remedy": finding.remedy,
            "numbers": dict(finding.numbers),
        }
        for name, finding in findings.items()
    }
    return json.dumps({"verdict": worst(findings), "checks": checks}, ensure_ascii=False, indent=2)


def _line(name: str, finding: Finding) -> str:
    title = name.replace("_", " ").capitalize()
    return f"{_MARKS[finding.verdict]} {title}: {finding.found} {finding.remedy}".rstrip()
