"""Google Drive as the sandbox answers it."""
