"""What every command is given: the store that was named, the language, the clock and the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.discovery import (
    SETTINGS_NAME,
    STORE_NAME,
    is_same,
    nearest_store,
    own_folder,
    own_hooks,
    own_settings,
    refuse_stranger,
)
from tracker.errors import (
    BadSettings,
    BadValue,
    OnlyRead,
    OutOfOrder,
)
from tracker.message import Message, PluralMessage
from tracker.query import Query, Selection
from tracker.store import AfterWrite, Effect, Gate, Store, file_path, open_store
from tracker.store.masking import is_address, masked, without_passwords

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.actions import ChangeContext
    from tracker.following.folder import FollowedFolder
    from tracker.locale import Language
    from tracker.model import Milestone
    from tracker.render.table import Screen
    from tracker.settings import Settings


def app_option(flag: str, take: Callable[[App, Any], None], **given: Any) -> Callable[[Any], Any]:
    """An option that tells the app something, before a command and on it."""

    def callback(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        take(ctx.ensure_object(App), value)

    return click.option(flag, expose_value=False, callback=callback, **given)


class App:
    """One run of the command line."""

    def __init__(self) -> None:
        self._file: str | None = None
        self._lang: str | None = None
        self._followed: str | None = None
        self.pages = True

    def use(self, files: Sequence[str]) -> None:
        """Take the stores named by --file, here or on the command: one, or the same one again."""
        for file in files:
            if not file:
                raise click.UsageError("--file needs the path of a store.")
            if self._file is not None and not is_same(file, self._file):
                two = f"{masked(self._file)} and {masked(file)}"
                raise click.UsageError(
                    Message("Two stores are given, {two}; give one --file.", two=two)
                )
            self._file = file

    def follow(self, name: str | None) -> None:
        """Take the record that is followed by the name after --from."""
        if name is not None and self._followed not in (None, name):
            raise click.UsageError("Two records are named with --from; give one.")
        self._followed = self._followed if name is None else name

    @property
    def is_followed(self) -> bool:
        """Whether what is read is another's."""
        return self._followed is not None

    def speak(self, lang: str | None) -> None:
        """Take the language named by --lang, on the command rather than before it."""
        self._lang = lang or self._lang

    def page_nothing(self, is_told: bool) -> None:
        """Show nothing by a pager, if --no-pager says so."""
        self.pages = self.pages and not is_told

    @cached_property
    def lang(self) -> Language:
        """The language of --lang, TRACKER_LANG or the settings, or else of this computer.

        It may be one that only titles are in; the words around them are English then.
        """
        from tracker.locale import English, language, normal, of_this_computer

        asked = self._lang or os.environ.get("TRACKER_LANG") or self._settled_lang()
        if not asked:
            return of_this_computer()
        try:
            return language(asked)
        except BadValue:
            every = self.store.select(Query(date.max)).milestones
            if normal(asked) not in {normal(tag) for m in every for tag in m.translations}:
                raise
            return English(asked)

    @property
    def url(self) -> str:
        """The store named, or TRACKER_FILE, or the nearest upward from here, or the user's own."""
        return self._named or nearest_store() or str(own_folder("data") / STORE_NAME)

    @property
    def new_url(self) -> str:
        """Where `init` makes a store that nobody named: in this folder."""
        return self._named or STORE_NAME

    @property
    def is_named(self) -> bool:
        """Whether somebody said which store."""
        return self._named is not None

    @property
    def _named(self) -> str | None:
        return self._file or os.environ.get("TRACKER_FILE") or None

    @cached_property
    def store(self) -> Store:
        url = self.url if self._followed is None else self._followed_url(self._followed)
        return open_store(url, gate=self.gate)

    @property
    def followed(self) -> FollowedFolder:
        """The records that are followed, in the user's own folder."""
        from tracker.following.folder import FollowedFolder

        return FollowedFolder(own_folder("data") / "followed")

    def _followed_url(self, name: str) -> str:
        if self._file is not None:
            raise click.UsageError("--file and --from name two stores; give one.")
        pulled = self.followed.one(name).pulled_at.astimezone().date()
        if self.on_terminal:
            self.say("{name}, as it was pulled on {day}.", name=name, day=pulled)
        return str(self.followed.store_path(name))

    @cached_property
    def gate(self) -> Gate | None:
        """What every change of a store passes: the user's hooks, if there are any.

        What is followed is not changed.
        """
        if self._followed is not None:
            return _only_read
        if (folder := own_hooks()) is None:
            return None

        def asked(store: str, effects: Sequence[Effect]) -> AfterWrite:
            from pathlib import Path

            from tracker import hooks  # a list changes nothing

            return hooks.gate(Path(folder), self.note)(store, effects)

        return asked

    @property
    def settings(self) -> Settings:
        """The settings of TRACKER_SETTINGS, or of the file beside the store, or of your own."""
        return self._settled[0]

    def settled_path(self, said: str | None) -> Path | None:
        """A path in the settings, which goes from the folder that they are in; None if not said.

        Raises BadSettings for an address.
        """
        from pathlib import Path

        if not said:
            return None
        found = self._settled[1]
        if is_address(said):
            raise BadSettings(
                "{path} has {said} where the path of a file belongs.", path=found, said=masked(said)
            )
        return Path(found).parent / file_path(said)

    @cached_property
    def _settled(self) -> tuple[Settings, str]:
        """The settings, and the file that they were found in."""
        from tracker.cli.settings_file import settled

        return settled(self._settings_files(), is_named="TRACKER_SETTINGS" in os.environ)

    def beside(self, suffix: str) -> Path:
        """A file that goes with the store: hidden beside it, or the user's if it is no file."""
        from hashlib import sha256
        from pathlib import Path

        url = self.store.url
        if "://" not in url:
            path = Path(file_path(url))
            return path.with_name(f".{path.name}.{suffix}")
        kept = sha256(url.encode()).hexdigest()[:12]
        return own_folder("state") / f"{kept}.{suffix}"

    def _settled_lang(self) -> str | None:
        # A list is told where settings are, and reads them only if they are there.
        return self.settings.lang if any(map(os.path.exists, self._settings_files())) else None

    def _settings_files(self) -> Iterator[str]:
        if named := os.environ.get("TRACKER_SETTINGS"):
            yield file_path(named)
            return
        if "://" not in self.url:
            folder = os.path.dirname(file_path(self.url))
            beside = os.path.join(folder, SETTINGS_NAME)
            if not self._named:
                refuse_stranger(beside, self.url)
            yield beside
        yield own_settings()

    @cached_property
    def today(self) -> date:
        """The local calendar day: a promise is due on the day that its reader's wall shows."""
        return datetime.now().astimezone().date()

    @cached_property
    def last_day(self) -> date:
        """The last day that has begun anywhere on earth."""
        from tracker.model import last_day

        return last_day(datetime.now(UTC))

    @property
    def zone(self) -> tzinfo:
        """This computer's timezone: in it a time is the day that its user sees."""
        from dateutil.tz import tzlocal

        return tzlocal()

    def occasion(self, on: date | None = None, by: str | None = None) -> ChangeContext:
        """Return who changes something, when it took effect (today unless told), and the clock."""
        from tracker.actions import ChangeContext

        if on is not None and on > self.today:
            raise OutOfOrder(
                "A change cannot take effect after today, and {on} does.",
                "Give {today} or an earlier day, or leave it out.",
                on=on,
                today=self.today,
            )
        _ = self.lang  # one that nobody speaks is refused before anything changes
        author = by or os.environ.get("TRACKER_BY") or os.environ.get("USER") or _login()
        return ChangeContext(lambda: datetime.now(UTC), on or self.today, author, on is not None)

    @cached_property
    def width(self) -> int:
        """The cells of a line of the terminal, COLUMNS if that is set."""
        from tracker.cli.screen import terminal_size

        return terminal_size(sys.__stdout__, "COLUMNS") or 100

    @property
    def height(self) -> int:
        """The lines of the terminal, LINES if that is set."""
        from tracker.cli.screen import terminal_size

        return terminal_size(sys.__stdout__, "LINES") or 24

    @cached_property
    def on_terminal(self) -> bool:
        return sys.stdout.isatty()

    @cached_property
    def colour(self) -> bool:
        """Whether to style: on a terminal that has not asked us not to (no-color.org)."""
        if os.environ.get("FORCE_COLOR"):
            return not os.environ.get("NO_COLOR")
        dumb = os.environ.get("TERM") == "dumb"
        return self.on_terminal and not os.environ.get("NO_COLOR") and not dumb

    @property
    def screen(self) -> Screen:
        from tracker.render.table import Screen

        return Screen(self.width, self.colour, self.lang)

    def select(self, query: Query) -> Selection:
        """Ask the store, and say what of it is dated later than today."""
        found = self.store.select(query)
        self._note_later(found.later, query.as_of)
        return found

    def milestones(self, as_of: date) -> list[Milestone]:
        """All that the store has, saying the same."""
        everything = self.store.all()
        self.note_later(everything, as_of)
        return everything

    def note_later(self, milestones: Sequence[Milestone], as_of: date) -> None:
        if as_of >= self.today:
            self._note_later(sum(m.is_dated_after(as_of) for m in milestones), as_of)

    def _note_later(self, count: int, as_of: date) -> None:
        # On a day that is past, what came later is left out for good reason.
        if count and as_of >= self.today:
            said = PluralMessage(
                "{n} milestone has a date later than {day}, and is shown without what that says. "
                "Unless it has begun in another timezone, `tracker check` names it.",
                "{n} milestones have a date later than {day}, and are shown without what that "
                "says. Unless it has begun in another timezone, `tracker check` names them.",
                count,
                day=as_of,
            )
            self.note(self.lang.text(said))

    def say(self, sentence: str, /, **values: object) -> None:
        """Say a sentence beside the result, with values where it names them in braces."""
        self.note(Message(sentence, **values))

    def note(self, text: str) -> None:
        """Say something beside the result, on stderr; a message is made safe, a drawing is that."""
        if isinstance(text, Message):
            from tracker.cli.screen import broken_for_stderr

            text = "\n".join(map(broken_for_stderr, self.lang.text(text).split("\n")))
        click.echo(without_passwords(text), err=True)


def _only_read(_: str, __: Sequence[Effect]) -> AfterWrite:
    raise OnlyRead(
        "What is followed with --from is another's record, and only read; nothing was changed.",
        "Leave out --from to change your own.",
    )


def _login() -> str | None:
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # neither a variable nor an account has a name
        return None
