"""Why a backup cannot be made, or one cannot be brought back."""


class BackupError(Exception):
    """Says in Vietnamese what is wrong and what to do; nothing that was there has changed."""
