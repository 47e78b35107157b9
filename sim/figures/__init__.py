import os
import sys
from contextlib import suppress

if "matplotlib" not in sys.modules and (backend := os.environ.pop("MPLBACKEND", None)) is not None:
    # Pages need no backend: one that is not here, as a notebook names it for its children, must not stop us
    import matplotlib

    os.environ["MPLBACKEND"] = backend
    with suppress(ValueError):
        matplotlib.rcParams["backend"] = backend
