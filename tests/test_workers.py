"""Workers: who does a task changes nothing, and one that dies takes nothing with it."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest
from durability import killed, same_tables
from errands import Deadly, always_die, complain, or_die, refuse, twice

from sim.errors import RunError
from sim.study.records import tables
from sim.study.sweep.ledger import missing
from sim.study.sweep.sweeping import chains_of, run_tasks, sweep
from sim.study.sweep.units import units_of
from sim.study.sweep.worker import Finished
from sim.study.sweep.workers import Ended, Lost, Processes, ThisProcess, as_completed


@pytest.mark.parametrize("workers", [ThisProcess(twice, 2), Processes(2, twice, 2)])
def test_every_task_is_done_once(workers):
    with workers:
        assert sorted(as_completed(workers, range(9))) == [2 * task for task in range(9)]


@pytest.mark.parametrize("workers", [ThisProcess(refuse), Processes(2, refuse)])
def test_what_a_task_raises_is_raised_here(workers):
    with pytest.raises(ValueError, match="not 5"), workers:
        list(as_completed(workers, [5]))


def test_a_worker_that_dies_is_told_and_replaced(tmp_path):
    given, lost = [], 0
    tasks = deque(range(6))
    with Processes(1, or_die, str(tmp_path)) as workers:
        while tasks or len(given) < 6:
            for worker in workers.free():
                if tasks:
                    workers.start(worker, tasks.popleft())
            for _, task, result in workers.ended():
                if isinstance(result, Lost):
                    lost += 1
                    assert result.why == "signal 9: killed, or out of memory"
                    tasks.append(task)
                else:
                    given.append(result)
    assert (sorted(given), lost) == (list(range(6)), 2)


def keep_trying(workers):
    while True:
        for worker in workers.free():
            workers.start(worker, 0)
        workers.ended()


def test_workers_that_only_die_end_the_sweep():
    with Processes(2, always_die) as workers, pytest.raises(RunError, match="8 worker processes died one after the other"):
        keep_trying(workers)


def test_a_worker_that_dies_before_its_first_task_ends_the_sweep_at_once():
    """Before it has read what all work shares, more than a pipe holds."""
    with Processes(2, Deadly(), bytes(10_000_000)) as workers, pytest.raises(RunError, match="before they can do") as told:
        keep_trying(workers)
    assert "if __name__ == '__main__'" in str(told.value)
    assert str(told.value).endswith("The first ended with signal 9: killed, or out of memory")


SCRIPT = """
from errands import twice
from sim.study.sweep.workers import Processes, as_completed
with Processes(2, twice, 2) as workers:
    list(as_completed(workers, range(2)))
