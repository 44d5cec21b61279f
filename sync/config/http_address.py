"""The address of the worker's web server: a host and a port."""

from ipaddress import ip_address


def check_address(text: str) -> str:
    """An address such as "127.0.0.1:8080", "[::1]:8080" or "localhost:8080". Raises `ValueError`."""
    if text:
        address_of(text)
    return text


def address_of(text: str) -> tuple[str, int]:
    """Its host and port. Raises `ValueError`."""
    host, _, port = text.rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535 or "/" in host:
        raise ValueError('must be a host and a port, such as "127.0.0.1:8080"')
    return host, int(port)


def is_loopback(text: str) -> bool:
    """Whether only this machine reaches the address."""
    host, _ = address_of(text)
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name
        return host == "localhost"
