import type { ErrorMark } from '../model/state.ts';

/** Folders of what a project uses and does not own. */
const FOREIGN =
  /\/(?:site|dist)-packages\/|\/node_modules\/|^<|\/lib\/python[\d.]+\/|^\/usr\/(?:lib|include|share)\/|^node:|\/\.cargo\/registry\/|\/rustc\/|\/go\/pkg\/mod\/|\/(?:vendor|gems)\//;

/**
 * The place that an error is about: of the frames of its trace, whose last is the deepest, the deepest in the project's
 * own files, else the deepest of all.
 */
export function errorPlace(error: Pick<ErrorMark, 'files'>): ErrorMark['files'][number] | undefined {
  return error.files.findLast((file) => !FOREIGN.test(file.path)) ?? error.files.at(-1);
}
