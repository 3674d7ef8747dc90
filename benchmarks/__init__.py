"""What is measured: each against its peers in the same run, as ratios."""
