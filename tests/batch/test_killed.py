"""``geomap batch`` as processes: killed, interrupted, twice at once, with one worker and two."""

from __future__ import annotations

import random
import signal
from functools import partial
from pathlib import Path

from batch.archive import contents
from batch.runs import (
    ARTICLES,
    PART_SIZE,
    PATIENCE_S,
    Runs,
    descendants_of,
    has_more_parts,
    parts_done,
    wait_for_end,
    wait_until,
)


def test_killed_at_random_points_it_goes_on_with_the_same_bytes(
    runs: Runs, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder, seed = tmp_path / "out", random.randrange(10**6)
    print("seed", seed)
    points = sorted(random.Random(seed).sample(range(-1, ARTICLES // PART_SIZE // 2), 2))
    for workers, point in zip((1, 2), points, strict=True):
        run = runs.start(folder, workers=workers)
        wait_until(partial(has_more_parts, folder, point), run)
        children = descendants_of(run.pid)
        run.kill()
        run.communicate()
        wait_for_end(children)
    assert -1 < parts_done(folder) < ARTICLES // PART_SIZE
    runs.finish(folder, workers=2)
    assert contents(folder) == whole


def test_one_run_at_a_time_and_an_interrupt_finishes_the_part(
    runs: Runs, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    run = runs.start(folder, workers=1)
    wait_until(lambda: parts_done(folder) > 0, run)
    run.send_signal(signal.SIGSTOP)
    second = runs.start(folder, workers=1)
    message = second.communicate(timeout=PATIENCE_S)[1]
    assert second.returncode == 1
    assert "another geomap batch is writing here" in message
    assert message.count("\n") == 1

    before = parts_done(folder)
    run.send_signal(signal.SIGINT)
    run.send_signal(signal.SIGCONT)
    message = run.communicate(timeout=PATIENCE_S)[1]
    assert run.returncode == 1, message
    assert before <= parts_done(folder) < ARTICLES // PART_SIZE
    assert "finishing the parts in progress" in message
    assert "run the same command again to go on" in message
    assert "Traceback" not in message
    assert not list(folder.glob(".work-*"))
    runs.finish(folder, workers=1)
    assert contents(folder) == whole
