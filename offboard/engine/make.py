"""Make: each change as soon as what it needs is made; every call names a recorded id, so it can be repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any

from offboard.emails.message import format_message
from offboard.engine.content import read_content
from offboard.engine.hold_call import hold_call
from offboard.engine.look import SIDE_BY_SIDE
from offboard.engine.make_document import write_document
from offboard.engine.reserve import mail_key
from offboard.errors import EditedError, MissingError, NoAccountError, OffboardError, RefusedError
from offboard.plan import (
    Change,
    CopyReport,
    HoldCall,
    MakeFolder,
    Outcome,
    RefreshReport,
    Result,
    Share,
    Unshare,
    WriteDocument,
    WriteDraft,
    behind,
)
from offboard.scan.read import why_unreadable
from offboard.steps.drafts import DRAFTS
from offboard.steps.folder import LINK, LINK_LATER
from offboard.steps.inside import is_open
from offboard.steps.share import tell_no_account
from offboard.workspace.drive import DriveFile
from offboard.workspace.workspace import Workspace
from offboard.world import How, Source, World

LIMITS = {"storageQuotaExceeded", "dailyLimitExceeded"}  # room is made, a day passes: then it works
CLOSED_TO_US = {"insufficientParentPermissions", "appNotAuthorizedToFile", "notFound"}  # what a parent may answer

BeforeShares = Callable[[tuple[Result, ...], tuple[Share, ...]], dict[str, Result]]  # those not to be made, by key


@dataclass(frozen=True)
class Watch:
    """Whoever looks on: hears each result, how many bytes of a large file have gone up, how many files were read."""

    result: Callable[[Result], None] = lambda _: None
    sent: Callable[[str, int, int], None] = lambda _name, _bytes, _of: None
    looked: Callable[[int, int], None] = lambda _count, _of: None


class Maker:
    """Makes changes, of however many clients; `results` is what became of them so far, whatever happens."""

    def __init__(self, workspace: Workspace, world: World, before_shares: BeforeShares, watch: Watch) -> None:
        self._workspace = workspace
        self._tracker_id = world.tracker_id
        self._ledger = world.ledger
        self._today = world.today.isoformat()
        self._before_shares = before_shares
        self._watch = watch
        self._in_flight: set[str] = set()
        self.results: dict[str, Result] = {}

    def make(self, changes: Sequence[Change]) -> None:
        """Make everything; what fails stops only what needs it. Ctrl-C lets the requests in flight end first."""
        shares = [change for change in changes if isinstance(change, Share)]
        needs_share = behind(changes, {share.key for share in shares})
        access = [change for change in changes if isinstance(change, Share | Unshare)]
        self._side_by_side([c for c in changes if c.key not in needs_share and c not in access])
        for change in access:  # one after the other: Drive asks for it
            if isinstance(change, Unshare):
                self._keep(self._attempt(change))
        allowed = [share for share in shares if not self._held_back(share)]
        if allowed:  # a share comes when everything else that can be done is done
            held = self._before_shares(tuple(self.results.values()), tuple(allowed))
            for share in allowed:
                self._keep(held.get(share.key) or self._attempt(share))
        self._side_by_side([change for change in changes if change.key in needs_share])

    def _held_back(self, change: Change) -> bool:
        needed = [self.results[key] for key in change.after if key in self.results]
        # a report that Google will not hand over is named; it holds nothing back
        blockers = [r for r in needed if r.outcome is not Outcome.CHANGED and not _is_refused_report(r)]
        if blockers:
            self._keep(Result(change, Outcome.LATER, f"waits for the {blockers[0].change.step}"))
        return bool(blockers)

    def _side_by_side(self, changes: list[Change]) -> None:
        """Each change as soon as all that it needs is made."""
        waiting = {change.key: change for change in changes}
        with ThreadPoolExecutor(SIDE_BY_SIDE, "make") as pool:
            pending: set[Future[list[Result]]] = set()
            try:
                while waiting or pending:
                    pending |= self._submit(pool, waiting)
                    if waiting and not pending:
                        raise RuntimeError(f"changes that wait for each other: {', '.join(waiting)}")
                    done, pending = wait(pending, return_when=FIRST_COMPLETED)
                    self._collect(done)
            except KeyboardInterrupt:
                pool.shutdown(wait=True, cancel_futures=True)
                self._collect(future for future in pending if future.done() and not future.cancelled())
                raise

    def _submit(self, pool: ThreadPoolExecutor, waiting: dict[str, Change]) -> set[Future[list[Result]]]:
        """Begin what needs nothing that is still to come; folders that are ready together go in one request."""
        submitted: set[Future[list[Result]]] = set()
        folders: list[MakeFolder] = []
        coming = set(waiting) | self._in_flight
        for change in list(waiting.values()):
            if coming & set(change.after):
                continue
            del waiting[change.key]
            if self._held_back(change):
                coming.discard(change.key)
            elif isinstance(change, MakeFolder):
                folders.append(change)
            else:
                submitted.add(pool.submit(self._attempt_alone, change))
                self._in_flight.add(change.key)
        if folders:
            submitted.add(pool.submit(self._make_folders, folders))
            self._in_flight |= {change.key for change in folders}
        return submitted

    def _collect(self, futures: Iterable[Future[list[Result]]]) -> None:
        for future in futures:
            for result in future.result():
                self._keep(result)

    def _keep(self, result: Result) -> None:
        self._in_flight.discard(result.change.key)
        self.results[result.change.key] = result
        self._watch.result(result)

    def _make_folders(self, changes: list[MakeFolder]) -> list[Result]:
        wanted = [
            (self._id(change), change.name, change.parent_id or self._id_of(change.parent_key), change.key)
            for change in changes
        ]
        made = self._workspace.drive.make_folders(wanted)
        return [self._folder_result(change, made[self._id(change)]) for change in changes]

    def _folder_result(self, change: MakeFolder, made: DriveFile | OffboardError) -> Result:
        if isinstance(made, RefusedError) and made.reason in CLOSED_TO_US and change.parent_id:
            # least privilege: Google may refuse a parent that the program did not make; then the person moves it
            says = (
                f"{change.says}, in My Drive: Google lets offboard not into the folder that Setup names; move it there"
            )
            return self._make_folders([replace(change, parent_id="", says=says)])[0]
        if isinstance(made, OffboardError):
            return failed(change, made)
        if made.trashed:
            return Result(change, Outcome.WAITING, f"“{change.name}” is in Drive's bin", hint="Put it back from there.")
        link = LINK.format(id=made.id)
        return Result(change, Outcome.CHANGED, change.says, made.id, link, {"name": change.name})

    def _attempt_alone(self, change: Change) -> list[Result]:
        return [self._attempt(change)]

    def _attempt(self, change: Change) -> Result:
        try:
            match change:
                case CopyReport():
                    return self._copy(change)
                case RefreshReport():
                    return self._refresh(change)
                case WriteDraft():
                    return self._write(change)
                case WriteDocument():
                    parent = self._id_of(change.parent_key)
                    return write_document(self._workspace.documents, change, self._id(change), parent)
                case HoldCall():
                    assert self._workspace.calendar is not None, "planned only where it may be"
                    return hold_call(self._workspace.calendar, change, self._id(change))
                case Share():
                    return self._share(change)
                case Unshare():
                    return self._unshare(change)
                case _:
                    raise TypeError(f"nothing makes a {type(change).__name__}")
        except OffboardError as error:
            return failed(change, error)

    def _copy(self, change: CopyReport) -> Result:
        drive, source, id = self._workspace.drive, change.source, self._id(change)
        what, parent = f"copy “{source.name}”", self._id_of(change.parent_key)
        if source.how is How.COPY and not self._as_seen(change):
            made = drive.copy_file(source.id, id, source.target_name, parent, change.key, what)
            expected = source.md5
        else:
            content, expected = read_content(drive, source, what, as_seen=self._as_seen(change))
            made = drive.upload(content, id, source.target_name, parent, change.key, what, self._hear(source))
        if made.trashed:
            return Result(change, Outcome.WAITING, f"“{source.target_name}” is in Drive's bin", hint="Put it back.")
        if made.md5 != expected:  # the original changed meanwhile, or an earlier try handed over an older state
            return self._replace(change, made.id, what)
        return self._report_result(change, made, source)

    def _refresh(self, change: RefreshReport) -> Result:
        return self._replace(change, self._id(change), f"replace “{change.source.target_name}”")

    def _replace(self, change: CopyReport | RefreshReport, id: str, what: str) -> Result:
        drive, source = self._workspace.drive, change.source
        content, expected = read_content(drive, source, what, as_seen=self._as_seen(change))
        made = drive.replace(content, expected, id, what, self._hear(source))
        if made.md5 != expected:
            says = f"“{source.name}” did not arrive whole"
            return Result(change, Outcome.FAILED, says, hint="Run again: it is copied anew into the same place.")
        return self._report_result(change, made, source)

    def _as_seen(self, change: CopyReport | RefreshReport) -> bool:
        """Whether just what was looked into may arrive: Drive's own copy would take whatever is there by now."""
        looked_into = not why_unreadable(change.source.target_name, change.source.size)
        return looked_into and is_open(self._ledger, change.client)

    def _hear(self, source: Source) -> Callable[[int], None]:
        return lambda sent: self._watch.sent(source.name, sent, source.size)

    def _report_result(self, change: Change, made: DriveFile, source: Source) -> Result:
        more = {"stamp": source.stamp, "md5": made.md5, "size": str(made.size)}
        return Result(change, Outcome.CHANGED, change.says, made.id, made.url, more)

    def _write(self, change: WriteDraft) -> Result:
        if LINK_LATER in change.mail.text:
            raise RuntimeError("an e-mail was about to be written without its folder's link")
        try:
            content = format_message(change.mail, mail_key(self._tracker_id, change.key))
            draft = self._workspace.gmail.fill(self._id(change), change.revision, content)
        except EditedError:
            # its words are the person's: what it says is what the ledger last knew
            more = {"digest": change.mail.digest} | self._first(change) | {"revision": ""}
            says = f"The draft “{more['subject']}” was changed by hand before it was written: it is yours"
            return Result(change, Outcome.CHANGED, says, self._id(change), DRAFTS, more)
        except MissingError:
            says = "the draft is no longer there"
            return Result(change, Outcome.WAITING, says, hint="Run again: it is begun anew if it was never filled.")
        more = {"revision": draft.revision, "digest": change.mail.digest, "subject": change.mail.subject}
        return Result(
            change, Outcome.CHANGED, change.says, draft.id, DRAFTS, self._first(change) | more | dict(change.notes)
        )

    def _first(self, change: Change) -> dict[str, Any]:
        """What stays of a draft's entry from its first writing on: the day on which that was, among others."""
        entry = self._ledger.find(change.key)
        known = dict(entry.more) if entry else {}
        return {"written": self._today} | known if self._ledger.writes(change.key) else known | {"written": self._today}

    def _share(self, change: Share) -> Result:
        folder = self._id_of(change.folder_key)
        try:
            id = "" if change.there else self._let_in(folder, change)
        except NoAccountError:
            says, hint = tell_no_account(change.client, change.email)
            return Result(change, Outcome.WAITING, says, more={"account": "none"}, hint=hint, refused=True)
        return Result(change, Outcome.CHANGED, change.says, id, LINK.format(id=folder), {"on": self._today})

    def _unshare(self, change: Unshare) -> Result:
        if change.there:
            self._workspace.access.unshare(self._id_of(change.folder_key), change.email)
        link = LINK.format(id=self._id_of(change.folder_key))
        return Result(change, Outcome.CHANGED, change.says, change.email, link, {"on": self._today})

    def _let_in(self, folder: str, change: Share) -> str:
        """Share without a mail from Google; with one only where that is wished and the address has no account."""
        try:
            return self._workspace.access.share(folder, change.email, google_mail=False)
        except NoAccountError:
            if not change.google_mail:
                raise
            return self._workspace.access.share(folder, change.email, google_mail=True)

    def _id(self, change: Change) -> str:
        return self._id_of(change.key)

    def _id_of(self, key: str) -> str:
        return self._ledger.find_id(key)


def _is_refused_report(result: Result) -> bool:
    return result.refused and isinstance(result.change, CopyReport)


def failed(change: Change, error: OffboardError) -> Result:
    """What became of a change that this error stopped."""
    refused = isinstance(error, RefusedError) and error.reason not in LIMITS  # trying again changes nothing
    outcome = Outcome.WAITING if refused else Outcome.FAILED
    return Result(change, outcome, error.message, hint=error.hint, refused=refused)
