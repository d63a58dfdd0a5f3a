"""The app of the wall: who may see what, decided in the database."""

from importlib import import_module

from django.apps import AppConfig


class Access(AppConfig):
    name = "samspil.foundation.access"
    label = "access"

    def ready(self) -> None:
        from samspil.foundation.access.lookups import use_arrays
        from samspil.foundation.access.wall import stand_guard

        stand_guard()
        use_arrays()
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
