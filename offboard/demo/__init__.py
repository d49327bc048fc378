"""The demo's Workspace: sample clients and real report files, typed in and uploaded as a person would."""
