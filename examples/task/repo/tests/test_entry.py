import unittest

from timesheet.entry import Entry, parse_clock


class EntryTest(unittest.TestCase):
    def test_day_shift(self):
        self.assertEqual(Entry.parse("Mon 09:00-17:00").minutes, 480)

    def test_whole_day(self):
        self.assertEqual(Entry.parse("Sun 00:00-24:00").minutes, 1440)

    def test_refuses_impossible_times(self):
        with self.assertRaises(ValueError):
            parse_clock("25:00")
