"""Signing in, as django-allauth does it, in our words: password, second step, recovery codes. Nobody signs up by themselves."""

from __future__ import annotations

import logging
from contextlib import suppress
from http import HTTPStatus
from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.account import views as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as step_forms
from allauth.mfa.base import views as step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, register_converter, reverse, reverse_lazy
from django.urls.converters import StringConverter

from enduse.casework.people.actions.accounts import Event, changing
from enduse.casework.people.directory import account_number
from enduse.casework.people.queries import actor_of
from enduse.web.access import ANYONE, View, actor_in, page, public
from enduse.web.forms import words
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say

log = logging.getLogger("enduse")  # as `config/logs` has it


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator; what is said is ours."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": words("sign_in.wrong"),
        "too_many_login_attempts": words("sign_in.locked"),
        "incorrect_password": words("sign_in.wrong_password"),
        "enter_current_password": words("sign_in.wrong_password"),
        "rate_limited": words("sign_in.often"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *_: Any, **__: Any) -> None:
        """What is worth saying our views say."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one letter that is sent: the link for a new password."""
        text = say("sign_in.reset.mail", lang(), url=context["password_reset_url"])
        EmailMessage(say("sign_in.reset.mail_subject", lang()), text, settings.DEFAULT_FROM_EMAIL, [email]).send()

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second step confirms with it: a password alone is what the step is there for."""
        held: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in held if method["id"] == "mfa_reauthenticate"] or held


class StepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": words("sign_in.wrong_code"),
        "cannot_generate_recovery_codes": words("sign_in.no_codes_yet"),
    }


class Worded:
    """A form of allauth's with our labels and hints, and nothing inside its fields that vanishes when one types."""

    fields: dict[str, Any]
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            hint = self.hints.get(name, f"sign_in.{name}.hint")
            field.label, field.help_text = words(f"sign_in.{name}"), words(hint) if hint in TABLE else ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Worded, account_forms.LoginForm):  # type: ignore[misc]
    """E-mail and password."""


