"""What takes longer than a page may: jobs in a table, the workers that do them, and the files they make.

State, progress, lease and attempts stand in the ``job`` table. A job is started by its id alone
(``worker.work_on``), so that a distributed worker needs to be told no more than that.
"""
