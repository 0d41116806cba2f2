"""The Jinja environment of the pages: always escaped, and strict about names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template.defaultfilters import slugify
from django.urls import reverse
from django.utils.timezone import localtime
from jinja2 import Environment, StrictUndefined

from openscrutiny.periods import format_date
from openscrutiny.web.static_files import static_address


def make_environment(**options: Any) -> Environment:
    """Make the environment that Django's template engine uses."""
    options["undefined"] = StrictUndefined
    options["autoescape"] = True
    options["auto_reload"] = False
    environment = Environment(  # noqa: S701 - autoescape is set above
        trim_blocks=True, lstrip_blocks=True, **options
    )
    environment.globals.update(url=_url, static=static_address)
    filters: dict[str, Callable[..., Any]] = {
        "day": format_date,
        "count": write_count,
        "slug": slugify,
        "moment": write_moment,
    }
    environment.filters.update(filters)
    return environment


def write_moment(moment: datetime) -> str:
    """Write a date and time as 31 March 2026, 14:05, by the clocks of England."""
    if moment.tzinfo is not None:
        moment = localtime(moment)
    return f"{format_date(moment)}, {moment:%H:%M}"


def write_count(number: int) -> str:
    """Write a whole number with commas."""
    return f"{number:,}"


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=args)
