"""What the task is judged by. The agent never sees this file."""

import unittest

from timesheet.balance import balance
from timesheet.entry import Entry
from timesheet.report import week


class NightShiftTest(unittest.TestCase):
    def test_minutes_of_a_night_shift(self):
        self.assertEqual(Entry.parse("Mon 22:00-06:00").minutes, 480)

    def test_week_with_a_night_shift(self):
        self.assertEqual(week(["Mon 22:00-06:00"]), "Mon 8:00\nsum 8:00")

    def test_mixed_week(self):
        lines = ["Mon 22:00-06:00", "Wed 09:00-17:00"]
        self.assertEqual(week(lines), "Mon 8:00\nWed 8:00\nsum 16:00")

    def test_balance_with_a_night_shift(self):
        self.assertEqual(balance(["Mon 22:00-06:00"], 8), "0:00")


class UnchangedTest(unittest.TestCase):
    def test_day_shift(self):
        self.assertEqual(week(["Mon 09:00-17:00"]), "Mon 8:00\nsum 8:00")

    def test_whole_day(self):
        self.assertEqual(Entry.parse("Sun 00:00-24:00").minutes, 1440)

    def test_shift_until_midnight(self):
        self.assertEqual(Entry.parse("Fri 18:00-24:00").minutes, 360)

    def test_short_week_keeps_its_sign(self):
        self.assertEqual(balance(["Mon 09:00-15:30"], 8), "-1:30")
