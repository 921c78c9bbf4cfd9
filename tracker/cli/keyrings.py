"""What the system's keyring keeps for us, if there is one."""

from __future__ import annotations


def credentials(service: str, user: str | None) -> tuple[str, str] | None:
    """The user and the password of a service; None if nothing is kept, or nothing can be asked."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        found = keyring.get_credential(service, user)
    except (KeyringError, OSError, RuntimeError):
        return None
    return (found.username, found.password) if found else None
