import type { TestStatus } from '../../../src/model/test-result.ts';
import type { MakeHands } from '../hands/hands.ts';
import type { Deed } from './deed.ts';
import type { RecordedStep, Recording, Truth } from './recording.ts';
import { KeptShell } from './shell.ts';
import { gitStamp, takeFiles, takeGit } from './snapshot.ts';
import { takeTestLog, World } from './world.ts';

/** What comes next, told from what is there: scripted deeds ignore it, random ones choose by it. */
export type NextDeed = (truth: Truth, done: number) => Deed | undefined;

/** Lets an agent's hands do deed after deed in a world of its own and takes a snapshot after each. */
export async function record(name: string, next: NextDeed, makeHands: MakeHands): Promise<Recording> {
  const world = new World();
  const hands = makeHands(world);
  const witness = new KeptShell(world, 'witness-');
  try {
    let files = takeFiles(world);
    let git = await takeGit(witness);
    let stamp = gitStamp(world);
    const truthNow = (): Truth => ({ files, git, cwd: hands.shell.state.cwd, env: hands.shell.state.env });
    const start = truthNow();
    const steps: RecordedStep[] = [];
    let truth = start;
    for (let deed = next(truth, 0); deed; deed = next(truth, steps.length)) {
      const { cwd } = hands.shell.state;
      const done = await hands.perform(deed);
      const now = takeFiles(world, files);
      const stampNow = gitStamp(world);
      if (now !== files || stampNow !== stamp) git = await takeGit(witness);
      files = now;
      stamp = stampNow;
      truth = truthNow();
      steps.push({ deed, done, cwd, truth, tests: readTests(takeTestLog(world)) });
    }
    return { name, start, steps };
  } finally {
    hands.shell.close();
    witness.close();
    world.remove();
  }
}

function readTests(lines: readonly string[]): ReadonlyMap<string, TestStatus> {
  const results = new Map<string, TestStatus>();
  for (const line of lines) {
    const [status = '', test = ''] = line.split(' ');
    if (status === 'passed' || status === 'failed' || status === 'error' || status === 'skipped')
      results.set(test, status);
  }
  return results;
}
