"""The protocol as a small state machine, in which every interleaving is tried: the fine print, executable.

Read `rules` (what must hold, what is taken on trust, what is damage), `worlds` (which rule keeps which damage away),
then a run from its `look` over `record` to `make`; `explore` tries all of it, `follow` holds the engine against it.
`python -m tests.promise.model --ways` tells the shortest way to each damage.
"""
