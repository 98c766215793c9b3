"""Sends requests that are ready, so many at once: `python -m benchmarks.load PORT AT_ONCE FILE`.

A process of its own with one thread, so that it takes as little as possible of the machine that it
measures. Each connection is kept alive and sends its next request when its last one is answered.
"""

import json
import pickle
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Line:
    """A connection, and the request that waits for its answer on it."""

    socket: socket.socket
    sent_at: float = 0.0
    heard: bytes = b""

    def send(self, request: bytes) -> None:
        """Send a request."""
        self.heard, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def hear(self) -> bool:
        """Read what is there; say whether the answer is whole. Raise RuntimeError where it is not a 200."""
        data = self.socket.recv(65_536)
        self.heard += data
        if not data or not self.heard.startswith(b"HTTP/1.1 200"[: len(self.heard)]):
            raise RuntimeError(f"the server answered {self.heard[:200]!r}")
        return _is_whole(self.heard)


def _is_whole(answer: bytes) -> bool:
    head, parted, body = answer.partition(b"\r\n\r\n")
    if not parted:
        return False
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    if lengths:
        return len(body) >= int(lengths[0].partition(b":")[2])
    return body.endswith(b"0\r\n\r\n")


def drive(port: int, at_once: int, requests: list[bytes]) -> tuple[float, list[float]]:
    """Send all requests; return the seconds from the first to the last, and those of each."""
    with selectors.DefaultSelector() as selector:
        lines = [Line(socket.create_connection(("127.0.0.1", port))) for _ in range(at_once)]
        for line in lines:
            line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(line.socket, selectors.EVENT_READ, line)
        began = time.perf_counter()
        taken = _send_all(selector, lines, iter(requests), len(requests))
        seconds = time.perf_counter() - began
        for line in lines:
            line.socket.close()
    return seconds, taken


def _send_all(
    selector: selectors.BaseSelector, lines: list[Line], requests: Iterator[bytes], number: int
) -> list[float]:
    for line in lines:
        line.send(next(requests))
    taken: list[float] = []
    while len(taken) < number:
        for key, _ in selector.select():
            line = key.data
            if line.hear():
                taken.append(time.perf_counter() - line.sent_at)
                if (request := next(requests, None)) is not None:
                    line.send(request)
    return taken


if __name__ == "__main__":
    with open(sys.argv[3], "rb") as file:
        ready: list[bytes] = pickle.load(file)
    print(json.dumps(drive(int(sys.argv[1]), int(sys.argv[2]), ready)))
