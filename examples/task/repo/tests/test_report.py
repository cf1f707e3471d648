import unittest

from timesheet.report import week


class WeekTest(unittest.TestCase):
    def test_day_shifts(self):
        self.assertEqual(week(["Mon 09:00-17:00", "Tue 09:00-12:30"]), "Mon 8:00\nTue 3:30\nsum 11:30")

    def test_empty_week(self):
        self.assertEqual(week([]), "sum 0:00")

    def test_night_shift(self):
        self.assertEqual(week(["Mon 22:00-06:00"]), "Mon 8:00\nsum 8:00")
