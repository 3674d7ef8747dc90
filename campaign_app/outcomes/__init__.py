"""What happened to the people whom campaigns are for."""
