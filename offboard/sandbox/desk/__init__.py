"""The desk: the page at `/`, where a person looks at it all, works as in Google's own pages, and sees it as the client."""

from offboard.sandbox.desk.desk import Desk, is_desk

__all__ = ["Desk", "is_desk"]
