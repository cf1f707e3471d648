import { baseName } from '../base/path.ts';

const SCRATCH_FOLDER = /^(?:\/private)?\/(?:tmp|var\/tmp|dev\/shm)\//;
const SCRATCH_NAME =
  /^(?:test_?|tests_|repro|reproduc|debug|check|tmp|temp|scratch|demo|verify|try|simple_|minimal_)[\w.-]*$|_(?:test|repro|debug|check)\.\w+$/i;
const SCRATCH_PARENT = /\/repro(?:duc)?[\w-]*\//;

/**
 * Whether a file is the agent's own throw-away: in a folder for temporary files, or made by the agent in this run
 * with a name that such scripts have. What happens to it says nothing about the state of the work.
 */
export function isScratchPath(path: string, createdInRun: boolean): boolean {
  if (SCRATCH_FOLDER.test(path)) return true;
  return createdInRun && (SCRATCH_NAME.test(baseName(path)) || SCRATCH_PARENT.test(path));
}
