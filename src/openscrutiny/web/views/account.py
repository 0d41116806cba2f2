"""Signing in and out, and changing one's own password."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth import (
    authenticate,
    logout,
    password_validation,
    update_session_auth_hash,
)
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.accounts import (
    choose_password,
    note_signed_out,
)
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.permissions import Permission
from openscrutiny.scrutiny.policies import Password, SignIn
from openscrutiny.scrutiny.publishing.listing import list_published
from openscrutiny.scrutiny.roles import Role, role_words
from openscrutiny.scrutiny.signing_in import (
    forget_failures,
    minutes_to_wait,
    note_failure,
    wait_words,
)
from openscrutiny.web.entering import (
    address_of,
    begin,
    enter,
    remember,
    safe_next,
    source_of,
)
from openscrutiny.web.guards import (
    actor_of,
    changes,
    public_act,
    public_form,
    takes_form,
)
from openscrutiny.web.rendering import render_page

_NOT_TOGETHER = "The name and the password do not belong together."
_TOO_LATE = (
    "This one-time password has run out: they last seven days. Ask whoever gave it to "
    "you for a new one (openscrutiny user reset NAME)."
)

_NOT_HERE = "Passwords are not taken here. Sign in with your council’s own account."
_ENDED = (
    "Your sign-in ended with {day}. Ask whoever gave it to you for a later day, if you "
    "still need one."
)


class SignInForm(forms.Form):
    """Ask for a name and a password."""

    name = forms.CharField(
        max_length=100, error_messages={"required": "Enter your name."}
    )
    password = forms.CharField(
        max_length=1000,
        strip=False,
        error_messages={"required": "Enter your password."},
    )


class PasswordForm(forms.Form):
    """Ask for the password of today and, twice, for a new one."""

    def __init__(self, request: HttpRequest, *args: object) -> None:
        super().__init__(*args)
        self.request = request
        self.person: Person = request.user

    current = forms.CharField(
        max_length=1000,
        strip=False,
        error_messages={"required": "Enter your present password."},
    )
    new = forms.CharField(
        max_length=1000,
        strip=False,
        error_messages={"required": "Enter a new password."},
    )
    again = forms.CharField(
        max_length=1000,
        strip=False,
        error_messages={"required": "Enter the new password again."},
    )

    def clean_current(self) -> str:
        current = self.cleaned_data["current"]
        name = self.person.name
        source = source_of(self.request, name)
        if minutes := minutes_to_wait(name, source):
            raise forms.ValidationError(wait_words("passwords", minutes))
        if not self.person.check_password(current):
            note_failure(name, source, address_of(self.request))
            raise forms.ValidationError("This is not your present password.")
        return current

    def clean_new(self) -> str:
        new = self.cleaned_data["new"]
        password_validation.validate_password(new, self.person)
        if new == self.cleaned_data.get("current"):
            raise forms.ValidationError("Choose a password that is new.")
        return new

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        new = self.cleaned_data.get("new")
        if new is not None and again != new:
            raise forms.ValidationError("The two new passwords differ.")
        return again


@public_form
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who this is; five wrong passwords for one name and source mean a wait."""
    after = safe_next(request)
    if request.user.is_authenticated:
        return redirect(after)
    form = SignInForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _try(request, form)
        if not problem:
            return _go_on(request, after, form.cleaned_data["name"])
    return render_page(
        request,
        "pages/sign_in.html",
        title="Sign in",
        form=form,
        problem=problem,
        after=after if after != "/" else "",
        roles=_demo_roles(),
        provider=settings.OPENSCRUTINY_PROVIDER,
        by_password=settings.OPENSCRUTINY_LOCAL,
        asks_nobody=not settings.OPENSCRUTINY_FACTOR_ROLES,
        has_published=bool(list_published(Audience.PUBLIC)),
        status=200 if request.method != "POST" else 422,
    )


def _try(request: HttpRequest, form: SignInForm) -> str:
    """Sign in, or say in words why not."""
    if not settings.OPENSCRUTINY_LOCAL:
        return _NOT_HERE
    name = form.cleaned_data["name"]
    source = source_of(request, name)
    if minutes := minutes_to_wait(name, source):
        return wait_words("passwords", minutes)
    person = authenticate(
        request, username=name, password=form.cleaned_data["password"]
    )
    if person is None or person.password_state is Password.EXPIRED:
        note_failure(name, source, address_of(request))
        return _TOO_LATE if person else _NOT_TOGETHER
    if person.sign_in_state is SignIn.ENDED:
        return _ENDED.format(day=format_date(person.ends_on))
    forget_failures(name, source)
    begin(request, person)
    return ""


def _go_on(request: HttpRequest, after: str, name: str) -> HttpResponse:
    """Lead to the page that was asked for, by way of a second factor where there is one."""
    if request.user.is_authenticated:
        return remember(redirect(after), name)
    way = "?" + urlencode({"next": after}) if after != "/" else ""
    return redirect(reverse("sign-in-code") + way)


def _demo_roles() -> list[tuple[str, str]]:
    if not settings.OPENSCRUTINY_DEMO:
        return []
    return [(role.value, role_words(role)) for role in Role]


@public_act
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo roles; there is no such thing outside a demo."""
    role = request.POST.get("role", "")
    person = Person.objects.filter(name=role, is_demo=True).first()
    if not settings.OPENSCRUTINY_DEMO or person is None:
        raise Http404
    enter(request, person)
    return redirect(safe_next(request))


@changes(Permission.KEEP_OWN_ACCOUNT)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    with transaction.atomic():
        note_signed_out(actor_of(request))
        logout(request)
    return redirect("sign-in")


@takes_form(Permission.KEEP_OWN_ACCOUNT)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the one-time password must be changed here."""
    person = request.user
    form = PasswordForm(request, request.POST if request.method == "POST" else None)
    first_time = person.must_change_password
    if request.method == "POST" and not person.is_demo and form.is_valid():
        _change(request, form.cleaned_data["new"])
        return redirect("overview")
    return render_page(
        request,
        "pages/password.html",
        title="Choose a password" if first_time else "Change your password",
        form=form,
        first_time=first_time,
        status=200 if request.method != "POST" else 422,
    )


def _change(request: HttpRequest, new: str) -> None:
    person = request.user
    with transaction.atomic():
        choose_password(actor_of(request), person, new)
        forget_failures(person.name, source_of(request, person.name))
    update_session_auth_hash(request, person)


# Whoever still has a one-time password may reach these two and nothing else.
password.before_new_password = True
sign_out.before_new_password = True
# Nor is more open to whoever owes a second factor, besides the page that sets it up.
password.before_factor = True
sign_out.before_factor = True
