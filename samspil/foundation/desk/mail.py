"""The one mail that Samspil sends."""

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import override


def news_mail(news: UUID, reference: str, address: str, connection: BaseEmailBackend) -> EmailMessage:
    """There is something new. Takes a reference and an address, and so can say nothing else."""
    with override(settings.LANGUAGE_CODE):
        subject = render_to_string("desk/mail/news_subject.txt").strip()
        body = render_to_string("desk/mail/news.txt", {"reference": reference})
    headers = {"Message-ID": f"<{news}@samspil>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[address], headers=headers, connection=connection)
