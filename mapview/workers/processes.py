"""Heavy work beside the server's own process, so that no reader of a map waits for it.

Before the server opens its store, a helper splits off: it has the records and nothing that runs.
For each piece of work the helper splits once more; what comes of it shares the records' memory,
stands back for everything else on the machine, writes to a file that has no name, and ends. So all
memory is given back, and nothing stays behind whatever ends the work: it ends with the one who
asked. Where there is no helper, the work is done here.
"""

from __future__ import annotations

import _thread
import gc
import logging
import os
import signal
import socket
import stat
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, NoReturn

from geodata.errors import ChangedError, EngineError, GeodataError
from mapview.briefing.progress import Progress

__all__ = ["Task", "WorkError", "do", "renew_helper", "start_helper"]

Task = Callable[..., None]

_LOG = logging.getLogger(__name__)
_POLL_S = 0.2
_TELL_S = 0.2
_END_S = 5.0
_STAND_BACK = 10
_OURS = "MAPVIEW_"
# What the helper is asked for.
_WORK, _RENEW = b"w", b"r"
_control: socket.socket | None = None
_control_lock = threading.Lock()


class WorkError(Exception):
    """The work failed by a fault of ours or of the machine; the log says why."""


def start_helper(get_ready: Callable[[], None]) -> bool:
    """Split off the helper, and return whether there is one.

    To be called before anything runs beside the main thread: what is split off has that thread
    alone. What the process holds then, above all its records, the helper has too.

    Args:
        get_ready: Is called by the helper, to make what all tasks share.
    """
    global _control  # noqa: PLW0603 - one helper a process
    if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
        return False
    ours, theirs = socket.socketpair()
    gc.freeze()
    with warnings.catch_warnings():
        # Libraries have threads that wait for work, and mend themselves in a process split off.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        ours.close()
        _help(theirs, get_ready)
    theirs.close()
    _control = ours
    return True


def renew_helper(get_ready: Callable[[], None]) -> None:
    """Let the helper have what is shown from now on, so that all work that follows shares it.

    Work that was asked for before begins before. What the helper cannot have, each piece of work
    gets for itself.

    Args:
        get_ready: A function of a module; it is called by the helper, where what is set now is set.
    """
    if connection := _ask_helper(_RENEW):
        with connection, suppress(OSError):
            connection.send((get_ready, _settings()))


def do(task: Task, arguments: tuple[Any, ...], out: IO[bytes], progress: Progress) -> None:
    """Do a task, in a process of its own if there is a helper, and wait for its end.

    Args:
        task: A function of a module; it is given `out`, a progress and the arguments.
        arguments: Plain values.
        out: A real file, written from its beginning.
        progress: Told how far it is; may stop it.

    Raises:
        ChangedError: If it was asked for of other data; see `of_version`.
        EngineError: If what holds the records did not answer it.
        GeodataError: What the task raised, with its sentence.
        Cancelled: If `progress` was cancelled.
        WorkError: If it failed otherwise.
    """
    connection = _ask_helper(_WORK, out.fileno())
    if connection is None:
        task(out, progress, *arguments)
        return
    with connection:
        try:
            connection.send((task, arguments, _settings()))
            while True:
                while not connection.poll(_POLL_S):
                    progress.check()
                kind, *words = connection.recv()
                if kind == "done":
                    return
                _take(kind, words, progress)
        except (EOFError, OSError) as error:
            raise WorkError("the process that did the work was ended from outside") from error


def _settings() -> dict[str, str]:
    """Return what is set now, which may be other than when the helper split off: what is shown."""
    return {name: value for name, value in os.environ.items() if name.startswith(_OURS)}


def _take(kind: str, words: list[Any], progress: Progress) -> None:
    if kind == "progress":
        progress.step(*words)
    elif kind == "changed":
        raise ChangedError
    elif kind == "unanswered":
        raise EngineError(*words)
    elif kind == "refused":
        raise GeodataError(*words)
    else:
        raise WorkError("the work failed; the log says why")


