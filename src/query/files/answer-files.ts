import { CodetracerError } from '../../base/error.ts';
import { stepNumber } from '../../model/ids.ts';
import type { Analysis } from '../analysis.ts';
import { findPath } from '../find-path.ts';
import { findStep } from '../find-step.ts';
import { diffVersions } from './diff-versions.ts';
import type { FilesDocument } from './files-schemas.ts';
import { listFiles, listVersions } from './list-files.ts';
import { seenLines } from './seen-lines.ts';

export interface FilesQuestion {
  /** A path as a user names it; without one all files are listed. */
  readonly path?: string;
  /** The state after this step (`7`, `7.2`, `onset`, `last`); the end unless told. */
  readonly at?: string;
  /** Two versions of the path: `2..3`, `@4..@9`, `3..`. */
  readonly diff?: string;
  /** Which lines of the path the agent had seen. */
  readonly seen?: boolean;
}

/**
 * What `codetracer files` prints.
 * @throws CodetracerError for a step, path or version that is not there.
 */
export function answerFiles(analysis: Analysis, question: FilesQuestion = {}): FilesDocument {
  const { history, run } = analysis;
  const record = question.at === undefined ? history.records.at(-1) : findStep(analysis, question.at);
  const position = record?.position ?? -1;
  const head = {
    schema: 'codetracer.files/1' as const,
    run: run.id,
    step: record ? stepNumber(record.step.id) : null,
  };
  if (question.path === undefined) {
    if (question.diff !== undefined || question.seen)
      throw new CodetracerError('usage', '--diff and --seen need a path', {
        hint: 'codetracer files <run> <path> …',
      });
    return { ...head, files: listFiles(analysis, position) };
  }
  const path = findPath(analysis, question.path, position);
  const versions = listVersions(analysis, path, position);
  if (versions.length === 0) {
    throw new CodetracerError('unknown-target', `${path} was not touched up to step ${head.step ?? 0}`);
  }
  const report = question.seen ? seenLines(analysis, path, position) : undefined;
  return {
    ...head,
    file: {
      path,
      versions,
      ...(question.at !== undefined && { content: history.at(position).file(path)?.content ?? null }),
      ...(question.diff !== undefined && { diff: diffVersions(analysis, path, question.diff) }),
      ...(report && {
        seen: {
          shown: [...report.shown],
          never: report.never && [...report.never],
          blind: [...report.blind],
        },
      }),
    },
  };
}
