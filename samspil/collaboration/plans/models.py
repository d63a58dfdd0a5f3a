"""What the family wants to reach, who does what, and what sectors do. Rows are added, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.foundation.access.models import ItemBacked, Space, Subject
from samspil.foundation.organisations.models import Membership, Unit

LOWEST, HIGHEST = -2, 2
STEPS = range(LOWEST, HIGHEST + 1)
_WORD, _LINE = 30, 500


class Sector(models.TextChoices):
    """Which sector takes the lead, or does something."""

    REGION = "region", _("The region")
    MUNICIPALITY = "municipality", _("The municipality")
    OTHER = "other", _("Others")


class Goal(ItemBacked):
    """One version of what somebody wants to reach. `thread` is the id of its first version.

    `steps` are the five levels of goal attainment scaling, from −2 to +2, each in words; 0 is what one
    hopes for.
    """

    class State(models.TextChoices):
        STANDING = "standing", _("Stands")
        REACHED = "reached", _("Reached")
        CHANGED = "changed", _("Something else is more important now")
        DROPPED = "dropped", _("The family does not want it any more")

    class Mode(models.TextChoices):
        """Which way a goal helps, where the model tells that apart."""

        SUPPORTIVE = "supportive", _("Supports")
        DEVELOPING = "developing", _("Develops")
        COMPENSATING = "compensating", _("Makes up for something")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    thread = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    words = models.TextField()
    own_words = models.BooleanField(default=False)
    """They are said by the family, and nobody has rewritten them."""
    said_by = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField(null=True, blank=True)
    steps = ArrayField(models.CharField(max_length=_LINE, blank=True), default=list, blank=True)
    no_steps_reason = models.CharField(max_length=_LINE, blank=True)
    start = models.SmallIntegerField(null=True, blank=True)
    """The step one stood on when the goal was set."""
    lead_sector = models.CharField(max_length=_WORD, blank=True, choices=Sector.choices)
    owner_post = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_person = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    mode = models.CharField(max_length=_WORD, blank=True, choices=Mode.choices, default="", db_default="")
    state = models.CharField(max_length=_WORD, choices=State.choices, default=State.STANDING)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=_LINE, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="goal_has_words"),
            models.CheckConstraint(
                condition=Q(own_words=False) | Q(said_by__isnull=False, said_on__isnull=False),
                name="goal_own_words_have_a_voice",
            ),
            models.CheckConstraint(condition=Q(steps__len__in=[0, 5]), name="goal_has_five_steps_or_none"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start__gte=LOWEST, start__lte=HIGHEST),
                name="goal_starts_on_a_step",
            ),
            models.CheckConstraint(
                condition=Q(owner_post__isnull=True) | Q(owner_person__isnull=True), name="goal_has_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(state="standing", ended_on__isnull=True, end_reason="")
                | ~Q(state="standing") & Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="goal_end_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(number=1, supersedes__isnull=True, thread=F("item"))
                | Q(number__gt=1, supersedes__isnull=False),
                name="goal_versions_follow_each_other",
            ),
        ]
        indexes = [models.Index(fields=["space", "thread", "number"], name="goal_of_space")]


class GoalRating(ItemBacked):
    """On which step somebody says one stands, on a day. Several may say differently: each is kept."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    """The version that was looked at."""
    thread = models.UUIDField()
    level = models.SmallIntegerField()
    on = models.DateField()
    by_person = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_post = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=LOWEST, level__lte=HIGHEST), name="goal_rating_is_a_step"
            ),
            models.CheckConstraint(
                condition=Q(by_person__isnull=False, by_post__isnull=True)
                | Q(by_person__isnull=True, by_post__isnull=False),
                name="goal_rating_has_one_voice",
            ),
        ]


class Plan(ItemBacked):
    """A version of the shared plan that was agreed: which versions of which goals, on which day."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    goals = ArrayField(models.UUIDField())
    reason = models.CharField(max_length=_LINE, blank=True)
    """Why it was changed."""
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goals__len__gte=1, goals__len__lte=5), name="plan_has_one_to_five_goals"
            ),
            models.CheckConstraint(
                condition=Q(number=1, supersedes__isnull=True) | Q(number__gt=1, supersedes__isnull=False),
                name="plan_versions_follow_each_other",
            ),
        ]


class PlanVoice(ItemBacked):
    """What one person said to the plan: agreed, not agreed, could not answer, in whose own words."""

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Agrees")
        NOT_AGREED = "not-agreed", _("Does not agree")
        NO_ANSWER = "no-answer", _("Could not answer")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=_WORD, choices=Answer.choices)
    on = models.DateField()
    reason = models.CharField(max_length=_LINE, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="agreed") | ~Q(reason=""), name="plan_voice_has_a_reason"
            ),
        ]


