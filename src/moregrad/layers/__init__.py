"""One idea per file; each an equinox.Module."""
