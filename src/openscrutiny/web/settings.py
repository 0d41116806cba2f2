"""Every setting of the web application: one function, one declared list.

Nothing else in the web room reads the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.access.provider import Provider, check_address
from openscrutiny.scrutiny.database import configure as configure_database
from openscrutiny.scrutiny.database import find_workspace, migrate
from openscrutiny.workspace import Workspace


@dataclass(frozen=True)
class Setting:
    """Describe one environment variable that the web application reads."""

    name: str
    default: str
    help: str


SETTINGS: Final = (
    Setting("OPENSCRUTINY_WORKSPACE", "", "The workspace, where no folder is given."),
    Setting(
        "OPENSCRUTINY_SECRET_KEY",
        "",
        "The key that signs sessions; without it, the workspace's own key file.",
    ),
    Setting(
        "OPENSCRUTINY_ALLOWED_HOSTS",
        "",
        "Names, with commas, under which people reach the application, besides this "
        "machine itself.",
    ),
    Setting(
        "OPENSCRUTINY_BEHIND_HTTPS",
        "",
        "1 where a proxy in front speaks HTTPS and sets X-Forwarded-Proto and "
        "X-Forwarded-For.",
    ),
    Setting(
        "OPENSCRUTINY_SMTP",
        "",
        "The mail server of digests, as host:port; it is spoken to with STARTTLS.",
    ),
    Setting(
        "OPENSCRUTINY_SMTP_SIGN_IN",
        "",
        "Name and password of the mail server, as name:password; without it, none.",
    ),
    Setting(
        "OPENSCRUTINY_MAIL_FROM",
        "openscrutiny@localhost",
        "Whom digests are from.",
    ),
    Setting(
        "OPENSCRUTINY_OIDC_ISSUER",
        "",
        "The council's own sign-on by OpenID Connect, as https://login.microsoftonline."
        "com/TENANT/v2.0; without it there is none.",
    ),
    Setting(
        "OPENSCRUTINY_OIDC_CLIENT_ID", "", "What this application is called there."
    ),
    Setting(
        "OPENSCRUTINY_OIDC_CLIENT_SECRET", "", "The secret that it was given there."
    ),
    Setting(
        "OPENSCRUTINY_OIDC_NAME",
        "the council’s account",
        "What people call it, on the button of the sign-in page.",
    ),
    Setting(
        "OPENSCRUTINY_OIDC_MFA_ACR",
        "",
        "Values, with commas, of acr or acrs that stand for a second factor, besides "
        "mfa in amr.",
    ),
    Setting(
        "OPENSCRUTINY_LOCAL_SIGN_IN",
        "1",
        "0 where people sign in by the council's own sign-on alone.",
    ),
)

_HERE: Final = Path(__file__).parent
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


def read_environment(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Read every declared setting, with its default."""
    there = os.environ if environment is None else environment
    return {
        setting.name: there.get(setting.name, setting.default) for setting in SETTINGS
    }


