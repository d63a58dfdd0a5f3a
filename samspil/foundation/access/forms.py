"""The shape of what people send in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.access.queries import Post
from samspil.foundation.web.forms import Form


class ActFor(Form):
    """One of the posts that the account has today."""

    membership = forms.ChoiceField(label=_("Who do you work for right now?"), widget=forms.RadioSelect)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = [  # type: ignore[attr-defined]
            (str(post.membership_id), f"{post.unit}, {post.authority} ({post.role})") for post in posts
        ]
