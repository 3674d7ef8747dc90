"""PDFium knows no threads: whoever calls it holds the lock meanwhile."""

from __future__ import annotations

import threading

LOCK = threading.RLock()
