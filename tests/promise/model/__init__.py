"""The protocol as a small state machine, in which every interleaving is tried: the fine print, executable."""