def _ask_helper(what: bytes, *files: int) -> Connection | None:
    """Return a connection to who does what is asked, or nothing without a helper."""
    global _control  # noqa: PLW0603
    with _control_lock:
        if _control is None:
            return None
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(_control, [what], [theirs.fileno(), *files])
        except OSError:
            _LOG.exception("the helper has ended; heavy work is done in the server from now on")
            _control = None
            ours.close()
            return None
        finally:
            theirs.close()
    return Connection(ours.detach())


def _help(control: socket.socket, get_ready: Callable[[], None]) -> NoReturn:
    """Split off a process for each piece of work, until the server has gone."""
    # Ctrl+C goes to all; it is the server that ends, and we with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _close_sockets(control.fileno())
    try:
        get_ready()
    except Exception:  # noqa: BLE001 - each task makes for itself what it lacks
        traceback.print_exc()
    # What was made now is never looked at by a task's own collector, which would copy its pages.
    gc.collect()
    gc.freeze()
    while True:
        try:
            asked, files, _, _ = socket.recv_fds(control, 1, 2)
        except OSError:
            os._exit(1)
        if not asked:
            os._exit(0)
        if asked == _RENEW:
            _renew(*files)
            continue
        if os.fork() == 0:
            control.close()
            _work(*files)
        for file in files:
            os.close(file)


def _renew(asker: int) -> None:
    """Get ready once more, for what is shown by now."""
    try:
        with Connection(asker) as connection:
            get_ready, settings = connection.recv()
        os.environ.update(settings)
        get_ready()
    except GeodataError:
        pass  # The server asks the same, and says so.
    except Exception:  # noqa: BLE001 - each task makes for itself what it lacks
        traceback.print_exc()
    # What was there before may go.
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _close_sockets(kept: int) -> None:
    """Close what the server listens at: it must end with the server."""
    for number in [int(one.name) for one in Path("/dev/fd").iterdir()]:
        if number > 2 and number != kept:  # noqa: PLR2004 - the standard streams
            with suppress(OSError):
                if stat.S_ISSOCK(os.fstat(number).st_mode):
                    os.close(number)


def _work(job: int, file: int) -> NoReturn:
    """Do one task and end; whatever happens, nothing of the server's own code runs on."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.nice(_STAND_BACK)
        connection = Connection(job)
        task, arguments, settings = connection.recv()
        os.environ.update(settings)
        is_told = threading.Event()
        asker = threading.Thread(target=_end_with_asker, args=(connection, is_told), daemon=True)
        asker.start()
        status = _do_and_tell(connection, is_told, task, arguments, file)
    except BaseException:  # noqa: BLE001 - the asker sees that we have gone
        status = 1
    finally:
        with suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def _do_and_tell(
    connection: Connection,
    is_told: threading.Event,
    task: Task,
    arguments: tuple[Any, ...],
    file: int,
) -> int:
    last = 0.0

    def end(*words: str) -> None:
        is_told.set()
        connection.send(words)

    def tell(share: float, words: str) -> None:
        nonlocal last
        if time.monotonic() - last > _TELL_S:
            last = time.monotonic()
            connection.send(("progress", share, words))

    try:
        with open(file, "wb") as out:
            task(out, Progress(tell), *arguments)
        end("done")
    except ChangedError:
        end("changed")
    except EngineError as error:
        end("unanswered", str(error))
    except GeodataError as error:
        end("refused", str(error))
    except OSError as error:
        # A full disk above all, which whoever asks can be told of.
        end("refused", f"the file must be writable, got: {error.strerror or error}")
    except Exception:  # noqa: BLE001 - it is told in the log, and to the asker without details
        traceback.print_exc()
        end("failed")
        return 1
    return 0


def _end_with_asker(connection: Connection, is_told: threading.Event) -> None:
    """End the work when the one who asked for it has gone, tidily if it can be."""
    with suppress(EOFError, OSError):
        connection.recv()
    # Who was told how it ended goes, too, while we end by ourselves.
    if is_told.is_set():
        return
    _thread.interrupt_main()
    time.sleep(_END_S)
    os._exit(1)
