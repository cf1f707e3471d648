"""The report of a week, as text."""

from timesheet.entry import Entry


def format_hours(minutes):
    """``90`` is ``1:30``."""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours}:{rest:02d}"


def total(lines):
    return sum(Entry.parse(line).minutes for line in lines)


def week(lines):
    """One row per entry, then the sum."""
    entries = [Entry.parse(line) for line in lines]
    rows = [f"{entry.day} {format_hours(entry.minutes)}" for entry in entries]
    rows.append(f"sum {format_hours(total(lines))}")
    return "\n".join(rows)
