"""The command line: settings that must be made before anything is imported, and the list of commands."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings

_MAIN_THREAD = threading.current_thread() is threading.main_thread()
if _MAIN_THREAD:  # while modules are imported, Ctrl-C ends at once
    _ON_INTERRUPT = signal.signal(signal.SIGINT, lambda *_: os._exit(130))
if "PYTHONWARNINGS" in os.environ:  # warnings of libraries must not stop a command or its workers
    del os.environ["PYTHONWARNINGS"]
    sys.warnoptions.clear()
    warnings.resetwarnings()
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins takes a tenth of a command's start

try:
    from typing import Annotated

    import typer

    from sim.commands import datasets, drawing, judging, runs, scenarios, sweeps
    from sim.commands.ending import INTERRUPTED, Commands, terminate
    from sim.terminal import open_closed_streams
    from sim.version import VERSION
finally:
    if _MAIN_THREAD:
        signal.signal(signal.SIGINT, _ON_INTERRUPT)

app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
for command in (
    scenarios.new, scenarios.check, scenarios.seal,
    runs.run, runs.tie, sweeps.sweep, sweeps.region, sweeps.why, sweeps.split, sweeps.ranges,
    judging.compare, judging.profiles, judging.sensitivity, judging.precision, judging.spreadsheet, judging.query, judging.show,
    drawing.draw, drawing.report, drawing.export, drawing.play, drawing.publish,
    runs.grown, runs.pilot, runs.habits, runs.bench,
):  # fmt: skip
    app.command()(command)

data = typer.Typer(no_args_is_help=True, help="List public data sets, and fetch them.")
data.command("list")(datasets.data_list)
data.command("fetch")(datasets.data_fetch)
app.add_typer(data, name="data")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sim {VERSION}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")]


@app.callback()
def root(version: Version = False):
    """Does a platform thin out real-life ties, or transform them?"""


def main() -> None:
    """The console script `sim`."""
    try:
        open_closed_streams()
        signal.signal(signal.SIGTERM, terminate)
        _forget_unusable_settings()
        app(prog_name="sim")
    except KeyboardInterrupt:  # before a command began
        sys.exit(INTERRUPTED)


def _forget_unusable_settings() -> None:
    """Remove settings of Polars and Numba that users may have made for other programs, and numbers of threads that are none."""
    for name in [name for name in os.environ if name.startswith("POLARS_") or name == "NUMBA_NUM_THREADS"]:
        if not name.endswith("_THREADS") or not os.environ[name].strip("0").isdecimal():
            del os.environ[name]


if __name__ == "__main__":
    main()