def configure(
    place: Workspace | Path,
    *,
    demo: bool | None = None,
    hosts: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> Workspace:
    """Configure Django for the web over this workspace; bring its database up to date.

    `demo` is the workspace's own answer unless given; `hosts` are further names that
    the server answers to.
    """
    workspace = find_workspace(place)
    given = read_environment(environment)
    is_demo = workspace.demo if demo is None else demo and workspace.demo
    (workspace.folder / "uploads").mkdir(exist_ok=True)
    configure_database(workspace, **_web_settings(workspace, given, hosts, is_demo))
    migrate()
    return workspace


def _web_settings(
    workspace: Workspace,
    given: Mapping[str, str],
    hosts: tuple[str, ...],
    demo: bool,
) -> dict[str, Any]:
    secure = given["OPENSCRUTINY_BEHIND_HTTPS"] == "1"
    named = [h.strip() for h in given["OPENSCRUTINY_ALLOWED_HOSTS"].split(",")]
    settings: dict[str, Any] = {
        "DEBUG": False,
        "OPENSCRUTINY_DEMO": demo,
        "OPENSCRUTINY_BEHIND_PROXY": secure,
        **_sign_on_settings(given),
        "ALLOWED_HOSTS": [*_LOOPBACK, *hosts, *(h for h in named if h)],
        "ROOT_URLCONF": "openscrutiny.web.urls",
        "MIDDLEWARE": list(_MIDDLEWARE),
        "TEMPLATES": [_templates()],
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        "SESSION_COOKIE_NAME": "openscrutiny_session",
        "SESSION_COOKIE_AGE": 8 * 60 * 60,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_NAME": "openscrutiny_csrf",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_FAILURE_VIEW": "openscrutiny.web.views.plain.csrf_failure",
        "LOGIN_URL": "sign-in",
        "APPEND_SLASH": True,
        # A text of 100,000 letters is read, and refused in words.
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 1_000_000,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 600,  # a scorecard has a field a row
        # What is given may hold records of children: it waits in the workspace alone.
        "FILE_UPLOAD_HANDLERS": list(_UPLOADING),
        "FILE_UPLOAD_TEMP_DIR": workspace.folder / "uploads",
        "DATA_UPLOAD_MAX_NUMBER_FILES": 1_000,  # a year of returns at once
        "SECURE_PROXY_SSL_HEADER": (
            ("HTTP_X_FORWARDED_PROTO", "https") if secure else None
        ),
        # Only sent over HTTPS; Django leaves it out of plain HTTP answers.
        "SECURE_HSTS_SECONDS": 31_536_000 if secure else 0,
    }
    if given["OPENSCRUTINY_SECRET_KEY"]:
        settings["SECRET_KEY"] = given["OPENSCRUTINY_SECRET_KEY"]
    return settings


def _sign_on_settings(given: Mapping[str, str]) -> dict[str, Any]:
    """Give who signs people on, and whether passwords count. Raises OpenScrutinyError."""
    named = [
        f"OPENSCRUTINY_OIDC_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    ]
    lacking = [name for name in named if not given[name].strip()]
    is_local = given["OPENSCRUTINY_LOCAL_SIGN_IN"].strip() != "0"
    if 0 < len(lacking) < len(named):
        raise OpenScrutinyError(
            f"Single sign-on is half set: {', '.join(lacking)} is missing.",
            "Set all three, or none.",
        )
    if lacking and not is_local:
        raise OpenScrutinyError(
            "Nobody could sign in: passwords are off and there is no single sign-on.",
            "Set the three of OPENSCRUTINY_OIDC_…, or leave OPENSCRUTINY_LOCAL_SIGN_IN out.",
        )
    if lacking:
        return {"OPENSCRUTINY_PROVIDER": None, "OPENSCRUTINY_LOCAL": True}
    issuer, client, secret = (given[name].strip() for name in named)
    if not check_address(issuer):
        raise OpenScrutinyError(
            "OPENSCRUTINY_OIDC_ISSUER is no address that begins with https.",
            "Give the issuer as the provider's own description has it.",
        )
    factors = given["OPENSCRUTINY_OIDC_MFA_ACR"].split(",")
    provider = Provider(
        issuer,
        client,
        secret,
        given["OPENSCRUTINY_OIDC_NAME"].strip() or "the council’s account",
        tuple(each.strip() for each in factors if each.strip()),
    )
    return {"OPENSCRUTINY_PROVIDER": provider, "OPENSCRUTINY_LOCAL": is_local}


_UPLOADING: Final = (
    "openscrutiny.web.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
)

_MIDDLEWARE: Final = (
    "openscrutiny.web.middleware.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openscrutiny.web.middleware.SignInNeeded",
    "openscrutiny.web.middleware.PlainAnswer",
)


def _templates() -> dict[str, Any]:
    return {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            _HERE / "templates",
            _HERE.parent / "story" / "templates",
        ],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "openscrutiny.web.environment.make_environment"},
    }
