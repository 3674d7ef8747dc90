"""What comes back: replies with their scans, letters that wait for one, and writers who asked to be told."""
