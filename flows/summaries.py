"""What a flow tells of itself in Prefect: a table artifact with rows in, rows out, reused, skipped and why."""

from __future__ import annotations

from collections.abc import Sequence

from prefect.artifacts import create_table_artifact

from overheard.steps.market import StepSummary


def show_summaries(flow_name: str, summaries: Sequence[StepSummary]) -> None:
    """Write the flow's table artifact. Counts only: no text, no names."""
    rows = [
        {
            "step": summary.step,
            "rows in": summary.rows_in,
            "rows out": summary.rows_out,
            "reused": "yes" if summary.reused else "no",
            "left out": ", ".join(f"{count} {why}" for why, count in sorted(summary.left_out.items())) or "nothing",
        }
        for summary in summaries
    ]
    create_table_artifact(table=rows, key=f"{flow_name}-summary", description=f"What `{flow_name}` did")
