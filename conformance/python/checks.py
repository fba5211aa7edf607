"""The lines that the runner counts: `ok - name`, `not ok - name # reason`, `done`."""

import os
from contextlib import contextmanager


@contextmanager
def step(name):
    try:
        yield
    except Exception as error:  # The report names whatever went wrong, and the next check runs.
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:400]
        print(f"not ok - {name} # {reason}", flush=True)
    else:
        print(f"ok - {name}", flush=True)


@contextmanager
def raises(expected, status=None):
    try:
        yield
    except expected as error:
        assert status is None or error.status_code == status, f"status {error.status_code}"
    else:
        raise AssertionError(f"no {expected.__name__}")


def variable(name):
    return os.environ[name]