class Agreement(ItemBacked):
    """What somebody does, and by when: one of the staff, one in the family who wants to, or one by name."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=_LINE)
    post = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    """Of somebody in the family's network, who needs no account to be held to it."""
    due_on = models.DateField()
    made_on = models.DateField()
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.UUIDField(null=True, blank=True)
    """The meeting it comes from: meetings stand above plans."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="agreement_says_what"),
            models.CheckConstraint(
                condition=Q(post__isnull=False, person__isnull=True, name="")
                | Q(post__isnull=True, person__isnull=False, name="")
                | Q(post__isnull=True, person__isnull=True) & ~Q(name=""),
                name="agreement_has_one_doer",
            ),
            models.CheckConstraint(condition=Q(made_on__lte=F("due_on")), name="agreement_dates_in_order"),
        ]
        indexes = [models.Index(fields=["post", "due_on"], name="agreement_of_post")]


class AgreementEnd(ItemBacked):
    """How an agreement ended: kept, not kept, or no longer needed, with the reason."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Not kept")
        DROPPED = "dropped", _("No longer needed")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="ends")
    outcome = models.CharField(max_length=_WORD, choices=Outcome.choices)
    on = models.DateField()
    reason = models.CharField(max_length=_LINE, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="kept") | ~Q(reason=""), name="agreement_end_has_a_reason"
            ),
        ]


class EffortType(models.TextChoices):
    """What kind of help it is. The codes stand in facts, and models name them."""

    PSYCHOEDUCATION = "psychoeducation", _("Psychoeducation")
    PARENTAL_TRAINING = "parental-training", _("Support for being a parent")
    FAMILY_TREATMENT = "family-treatment", _("Family treatment")
    FAMILY_GUIDANCE = "family-guidance", _("Guidance at home")
    TREATMENT = "treatment", _("Treatment in psychiatry")
    CHILD_GROUP = "child-group", _("Group for children and young people")
    CONTACT_PERSON = "contact-person", _("Contact person for a child or young person")
    RELIEF = "relief", _("Relief")
    SCHOOL_SUPPORT = "school-support", _("Support in school or day-care")
    SUBSTANCE_TREATMENT = "substance-treatment", _("Treatment for alcohol or drugs")
    EMPLOYMENT = "employment", _("Help towards work or education")
    SOCIAL_SUPPORT = "social-support", _("Social support for an adult")
    ADVICE = "advice", _("Advice")
    EDUCATION = "education", _("Education")
    CHILD_SIDE = "child-side", _("Help from the children's field that ends at 18")
    OTHER = "other", _("Something else")


class Effort(ItemBacked):
    """What one sector does for somebody in the family, and why, in words for adults and for children."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    thread = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=_WORD, choices=EffortType.choices)
    what = models.CharField(max_length=120)
    """What the family knows it as."""
    sector = models.CharField(max_length=_WORD, choices=Sector.choices)
    provider = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=60, blank=True)
    """The key of a statute in `definitions/law`."""
    section = models.CharField(max_length=120, blank=True)
    """Where in it; or the whole ground in words where we hold no such statute."""
    purpose = models.TextField()
    purpose_child = models.TextField()
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(purpose_child="") & ~Q(what=""), name="effort_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=~Q(provider="") | Q(unit__isnull=False), name="effort_has_a_provider"
            ),
            models.CheckConstraint(
                condition=Q(number=1, supersedes__isnull=True, thread=F("item"))
                | Q(number__gt=1, supersedes__isnull=False),
                name="effort_versions_follow_each_other",
            ),
        ]
        indexes = [models.Index(fields=["space", "thread", "number"], name="effort_of_space")]


class EffortStep(ItemBacked):
    """What happened with an effort, on a day: asked for, decided, begun, changed, followed up, ended."""

    class Kind(models.TextChoices):
        REQUESTED = "requested", _("Asked for")
        DECIDED = "decided", _("Decided")
        STARTED = "started", _("Begun")
        CHANGED = "changed", pgettext_lazy("a goal or an effort", "Changed")
        FOLLOWED_UP = "followed-up", _("Followed up")
        PLAN_READY = "plan-ready", _("The child's plan is ready")
        ENDED = "ended", pgettext_lazy("an effort", "Ended")

    class Rhythm(models.TextChoices):
        MONTHLY = "P1M", _("Every month")
        QUARTERLY = "P3M", _("Every three months")
        HALF_YEARLY = "P6M", _("Every six months")
        YEARLY = "P12M", _("Once a year")

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="+")
    """The version as it stood then."""
    thread = models.UUIDField()
    kind = models.CharField(max_length=_WORD, choices=Kind.choices)
    on = models.DateField()
    planned_end = models.DateField(null=True, blank=True)
    with_plan = models.BooleanField(default=False)
    """Decided together with a child's plan by law."""
    rhythm = models.CharField(max_length=_WORD, blank=True, choices=Rhythm.choices)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["changed", "ended", "followed-up"]) | ~Q(reason=""),
                name="effort_step_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True) | Q(planned_end__gte=F("on")),
                name="effort_step_dates_in_order",
            ),
        ]


class EffortView(ItemBacked):
    """What somebody in the family thinks of an effort, in that person's own words."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="+")
    thread = models.UUIDField()
    person = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="effort_view_has_words")]
