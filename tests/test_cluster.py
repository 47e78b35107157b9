"""A Dask cluster: a scheduler and four workers on this machine, that share no disk with us or with each other."""

import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from durability import same_tables
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError, RunError
from sim.study.sweep import cluster as clusters
from sim.study.sweep.grown import store_folder
from sim.study.sweep.ledger import Ledger
from sim.study.sweep.sweeping import sweep

distributed = pytest.importorskip("distributed", reason="needs dask.distributed: pip install distributed")

ROOT = Path(__file__).parents[1]
WORKERS = 4


@pytest.fixture(scope="module")
def study(a_study):
    """Two seeds at six points: twelve units, all of societies of two."""
    return a_study(vary="substitution = { points = 6 }", name="far", people=40, burn_in='"1y"')


@pytest.fixture(scope="module")
def alone(study, tmp_path_factory):
    """A result folder of one process."""
    folder = tmp_path_factory.mktemp("alone")
    sweep(study, folder)
    return folder


@pytest.fixture
def cluster(tmp_path):
    """Address of a scheduler with four workers, each with a store of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    started = [start(["scheduler", "--host", address, "--no-dashboard", "--no-jupyter"], environment)]
    for k in range(WORKERS):
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / f"worker-{k}")]
        own = environment | {"SIM_STORE": str(tmp_path / f"store-{k}")}
        started.append(start(["worker", address, *options, "--death-timeout", "90"], own))
    yield address
    for process in reversed(started):
        process.kill()
        process.wait()


def start(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)


def told(address: str, ask, many: int = WORKERS) -> list:
    """What all workers answer, once they are there, in the same order every time."""
    with distributed.Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(many, timeout=90)
        return [answer for _, answer in sorted(client.run(ask).items())]


def processes(address: str, many: int = WORKERS) -> list[int]:
    """Process numbers of the workers."""
    return told(address, os.getpid, many)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_tables_of_one_process_and_one_that_goes_away_keeps_what_was_finished(
    study, alone, cluster, tmp_path, monkeypatch
):
    """One after the other, as a cluster is slow to start. Workers of another version are refused first; it freezes at the end."""
    victims = processes(cluster)[:1]
    lost, *left = told(cluster, store_folder)
    with monkeypatch.context() as patch:
        patch.setattr(clusters, "RULES", "another")
        with pytest.raises(InputError, match=r"worker tcp://.* has rules .*expected the same version"):
            sweep(study, tmp_path / "far", cluster=cluster)

    def kill(step):
        if step.done >= 2 and victims:
            os.kill(victims.pop(), signal.SIGKILL)

    summary = sweep(study, tmp_path / "far", cluster=cluster, progress=kill)
    assert not victims
    assert (summary.done, summary.ran, summary.failed) == (12, 12, ())
    same_tables(tmp_path / "far", alone)
    grown = [file.stem for store in left for file in store.glob("*.npz")]
    assert len(grown) == len(set(grown))  # whoever is left has grown no society that another has
    assert len(set(grown) | {file.stem for file in lost.glob("*.npz")}) == 2

    victims = processes(cluster, WORKERS - 1)  # the others are still there
    assert len(victims) == WORKERS - 1
    monkeypatch.setattr(clusters, "PATIENCE", 1.0)

    gather = distributed.Client.gather
    calls = []

    def gather_from_the_dead(client, *given, **named):
        """From the second time on: what ended lies with workers that have gone by now."""
        calls.append(given)
        while len(calls) > 1 and victims:
            os.kill(victims.pop(), signal.SIGKILL)
        return gather(client, *given, **named)

    monkeypatch.setattr(distributed.Client, "gather", gather_from_the_dead)
    with pytest.raises(RunError, match=r"the cluster at tcp://.* is gone \(no worker .*finished before is kept"):
        sweep(study, tmp_path / "gone", cluster=cluster)
    with Ledger(tmp_path / "gone") as ledger:
        assert ledger.kept()
    assert sweep(study, tmp_path / "gone").ran < 12
    same_tables(tmp_path / "gone", alone)

    with clusters.Cluster(cluster, print, None, print) as workers:
        assert not logging.getLogger("distributed.client").isEnabledFor(logging.ERROR)  # it has a level of its own
        scheduler = workers.client.run_on_scheduler(os.getpid)
        os.kill(scheduler, signal.SIGSTOP)  # it is there, but answers nothing
        try:
            with pytest.raises(RunError, match=r"the cluster at tcp://.* is gone \(no answer"):
                workers.free()
        finally:
            os.kill(scheduler, signal.SIGCONT)
    assert logging.getLogger("distributed.client").isEnabledFor(logging.ERROR)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tcp://127.0.0.1:99999", "nonsense", "udp://x:1"])
def test_an_unreachable_cluster_is_refused(study, tmp_path, monkeypatch, address):
    monkeypatch.setattr(clusters.distributed, "Client", None)  # none is made, to complain later that it got no answer
    with pytest.raises(InputError, match=rf"--cluster: no scheduler at '{address}' \(.*; expected the address of a running Dask"):
        sweep(study, tmp_path, cluster=address)


def test_a_cluster_has_workers_of_its_own(study, tmp_path):
    given = ["sweep", study.file, "--out", str(tmp_path), "--cluster", "tcp://127.0.0.1:9", "--jobs", "2"]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 2
    assert "--cluster: and --jobs 2; expected one of the two" in result.stderr
