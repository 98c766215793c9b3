"""Every table and every statement, a file per subject; the caller owns the transaction."""
