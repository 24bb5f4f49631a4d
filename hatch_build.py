"""Build hook: a wheel carries resources and translations inside the package; a source checkout reads them in place."""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarriedFolders(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the two folders to a standard wheel only, so that a source checkout never reads a stale copy."""

    def initialize(self, version: str, build_data: dict[str, dict[str, str]]) -> None:
        """Name the folders to carry; `version` is what hatchling calls the kind of wheel."""
        if version == "standard":
            for folder in ("resources", "translations"):
                build_data["force_include"][folder] = f"jxc_desktop/{folder}"
