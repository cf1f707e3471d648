import type { AgentScript } from './agent-script.ts';

/** The same task, solved: the agent follows the wrong number to where it is made, and checks all tests. */
export const goodFix: AgentScript = {
  name: 'good-fix',
  turns: [
    {
      thought: "I'll start with the layout of the project and its README.",
      command: "find . -name '*.py' -not -path './.git/*' | sort && cat README.md",
    },
    {
      thought: 'The issue shows the output of `week`, which lives in `timesheet/report.py`.',
      command: 'cat timesheet/report.py',
    },
    { thought: 'Let me see which tests fail before I change anything.', command: 'python3 -m unittest' },
    {
      thought: 'The report prints what `Entry.minutes` gives, so the length itself may be wrong.',
      command: 'cat timesheet/entry.py',
    },
    {
      thought:
        '`minutes` is `end - start`, which is below zero when the shift passes midnight. I check that with the shift of the issue.',
      command: `python3 -c "
from timesheet.entry import Entry
entry = Entry.parse('Mon 22:00-06:00')
print(entry, entry.minutes)"`,
    },
    {
      thought:
        'Confirmed: -960. The sign in `format_hours` is needed by `balance`, so it stays. An end before the start lies on the next day; 00:00-24:00 must remain a whole day.',
      command: `python3 - <<'EOF'
from pathlib import Path

path = Path("timesheet/entry.py")
text = path.read_text()
old = "        return self.end - self.start\\n"
new = """        passes_midnight = self.end < self.start
        return self.end - self.start + (MINUTES_PER_DAY if passes_midnight else 0)
"""
assert text.count(old) == 1
path.write_text(text.replace(old, new))
EOF
git diff`,
    },
    { thought: 'All tests, not only those of the report.', command: 'python3 -m unittest' },
    {
      thought: 'The mixed week of the issue and the balance deserve a look of their own.',
      command: `python3 -c "
from timesheet.balance import balance
from timesheet.report import week
print(week(['Mon 22:00-06:00', 'Wed 09:00-17:00']))
print(balance(['Mon 22:00-06:00'], 9))"`,
    },
    {
      thought: 'The week adds up to 16:00 and the balance keeps its sign. I create the patch.',
      command: 'git diff -- timesheet > patch.txt && cat patch.txt',
    },
    {
      thought: 'The patch holds the one change in `Entry.minutes`. I submit it.',
      command: 'echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT && cat patch.txt',
    },
  ],
};
