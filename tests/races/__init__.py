"""What many do at once, in several processes."""