class ReauthenticateForm(Worded, account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class Twice(Worded):
    """A new password, typed twice."""

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        held: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        if held.get("password1") and held.get("password2") and held["password1"] != held["password2"]:
            self.add_error("password2", say("sign_in.differ", lang()))  # type: ignore[attr-defined]
        return held


class ChangePasswordForm(Twice, account_forms.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one, which is another."""

    def clean(self) -> dict[str, Any]:
        """Not the same again: whoever set the old one knows it."""
        held = super().clean()
        if held.get("password1") and held["password1"] == held.get("oldpassword"):
            self.add_error("password1", say("sign_in.same", lang()))
        return held


class ResetPasswordForm(Worded, account_forms.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""


class ResetPasswordKeyForm(Twice, account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password by the link."""


class CodeForm(Worded, step_forms.AuthenticateForm):  # type: ignore[misc]
    """The second step."""


class ConfirmCodeForm(Worded, step_forms.ReauthenticateForm):  # type: ignore[misc]
    """The second step once more."""


class ActivateForm(Worded, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """A code that shows that the app has the key."""

    hints: ClassVar[dict[str, str]] = {"code": "sign_in.code_new.hint"}


class Answering:
    """An invalid form is 422; one that comes too often is 429."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again, with what is wrong."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        often = {str(Adapter.error_messages["too_many_login_attempts"]), str(Adapter.error_messages["rate_limited"])}
        said = {str(error) for errors in form.errors.values() for error in errors}
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS if said & often else HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class Recorded(Answering):
    """A change of what protects the account: it and its record in the ledger, both or neither."""

    event: ClassVar[Event]
    done: ClassVar[str]
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Change, and record it."""
        with changing(self.event, by=actor_in(self.request)):
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        messages.success(self.request, say(self.done, lang()))
        return response


class Login(Answering, account.LoginView):  # type: ignore[misc]
    """Signing in."""

    form_class, template_name = LoginForm, "web/sign_in/login.html"


class Logout(account.LogoutView):  # type: ignore[misc]
    """Signing out."""

    template_name = "web/sign_in/logout.html"


class Inactive(account.AccountInactiveView):  # type: ignore[misc]
    """An account that was switched off."""

    template_name = "web/sign_in/inactive.html"


class Reauthenticate(Answering, account.ReauthenticateView):  # type: ignore[misc]
    """Confirming with the password."""

    form_class, template_name = ReauthenticateForm, "web/sign_in/confirm.html"


class PasswordChange(Recorded, account.PasswordChangeView):  # type: ignore[misc]
    """One's own new password."""

    form_class, template_name, event, done = ChangePasswordForm, "web/sign_in/password.html", "password_changed", "sign_in.changed"

    def get_default_success_url(self) -> str:
        """Back to one's own page."""
        return reverse("me")


class PasswordReset(Answering, account.PasswordResetView):  # type: ignore[misc]
    """Asking for a link; where no mail is sent, whom to ask instead."""

    form_class, template_name = ResetPasswordForm, "web/sign_in/reset.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without mail there is nothing to send."""
        if not settings.MAIL_IS_SENT:
            return render(request, "web/sign_in/ask.html")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class PasswordResetDone(account.PasswordResetDoneView):  # type: ignore[misc]
    """The link is on its way."""

    template_name = "web/sign_in/reset_sent.html"


class PasswordResetFromKey(Answering, account.PasswordResetFromKeyView):  # type: ignore[misc]
    """A new password by the link."""

    form_class, template_name = ResetPasswordKeyForm, "web/sign_in/reset_key.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, and record it."""
        with changing("password_reset", by=actor_of(self.reset_user)):
            response: HttpResponse = super().form_valid(form)
        return response


class PasswordResetFromKeyDone(account.PasswordResetFromKeyDoneView):  # type: ignore[misc]
    """The new password is set."""

    template_name = "web/sign_in/reset_done.html"


class SecondStep(Answering, step.AuthenticateView):  # type: ignore[misc]
    """The second step of signing in."""

    form_class, template_name = CodeForm, "web/sign_in/step.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again, and a line in the log: the password was right."""
        user = self.stage.login.user
        _log(logging.WARNING, "sign_in.failed", self.request, (user.pk, user.person_id), step=2)
        return super().form_invalid(form)


class ConfirmStep(Answering, step.ReauthenticateView):  # type: ignore[misc]
    """Confirming with the second step."""

    form_class, template_name = ConfirmCodeForm, "web/sign_in/confirm.html"


class Steps(step.IndexView):  # type: ignore[misc]
    """What one's own second step is."""

    template_name = "web/sign_in/steps.html"


class TurnOn(Recorded, totp.ActivateTOTPView):  # type: ignore[misc]
    """The second step from now on."""

    form_class, template_name, event, done = ActivateForm, "web/sign_in/turn_on.html", "second_step_on", "sign_in.step.turned_on"


class TurnOff(Recorded, totp.DeactivateTOTPView):  # type: ignore[misc]
    """No second step any more."""

    template_name, event, done = "web/sign_in/turn_off.html", "second_step_off", "sign_in.step.turned_off"
    success_url = reverse_lazy("mfa_index")


class Codes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes that are left."""

    template_name = "web/sign_in/codes.html"


class NewCodes(Recorded, codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes instead of the old."""

    template_name, event, done = "web/sign_in/new_codes.html", "recovery_codes_made", "sign_in.codes.made"


class CodesFile(codes.DownloadRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes as a file."""

    template_name = "web/sign_in/codes.txt"


class Base36(StringConverter):
    """A number as allauth writes it into an address; the key follows after a dash."""

    regex = "[0-9A-Za-z]+"


register_converter(Base36, "base36")


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    _log(logging.INFO, "sign_in.done", request, (user.pk, user.person_id))


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        _log(logging.INFO, "sign_in.ended", request, (user.pk, user.person_id))


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    _log(logging.WARNING, "sign_in.failed", request, account_number(str(credentials.get("email") or "")))


def _log(level: int, event: str, request: HttpRequest | None, who: tuple[int, int] | None, **more: Any) -> None:
    """A line in the log: who by number, as far as that is known, and from where; never what was typed."""
    account, person = who or (None, None)
    address = None
    with suppress(PermissionDenied):  # it came from nowhere
        address = Adapter(request).get_client_ip(request) if request is not None else None
    log.log(level, event, extra={"values": {"account": account, "person": person, "address": address, **more}})


def _mine(view: View) -> View:
    """A view for who has signed in, whatever the role."""
    return page(ANYONE, do=ANYONE)(view)


urls = [
    path("accounts/login/", public(Login.as_view()), name="account_login"),
    path("accounts/logout/", public(Logout.as_view()), name="account_logout"),
    path("accounts/inactive/", public(Inactive.as_view()), name="account_inactive"),
    path("accounts/confirm/", _mine(Reauthenticate.as_view()), name="account_reauthenticate"),
    path("accounts/password/", _mine(PasswordChange.as_view()), name="account_change_password"),
    path("accounts/password/reset/", public(PasswordReset.as_view()), name="account_reset_password"),
    path("accounts/password/reset/sent/", public(PasswordResetDone.as_view()), name="account_reset_password_done"),
    path("accounts/password/reset/done/", public(PasswordResetFromKeyDone.as_view()), name="account_reset_password_from_key_done"),
    path("accounts/password/reset/<base36:uidb36>-<str:key>/", public(PasswordResetFromKey.as_view()), name="account_reset_password_from_key"),
    path("accounts/step/", public(SecondStep.as_view()), name="mfa_authenticate"),
    path("accounts/step/confirm/", _mine(ConfirmStep.as_view()), name="mfa_reauthenticate"),
    path("accounts/steps/", _mine(Steps.as_view()), name="mfa_index"),
    path("accounts/steps/on/", _mine(TurnOn.as_view()), name="mfa_activate_totp"),
    path("accounts/steps/off/", _mine(TurnOff.as_view()), name="mfa_deactivate_totp"),
    path("accounts/steps/codes/", _mine(Codes.as_view()), name="mfa_view_recovery_codes"),
    path("accounts/steps/codes/new/", _mine(NewCodes.as_view()), name="mfa_generate_recovery_codes"),
    path("accounts/steps/codes/file/", _mine(CodesFile.as_view()), name="mfa_download_recovery_codes"),
]
