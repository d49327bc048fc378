"""A local Google Workspace over HTTP: Drive, Sheets, Gmail and sign-in, strict where Google is strict."""
