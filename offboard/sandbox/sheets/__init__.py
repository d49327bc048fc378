"""Google Sheets as the sandbox answers it."""

from offboard.sandbox.sheets import (  # noqa: F401  # importing these registers what they answer
    answers,
    batch,
    for_drive,
    formula,
    metadata_answers,
    values,
    values_by_filter,
)
from offboard.sandbox.sheets.kinds import (  # noqa: F401  # and these the kinds of requests in a batch
    banding,
    borders,
    cells,
    conditional_formats,
    copying,
    dimensions,
    filters,
    find_replace,
    groups,
    merges,
    metadata,
    names,
    properties,
    protection,
    ranges,
    sheets,
    sorting,
    tables,
)
