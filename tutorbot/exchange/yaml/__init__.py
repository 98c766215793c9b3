"""Questions as YAML."""
