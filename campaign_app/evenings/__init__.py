"""Letter evenings: tables, a shared laptop without accounts, what waits to be printed, and the number on the wall."""
