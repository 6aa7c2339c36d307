"""The hub's API on this machine, as far as huggingface_hub calls it to make a repository and to push a folder."""

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeHub(ThreadingHTTPServer):
    """Keeps what it was asked. `refuse` holds patterns of "METHOD /path", each with the status that is the answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.requests: list[dict[str, Any]] = []
        self.refuse: dict[str, int] = {}
        self.is_private = True

    def asked(self, pattern: str) -> list[dict[str, Any]]:
        """The requests whose "METHOD /path" fits."""
        return [request for request in self.requests if re.search(pattern, request["what"])]

    def commits(self) -> list[tuple[str, list[str]]]:
        """The title of each commit, and its files in order."""
        found = []
        for request in self.asked(r"POST .*/commit/"):
            lines = [json.loads(line) for line in request["body"].splitlines()]
            title = next(line["value"]["summary"] for line in lines if line["key"] == "header")
            found.append((title, sorted(line["value"]["path"] for line in lines if line["key"] in ("file", "lfsFile"))))
        return found

    def everything(self) -> str:
        """All that was sent to it, headers aside; files that are sent as text among it."""
        texts = []
        for request in self.requests:
            texts.append(request["what"] + request["body"])
            if re.search("POST .*/commit/", request["what"]):
                lines = [json.loads(line)["value"] for line in request["body"].splitlines()]
                texts += [base64.b64decode(line["content"]).decode(errors="replace") for line in lines if "content" in line]
        return "\n".join(texts)


@contextmanager
def fake_hub() -> Iterator[FakeHub]:
    """A hub that answers until the block ends."""
    hub = FakeHub()
    threading.Thread(target=hub.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        path = self.path.split("?")[0]
        what = f"{self.command} {path}"
        body = self._body().decode(errors="replace")
        self.server.requests.append({"what": what, "body": body, "token": self.headers.get("Authorization")})
        refused = next((status for pattern, status in self.server.refuse.items() if re.search(pattern, what)), None)
        status, content = (refused, {"error": "the hub refuses"}) if refused is not None else self._content(path, body)
        answer = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_HEAD = do_POST = do_PUT = _answer

    def _content(self, path: str, body: str) -> tuple[int, dict[str, Any]]:
        url = self.server.url
        if path == "/api/repos/create":
            return 200, {"url": f"{url}/me/first", "name": "me/first"}
        if path == "/api/models/me/first":
            return 200, {"id": "me/first", "private": self.server.is_private, "siblings": []}
        if path == "/api/validate-yaml":
            return 200, {"errors": [], "warnings": []}
        if "/preupload/" in path:
            names = [file["path"] for file in json.loads(body)["files"]]
            modes = {name: "lfs" if name.endswith((".safetensors", ".bin")) else "regular" for name in names}
            return 200, {"files": [{"path": name, "uploadMode": modes[name], "shouldIgnore": False} for name in names]}
        if path.endswith("/info/lfs/objects/batch"):
            objects = json.loads(body)["objects"]
            actions = {"upload": {"href": f"{url}/lfs/upload"}}
            return 200, {"transfer": "basic", "objects": [{**each, "actions": actions} for each in objects]}
        if path == "/lfs/upload":
            return 200, {}
        if "/commit/" in path:
            return 200, {"commitUrl": f"{url}/me/first/commit/1", "commitOid": "1"}
        return 404, {"error": "no such page"}

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def log_message(self, *_: Any) -> None:
        """Nothing: pytest's output is read."""
