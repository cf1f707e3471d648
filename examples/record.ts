/**
 * Records the example runs: `npx tsx examples/record.ts`. Every command of the scripted agents and of the hidden
 * checker is really executed in a temporary copy of the task. Needs bash, git and Python 3.11 or later.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentScript } from './recording/agent-script.ts';
import { buildReport, checkPatch } from './recording/check-patch.ts';
import { failedFix } from './recording/failed-fix.ts';
import { goodFix } from './recording/good-fix.ts';
import { Trajectory } from './recording/trajectory.ts';
import { Workspace } from './recording/workspace.ts';

const ID = 'timesheet__timesheet-17';
const before = checkPatch(undefined);
for (const script of [failedFix, goodFix]) {
  const { trajectory, submission } = play(script);
  const after = checkPatch(submission);
  const folder = join(import.meta.dirname, script.name);
  rmSync(folder, { recursive: true, force: true });
  write(join(folder, 'trajs', ID, `${ID}.traj.json`), toJson(trajectory));
  write(join(folder, 'logs', ID, 'report.json'), toJson(buildReport(ID, before, after)));
  write(join(folder, 'logs', ID, 'patch.diff'), submission);
  write(join(folder, 'logs', ID, 'test_output.txt'), after.output);
  const failed = [...after.tests.values()].filter((passed) => !passed).length;
  console.log(`${script.name}: ${script.turns.length} steps, ${failed} of ${after.tests.size} checks failed`);
}

function play(script: AgentScript): { trajectory: Trajectory; submission: string } {
  const workspace = new Workspace();
  try {
    const trajectory = new Trajectory(ID, readFileSync(join(import.meta.dirname, 'task/issue.md'), 'utf8'));
    for (const turn of script.turns) trajectory.add(turn, workspace.run(turn.command));
    if (trajectory.submission === undefined) throw new Error(`${script.name} submitted nothing`);
    return { trajectory, submission: trajectory.submission };
  } finally {
    workspace.remove();
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
