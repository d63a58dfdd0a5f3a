"""Where Samspil does otherwise than allauth: the last passkey may have to stay, and reading only reads."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def change_password(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and not request.user.has_usable_password():
        messages.info(request, _("You log in without a password here. There is none to change."))
        return redirect("mfa_index")
    answer: HttpResponse = account.password_change(request)
    return answer


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    own = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    if not get_adapter().can_delete_authenticator(get_object_or_404(own, pk=pk)):
        messages.error(request, _("This is your only second factor. Add another one first."))
        return redirect("mfa_list_webauthn")
    answer: HttpResponse = passkeys.remove_webauthn(request, pk=pk)
    return answer


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@never_cache
@require_safe
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """allauth's own page notes that it was seen: it writes where one only reads."""
    own = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES)
    unused = get_object_or_404(own).wrap().get_unused_codes()
    return render(request, "mfa/recovery_codes/index.html", {"unused_codes": unused})
