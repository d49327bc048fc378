"""Google Drive as the sandbox answers it: importing the package registers its answers."""

from offboard.sandbox.drive import (
    about,
    comments,
    create,
    delete,
    drives,
    export,
    get,
    ids,
    listing,
    permissions,
    proposals,
    sharing,
    update,
    version2,
)

__all__ = [
    "about",
    "comments",
    "create",
    "delete",
    "drives",
    "export",
    "get",
    "ids",
    "listing",
    "permissions",
    "proposals",
    "sharing",
    "update",
    "version2",
]
