"""The template files: those that ship with the program, and the person's own in their home, which win."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from offboard.errors import TemplateError

ENDING = ".md.j2"
PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Template:
    """One template: its name (`goodbye`, or `de/goodbye`), the file it came from, its text, its language if known."""

    name: str
    path: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Templates:
    """All templates by name."""

    by_name: Mapping[str, Template] = field(default_factory=dict)

    def get(self, name: str, language: str = "") -> Template:
        """The template in this language where there is one, else the default; TemplateError when there is none."""
        for wanted in (f"{language[:2].lower()}/{name}", name):
            if wanted in self.by_name:
                return self.by_name[wanted]
        raise TemplateError(
            f"There is no e-mail template “{name}{ENDING}”.", "Install offboard again, or restore the file."
        )


def load_templates(home: Path) -> Templates:
    """Read every template; the ones in HOME/templates win by name."""
    found: dict[str, Template] = {}
    for folder, default in ((shipped_folder(), "en"), (home / "templates", "")):
        for path in sorted(folder.rglob(f"*{ENDING}")) if folder.is_dir() else []:
            name = path.relative_to(folder).as_posix().removesuffix(ENDING)
            language = name.rpartition("/")[0] or default
            try:
                found[name] = Template(name, str(path), path.read_text(encoding="utf-8-sig"), language)
            except UnicodeDecodeError:
                raise TemplateError(f"{path} is no text.", "Save it as UTF-8.") from None
    return Templates(found)


def shipped_folder() -> Path:
    """Where the program's own templates lie: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"
