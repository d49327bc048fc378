"""Heavy libraries are imported late, when they are needed; and by one thread at a time, as many import in circles."""

import threading

late_import = threading.RLock()
"""`with late_import:` goes around every import inside a function; two threads could each see half of a library."""
