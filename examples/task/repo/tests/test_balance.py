import unittest

from timesheet.balance import balance


class BalanceTest(unittest.TestCase):
    def test_long_week(self):
        self.assertEqual(balance(["Mon 09:00-18:30"], 8), "1:30")

    def test_short_week(self):
        self.assertEqual(balance(["Mon 09:00-15:30"], 8), "-1:30")
