"""Many letters in one go: who writes, what goes into the envelopes, what it weighs and costs, and how it is made.

The way of a run: ``sources`` say who writes, ``preparing`` stores them as rows, ``check_job`` finds by ``checking``
what is wrong with each, ``summary`` counts what it will take. ``making`` sets the letters (``setup``, ``places``,
``setting``), has the ``pile`` written to files, and records the letters once these are on the disk; ``keeping``
forgets all of it in time. The pages are in ``views`` (a run), ``row_views`` (one row), ``posted_views`` and
``tariffs``; ``shell`` does the same without pages.
"""
