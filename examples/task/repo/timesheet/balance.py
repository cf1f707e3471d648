"""Compares a week with the hours of a contract."""

from timesheet.report import format_hours, total


def balance(lines, contract_hours):
    """``1:30`` when there were 90 minutes more than agreed, ``-1:30`` when there were 90 less."""
    return format_hours(total(lines) - contract_hours * 60)
