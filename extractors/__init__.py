"""Communique: the world's news in, structured diplomatic events out."""

import os
import sys

__version__ = "0.1.0"

# Processes, not threads, share the work: the threads of a matrix product would only wait for each other.
# numpy reads this when it is loaded. Where it has been, nothing is said, and model.py goes another way.
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
