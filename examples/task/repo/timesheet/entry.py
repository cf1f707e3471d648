"""One line of a time sheet: a day and a span of clock times."""

from dataclasses import dataclass

MINUTES_PER_DAY = 24 * 60


def parse_clock(text):
    """``22:30`` as minutes since midnight; ``24:00`` is the end of the day."""
    hours, minutes = text.split(":")
    value = int(hours) * 60 + int(minutes)
    if not 0 <= value <= MINUTES_PER_DAY:
        raise ValueError(f"no time of day: {text}")
    return value


@dataclass(frozen=True)
class Entry:
    day: str
    start: int
    end: int

    @classmethod
    def parse(cls, line):
        """Reads ``Mon 09:00-17:00``."""
        day, span = line.split()
        start, end = span.split("-")
        return cls(day, parse_clock(start), parse_clock(end))

    @property
    def minutes(self):
        return self.end - self.start
