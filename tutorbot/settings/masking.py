"""What may be shown of a secret."""

import re


def mask(secret: str) -> str:
    """Return what may be shown of a secret: its kind, as `xoxb-`, and its last four characters."""
    kind = re.match(r"x[a-z]{3,4}-", secret)
    last = secret[-4:] if len(secret) >= 16 else ""  # four of a few would be too many
    return f"{kind[0] if kind else ''}…{last}" if secret else ""


def without_password(text: str) -> str:
    """Return the text, such as a URL, without the passwords in it."""
    text = re.sub(r"(://[^:@/]*:).+@", r"\1…@", text)
    return re.sub(r"((?:password|secret|token)=)[^&\s]+", r"\1…", text, flags=re.IGNORECASE)
