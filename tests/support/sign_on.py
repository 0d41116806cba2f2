"""A provider of single sign-on, invented, that answers on this machine's loopback alone.

Written from OpenID Connect Core 1.0 and RFC 7636, not from the product: it refuses a
redeemed code, a wrong secret and a verifier that does not fit.
"""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "openscrutiny", "an invented secret"


@dataclass
class FakeProvider:
    """Hold its keys, what it says next, and what it was asked."""

    address: str = ""
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)  # None takes a claim away
    spoil: Any = None  # what is done to a token before it is given
    signs_with: str = "one"
    header: dict[str, Any] = field(default_factory=dict)
    describes: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    redeemed: int = 0

    def make_key(self, name: str) -> None:
        self.keys[name] = rsa.generate_private_key(65537, 2048)

    def authorize(self, address: str, **more: str) -> str:
        """Sign somebody on at its page; give the address that their browser goes to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.address}/authorize?")
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], **more}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form["client_secret"] != SECRET:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != asked["code_challenge"]:
            return None
        assert form["redirect_uri"] == asked["redirect_uri"]
        self.redeemed += 1
        now = int(time.time())
        said = {
            "iss": self.address, "aud": CLIENT, "sub": "subject-1", "iat": now,
            "exp": now + 300, "nonce": asked["nonce"], "amr": ["pwd", "mfa"],
            "email": "anna@example.org", "email_verified": True, **self.claims,
        }  # fmt: skip
        said = {name: value for name, value in said.items() if value is not None}
        header = {"kid": self.signs_with, **self.header}
        token = jwt.encode(said, self.keys[self.signs_with], "RS256", headers=header)
        return {"id_token": self.spoil(token) if self.spoil else token}

    def published_keys(self) -> dict[str, Any]:
        return {
            "keys": [
                {
                    **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
                    "kid": name,
                    "use": "sig",
                }
                for name, key in self.keys.items()
            ]
        }

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            **self.describes,
        }


@contextmanager
def serve_provider() -> Iterator[FakeProvider]:
    """Serve a provider with one key."""
    provider = FakeProvider()
    provider.make_key("one")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/.well-known/openid-configuration": provider.description,
                "/keys": provider.published_keys,
            }
            page = pages.get(self.path)
            self._answer(page() if page else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: each[0] for name, each in parse_qs(body).items()}
            self._answer(provider.token(form) if self.path == "/token" else None)

        def _answer(self, said: dict[str, Any] | None) -> None:
            body = json.dumps(said or {"error": "invalid_grant"}).encode()
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
