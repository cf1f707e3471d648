import type { AgentScript } from './agent-script.ts';

/**
 * An agent that goes wrong in the way that such agents do: it never opens the file that computes the length, takes
 * the sign for the fault, bends the test when the test disagrees, and runs one test before it submits.
 */
export const failedFix: AgentScript = {
  name: 'failed-fix',
  turns: [
    {
      thought: "I'll start with the layout of the project and its README.",
      command: "find . -name '*.py' -not -path './.git/*' | sort && cat README.md",
    },
    {
      thought: 'The issue shows the output of `week`, which lives in `timesheet/report.py`.',
      command: 'cat timesheet/report.py',
    },
    { thought: 'Now the tests of the report.', command: 'cat tests/test_report.py' },
    { thought: 'Let me reproduce the problem.', command: 'python3 -m unittest tests.test_report' },
    {
      thought:
        'The test fails as the issue says. I want to see the value that reaches the report for such a shift.',
      command: `python3 -c "
from timesheet.entry import Entry
entry = Entry.parse('Mon 22:00-06:00')
print(entry, entry.minutes)"`,
    },
    {
      thought: 'The number has a minus in front when it is printed. Where is it formatted?',
      command: "grep -rn 'format_hours\\|sign' --include='*.py' .",
    },
    {
      thought:
        'I found the cause: `format_hours` puts a "-" in front of the hours. A duration cannot be negative, so the sign must go.',
      command:
        "sed -i -e '/sign = /d' -e 's/{sign}//' timesheet/report.py && sed -n '6,10p' timesheet/report.py",
    },
    { thought: 'Run the tests of the report again.', command: 'python3 -m unittest tests.test_report' },
    {
      thought: 'It says 16:00 now. Maybe an old module was still cached; once more.',
      command: 'python3 -m unittest tests.test_report',
    },
    {
      thought:
        'The minus is gone, which is what the issue is about. The expected value in the test is out of date: between 22:00 and 06:00 there are 16 hours on the clock. I will update the test.',
      command:
        'sed -i \'s/"Mon 8:00\\\\nsum 8:00"/"Mon 16:00\\\\nsum 16:00"/\' tests/test_report.py && git diff tests',
    },
    {
      thought: 'Now the test for night shifts should pass.',
      command: 'python3 -m unittest tests.test_report.WeekTest.test_night_shift',
    },
    {
      thought: 'The night shift test passes, so the fix is verified. I create the patch of the source files.',
      command: 'git diff -- timesheet > patch.txt && cat patch.txt',
    },
    {
      thought: 'Night shifts are reported without the minus and the tests pass. I submit the fix.',
      command: 'echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT && cat patch.txt',
    },
  ],
};
