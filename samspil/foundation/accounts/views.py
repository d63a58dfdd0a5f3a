"""The one page of log-in that allauth does not have: a new colleague chooses the first password."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samspil.foundation.accounts import actions
from samspil.foundation.accounts.forms import FirstPassword
from samspil.foundation.accounts.models import Account
from samspil.foundation.web.forms import refusals_on


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest, account_id: UUID, token: str) -> HttpResponse:
    account = Account.objects.filter(pk=account_id).first()
    if account is None or not actions.link_works(account, token):
        return render(request, "account/link_dead.html", status=404)
    form = FirstPassword(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.choose_first_password(
                account=account, token=token, password=form.cleaned_data["password"]
            )
            messages.success(request, _("Your password is saved. Log in with it."))
            return redirect("account_login")
    return render(request, "account/first_password.html", {"form": form, "account": account})
