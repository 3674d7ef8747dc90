"""What was sent: the page of a letter, marking it posted, and public totals."""
