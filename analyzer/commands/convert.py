"""``communique convert``: results of an earlier run in another form, without analyzing anything again."""

from __future__ import annotations

from analyzer.batch.monitor import Monitor
from analyzer.commands.endings import told
from analyzer.commands.options import (
    FormatOption,
    OutputsOption,
    OverwriteOption,
    ReportOption,
    ResultsArgument,
    chosen_outputs,
    refuse_existing,
)
from analyzer.formats import Format, write_results
from analyzer.results import read_results


def convert(
    results: ResultsArgument,
    requested: FormatOption = None,
    outputs: OutputsOption = None,
    reports: ReportOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Write RESULTS in other formats: a table, CSV, Parquet, a page to read, brat, spaCy.

    Exit codes: 0, all is written; 2, a wrong option, results that cannot be read, or an output that is there already;
    3, the output could not be written to its end: it is as it was before.
    """
    chosen = chosen_outputs(outputs, reports, requested)
    monitor = Monitor(visible=False)
    with told(monitor, resumable=False):
        refuse_existing([output.path for output in chosen], overwrite)
        for output in chosen:
            write_results(read_results(results), output.path, output.format)
        if not chosen:
            write_results(read_results(results), None, requested or Format.TABLE)
