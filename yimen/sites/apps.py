"""The addresses as a Django app."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """The addresses as a Django app."""

    name = "yimen.sites"
    label = "sites"
    verbose_name = "sites"

    def ready(self) -> None:
        """Hand the house's clock to the templates, which know no domain and no kernel."""
        from yimen.kernel import clock
        from yimen.ui.formats import tell_day_by

        tell_day_by(clock.today)