"""


@pytest.mark.parametrize("how", ["no guard", "pipe", "module gone"])
def test_workers_that_cannot_read_the_script_get_one_message_and_no_traceback_of_theirs(tmp_path, how):
    script = SCRIPT
    if how == "module gone":
        script = "import os, sys\nif __name__ == '__main__':\n    os.unlink(sys.argv[0])\n" + script
    (tmp_path / "script.py").write_text(script)
    given = {"args": [sys.executable, "-"], "input": script} if how == "pipe" else {"args": [sys.executable, "script.py"]}
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent, Path(__file__).parents[1])))}
    ended = subprocess.run(**given, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert ended.returncode == 1
    assert ended.stderr.count("Traceback") == 1
    assert "RunError: worker processes end before they can do anything" in ended.stderr.splitlines()[-1]
    assert "must sweep under `if __name__ == '__main__':`" in ended.stderr.splitlines()[-1]


def test_processes_that_cannot_be_started_are_one_sentence(monkeypatch):
    """As inside a process of a pool, or where the system allows no more of them."""
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    with Processes(2, twice, 2) as workers, pytest.raises(RunError, match=r"no worker process can be started here \(daemonic"):
        workers.start(0, 1)


def test_errors_of_a_worker_that_works_are_shown(capfd):
    with Processes(1, complain, "shared") as workers:
        assert list(as_completed(workers, [1])) == [1]
    assert capfd.readouterr().err == "shared 1\n"


# --- which worker does what ------------------------------------------------------------------------------


class Told:
    """Workers of a test: they note what they are given and end as told, the last started first."""

    def __init__(self, names, dies=()):
        self.names, self.dies = names, dict.fromkeys(dies, 99) if not isinstance(dies, dict) else dict(dies)
        self.busy: dict = {}
        self.noted: list[tuple[str, int, int]] = []

    def free(self):
        return [name for name in self.names if name not in self.busy]

    def start(self, worker, task, needs=None):
        self.busy[worker] = task
        self.noted.append((worker, task.unit.seed, task.unit.number))

    def ended(self):
        worker, task = self.busy.popitem()
        place = (task.unit.number, task.unit.seed)
        if self.dies.get(place, 0):
            self.dies[place] -= 1
            return [Ended(worker, task, Lost("out of memory"))]
        return [Ended(worker, task, Finished([], ""))]


@pytest.fixture
def tasks(a_study):
    """Four points of three seeds."""
    study = a_study(vary="substitution = { points = 4 }", name="chains", seeds=3)
    return [missing(unit, set()) for unit in units_of(study, None)]


def places(ended) -> list[tuple[int, int]]:
    return sorted((task.unit.number, task.unit.seed) for some in ended for task, _ in some)


@pytest.mark.parametrize("names", ["a", "ab", "abcdefgh"])
def test_all_units_are_simulated_whoever_is_there(tasks, names):
    told = Told(names)
    assert places(run_tasks(told, chains_of(tasks))) == [(number, seed) for number in range(4) for seed in (1, 2, 3)]
    assert len(told.noted) == 12


def test_a_worker_stays_with_the_society_of_a_seed(tasks):
    told = Told("a")
    list(run_tasks(told, chains_of(tasks)))
    assert told.noted == [("a", seed, number) for seed in (1, 2, 3) for number in range(4)]


def test_a_worker_without_a_seed_takes_the_later_half_of_the_longest(tasks):
    told = Told("ab")
    list(run_tasks(told, chains_of([task for task in tasks if task.unit.seed == 1])))
    assert told.noted[:2] == [("a", 1, 0), ("b", 1, 2)]


def test_a_unit_is_tried_again_where_its_worker_died(tasks):
    told = Told("ab", dies={(2, 1): 2})
    ended = [pair for ended in run_tasks(told, chains_of(tasks)) for pair in ended]
    assert [finished.error for _, finished in ended] == [""] * 12
    assert len(told.noted) == 14


def test_a_unit_that_no_worker_survives_fails_and_the_rest_go_on(tasks):
    told = Told("ab", dies=[(2, 1)])
    ended = [pair for ended in run_tasks(told, chains_of(tasks)) for pair in ended]
    errors = {(task.unit.number, task.unit.seed): finished.error for task, finished in ended if finished.error}
    assert errors == {(2, 1): "its worker died 3 times (out of memory)"}
    assert len(ended) == 12


# --- real ones -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def study(a_study):
    """Two seeds at four points."""
    return a_study(vary="substitution = { points = 4 }", name="worked", people=40, burn_in='"1y"')


@pytest.fixture(scope="module")
def alone(study, tmp_path_factory):
    """A result folder of one process."""
    folder = tmp_path_factory.mktemp("alone")
    sweep(study, folder)
    return folder


@pytest.mark.slow
def test_two_processes_give_the_tables_of_one(study, alone, tmp_path):
    assert sweep(study, tmp_path, jobs=2).ran == 8
    same_tables(tmp_path, alone)


def test_a_sweep_whose_worker_is_killed_goes_on(study, alone, tmp_path):
    """The worker dies on its second unit at the latest; the sweep needs no resuming."""
    victims = []

    def kill(step):
        if step.done == 1 and not victims:
            victims.append(next(child.pid for child in worker_processes()))
            os.kill(victims[0], signal.SIGKILL)

    summary = sweep(study, tmp_path, jobs=2, progress=kill)
    assert victims
    assert (summary.done, summary.failed) == (8, ())
    same_tables(tmp_path, alone)


def worker_processes():
    import multiprocessing

    return multiprocessing.active_children()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds worker processes in /proc")
def test_a_sweep_killed_at_random_moments_gives_the_tables_of_an_undisturbed_one(study, alone, tmp_path):
    """Three times, the main process or a worker; `make durability` does it twenty times."""
    kills = killed(Path(study.file), tmp_path / "killed", kills=3, seed=2, longest=1.5)
    assert sum(kills.values()) >= 1
    same_tables(tmp_path / "killed", alone)


def test_a_unit_that_runs_out_of_memory_is_recorded(study, alone, tmp_path, monkeypatch):
    from sim.study.sweep import worker

    run_arm = worker.run_arm

    def greedy(work, arm, point, seed, *rest):
        if (arm, seed) == ("wall", 2):
            raise MemoryError("Unable to allocate 8 EiB")
        return run_arm(work, arm, point, seed, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(worker, "run_arm", greedy)
        summary = sweep(study, tmp_path)
    assert [(point, seed) for point, seed, _ in summary.failed] == [(point, 2) for point in range(4)]
    assert summary.failed[0][2].startswith("arm 'wall': MemoryError: Unable to allocate 8 EiB (in greedy")
    runs = tables.read(tmp_path, "runs").filter(seed=2)
    assert set(runs["status"]) == {"failed"}
    assert set(runs.filter(arm="none")["people"]) == {40}  # what ended well before is kept
    sweep(study, tmp_path, retry=True)
    same_tables(tmp_path, alone)


