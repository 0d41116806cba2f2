"""Single sign-on by OpenID Connect: the authorization code flow with PKCE and a nonce.

Knows nothing of our people: an address to send somebody to, and what the provider says
of who came back. Every word of an ID token is verified (OpenID Connect Core 3.1.3.7),
its signature too, though it comes over TLS from the provider itself.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

from openscrutiny.errors import OpenScrutinyError

# Signed with a key that only the provider has: never with a secret that we share.
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
_REQUIRED: Final = ("iss", "aud", "exp", "iat", "sub", "nonce")
_LEEWAY: Final = 60  # seconds by which the two clocks may differ
_LASTS: Final = 10 * 60  # seconds that somebody may take at the provider
_KEPT_FOR: Final = 60 * 60  # seconds for which its description and keys are kept
_MOST_BYTES: Final = 1_000_000
_SECONDS: Final = 10
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class SignOnError(OpenScrutinyError):
    """Nobody is signed in; the message is for them. `why` is a few words for the audit."""

    def __init__(self, why: str, message: str, fix: str) -> None:
        super().__init__(message, fix)
        self.why = why


@dataclass(frozen=True)
class Provider:
    """Hold who signs the council's people on, and what stands for a second factor."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    factors: tuple[str, ...] = ()  # values of acr or acrs, besides "mfa" in amr


@dataclass(frozen=True)
class Who:
    """Hold who came back: never changed by the provider is the subject alone."""

    issuer: str
    subject: str
    email: str  # "" where the provider does not vouch for it


def begin_sign_on(provider: Provider, back: str) -> tuple[str, dict[str, Any]]:
    """Give the address to send somebody to, and what their session keeps meanwhile."""
    kept = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
        "until": time.time() + _LASTS,
    }
    digest = hashlib.sha256(str(kept["verifier"]).encode("ascii")).digest()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    if provider.factors:
        asked = {"essential": True, "values": list(provider.factors)}
        query["claims"] = json.dumps({"id_token": {"acrs": asked}})  # as Entra ID reads
        query["acr_values"] = " ".join(provider.factors)
    address = str(_describe(provider)["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", kept


def redeem(
    provider: Provider,
    kept: Mapping[str, Any] | None,
    came: Mapping[str, str],
    back: str,
) -> Who:
    """Tell who came back; `came` is the address's query. Raises SignOnError."""
    state = came.get("state", "")
    if not kept or not compare_digest(str(kept["state"]).encode(), state.encode()):
        raise SignOnError(
            "not begun here",
            "This sign-in was not begun in this browser.",
            "Begin again from the sign-in page.",
        )
    if kept["until"] < time.time():
        raise SignOnError("too late", "This sign-in took too long.", "Begin again.")
    if "error" in came or not came.get("code"):
        raise SignOnError(
            "refused by the provider",
            f"You were not signed in there ({provider.name}).",
            "Try again, or ask those who keep your council’s accounts.",
        )
    token = _exchange(provider, came["code"], str(kept["verifier"]), back)
    claims = _verify(provider, token, str(kept["nonce"]))
    _check_factor(provider, claims)
    return Who(provider.issuer, str(claims["sub"]), _vouched_email(claims))


def check_address(address: str) -> bool:
    """Say whether an address may be spoken to: over TLS, or on this machine alone."""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    )
    return is_safe and bool(parts.hostname)


# ---------- What the token says ----------


def _verify(provider: Provider, token: str, nonce: str) -> Mapping[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg", "")
        if algorithm not in _ALGORITHMS:
            raise jwt.InvalidAlgorithmError
        claims = jwt.decode(
            token,
            _find_key(provider, str(header.get("kid", "")), algorithm),
            algorithms=[algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=_LEEWAY,
            options={"require": list(_REQUIRED)},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise _untrusted(type(error).__name__) from error
    if not compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise _untrusted("wrong nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else provider.client_id) != provider.client_id:
        raise _untrusted("wrong azp")
    return claims


def _untrusted(why: str) -> SignOnError:
    return SignOnError(
        f"token refused: {why}",
        "What the sign-on service said of you cannot be trusted.",
        "Begin again; if it stays so, tell whoever runs OpenScrutiny.",
    )


def _check_factor(provider: Provider, claims: Mapping[str, Any]) -> None:
    methods, levels = _words(claims.get("amr")), _words(claims.get("acr"))
    levels |= _words(claims.get("acrs"))
    if "mfa" not in methods and not levels & set(provider.factors):
        raise SignOnError(
            "no second factor",
            f"You signed in there without a second factor ({provider.name}).",
            "Sign in there with one; whoever keeps your council’s accounts can make it "
            "ask for it.",
        )


def _words(claim: Any) -> set[str]:
    if isinstance(claim, str):
        return {claim}
    return {each for each in claim if isinstance(each, str)} if claim else set()


def _vouched_email(claims: Mapping[str, Any]) -> str:
    """Give the e-mail that the provider has verified; Entra ID says so as xms_edov."""
    said = (claims.get("email_verified"), claims.get("xms_edov"))
    is_vouched = any(each is True or each in ("true", "1") for each in said)
    email = claims.get("email")
    return email.strip().lower() if is_vouched and isinstance(email, str) else ""


# ---------- Speaking with the provider ----------


def _exchange(provider: Provider, code: str, verifier: str, back: str) -> str:
    described = _describe(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code_verifier": verifier,
    }
    answer = _fetch(str(described["token_endpoint"]), urlencode(form).encode("ascii"))
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise _untrusted("no token")
    return token


_kept: dict[str, tuple[float, Mapping[str, Any]]] = {}


def _describe(provider: Provider) -> Mapping[str, Any]:
    described = _fetch_kept(
        provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
    )
    ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if described.get("issuer") != provider.issuer or not all(
        check_address(str(described.get(end, ""))) for end in ends
    ):
        raise _unreachable("its description is another’s")
    return described


def _find_key(provider: Provider, number: str, algorithm: str) -> Any:
    """Find the key that signed; one that is new to us is looked for once more."""
    address = str(_describe(provider)["jwks_uri"])
    for oldest in (_KEPT_FOR, _LEEWAY):
        for key in _fetch_kept(address, oldest).get("keys", ()):
            if key.get("kid", "") == number and key.get("use", "sig") == "sig":
                return jwt.PyJWK(key, algorithm).key
    raise jwt.InvalidKeyError


def _fetch_kept(address: str, oldest: float = _KEPT_FOR) -> Mapping[str, Any]:
    at, answer = _kept.get(address, (0.0, {}))
    if time.time() - at > oldest:
        answer = _fetch(address)
        _kept[address] = (time.time(), answer)
    return answer


class _Nowhere(HTTPRedirectHandler):
    """Follow nobody elsewhere: what is sent holds a secret."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _fetch(address: str, form: bytes | None = None) -> Mapping[str, Any]:
    if not check_address(address):
        raise _unreachable("its address is not https")
    request = Request(address, form, {"Accept": "application/json"})  # noqa: S310
    try:
        with build_opener(_Nowhere).open(request, timeout=_SECONDS) as answer:
            read = json.loads(answer.read(_MOST_BYTES))
    except (URLError, OSError, ValueError) as error:
        raise _unreachable(type(error).__name__) from error
    if not isinstance(read, dict):
        raise _unreachable("it answers no object")
    return read


def _unreachable(why: str) -> SignOnError:
    return SignOnError(
        f"provider not reached: {why}",
        "The sign-on service could not be asked.",
        "Try again in a few minutes; if it stays so, tell whoever runs OpenScrutiny.",
    )
