"""Letter texts: what a campaign says in one language, with every version kept."""
