"""Where Samspil asks for more than allauth does: the last passkey stays while a second factor is demanded."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    own = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    if not get_adapter().can_delete_authenticator(get_object_or_404(own, pk=pk)):
        messages.error(request, _("This is your only second factor. Add another one first."))
        return redirect("mfa_list_webauthn")
    answer: HttpResponse = passkeys.remove_webauthn(request, pk=pk)
    return answer
