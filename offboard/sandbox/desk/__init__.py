"""The desk: the page at `/`, to look at it all, work as in Google's own pages, and see it as the client."""

from offboard.sandbox.desk.desk import Desk, is_desk

__all__ = ["Desk", "is_desk"]
