"""Questions of other formats in, and ours out."""
