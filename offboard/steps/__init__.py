"""The steps of the article, in their order: the one registry; command, plan, log and JSON come from it."""

from offboard.steps.access import ACCESS
from offboard.steps.call import CALL
from offboard.steps.case_study import CASE_STUDY
from offboard.steps.close import make_close
from offboard.steps.contract import CONTRACT
from offboard.steps.end_date import END_DATE
from offboard.steps.feedback import FEEDBACK
from offboard.steps.invoices import INVOICES
from offboard.steps.nudge import NUDGE
from offboard.steps.reports import REPORTS
from offboard.steps.share import SHARE
from offboard.steps.start_here import FOLDER

BEFORE = (CONTRACT, END_DATE, FOLDER, REPORTS, SHARE, INVOICES, ACCESS, NUDGE, CASE_STUDY, CALL, FEEDBACK)
STEPS = (*BEFORE, make_close(BEFORE))  # the last closes the others
