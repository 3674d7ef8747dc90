"""Local groups: what they print with, who their officers are, what they did."""
