import pc from 'picocolors';
import { CodetracerError } from '../../base/error.ts';
import { answerFiles } from '../../query/files/answer-files.ts';
import type { FileEntry, FilesDocument, LineSpan, VersionEntry } from '../../query/files/files-schemas.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export interface FilesOptions extends RunOptions {
  readonly at?: string;
  readonly diff?: string;
  readonly seen?: boolean;
}

export async function filesCommand(
  run: string,
  path: string | undefined,
  options: FilesOptions,
): Promise<number> {
  const analysis = await openRun(run, options);
  const { at, diff, seen } = options;
  const answer = answerFiles(analysis, {
    ...(path !== undefined && { path }),
    ...(at !== undefined && { at }),
    ...(diff !== undefined && { diff }),
    ...(seen && { seen }),
  });
  if (options.json) await writeJson(answer);
  else await writeOut(answer.file ? renderFile(answer.file, answer.step) : renderList(answer.files ?? []));
  return EXIT.done;
}

function renderList(files: readonly FileEntry[]): string {
  if (files.length === 0) return 'the run touched no file\n';
  const lines = files.map((file) => {
    const count = `${file.versions} ${file.versions === 1 ? 'version' : 'versions'}`;
    const doubt = file.doubtedBy === null ? '' : `, in doubt since step ${file.doubtedBy}`;
    return `${terminalText(file.path)}  ${count}, ${describe(file)} ${pc.dim(`(${file.provenance}${doubt})`)}`;
  });
  return `${lines.join('\n')}\n`;
}

function describe({ exists, how, by, size }: Pick<FileEntry, 'exists' | 'how' | 'by' | 'size'>): string {
  const maker = by === null ? (how === 'read' ? 'there before' : 'by nobody known') : `by step ${by}`;
  if (!exists) return `${how === 'move' ? 'moved away' : 'deleted'} ${maker}`;
  return `${how} ${maker}, ${size === null ? 'content not known' : `${size} characters`}`;
}

function renderFile(file: NonNullable<FilesDocument['file']>, step: FilesDocument['step']): string {
  // The content and the diff are for other programs, too: they stand alone.
  if (file.diff) return file.diff.text === '' ? '' : terminalText(file.diff.text);
  if (file.seen) return renderSeen(file, file.seen);
  if (file.content !== undefined) {
    if (file.content !== null) return file.content;
    throw new CodetracerError(
      'unknown-target',
      `the content of ${file.path} at step ${step ?? 'the start'} is not known`,
      { hint: 'codetracer files lists which versions are; codetracer why says which steps changed it' },
    );
  }
  const lines = [pc.bold(terminalText(file.path)), ...file.versions.map(renderVersion)];
  return `${lines.join('\n')}\n`;
}

function renderVersion(version: VersionEntry): string {
  const when = version.by === null ? ` at step ${version.firstSeenAt}` : '';
  const source = version.source ? ` from ${terminalText(version.source.path)}` : '';
  const doubt = version.doubtedBy === null ? '' : `, in doubt since step ${version.doubtedBy}`;
  return `  ${version.version}  ${describe(version)}${when}${source} ${pc.dim(`(${version.provenance}${doubt})`)}`;
}

function renderSeen(
  { path }: Pick<NonNullable<FilesDocument['file']>, 'path'>,
  seen: NonNullable<NonNullable<FilesDocument['file']>['seen']>,
): string {
  const lines = [pc.bold(terminalText(path))];
  for (const { version, lines: spans, whole, unclear, steps } of seen.shown) {
    const what = whole
      ? 'all'
      : [...(spans.length > 0 ? [`lines ${say(spans)}`] : []), ...(unclear ? ['parts'] : [])].join(' and ');
    lines.push(`  version ${version}: saw ${what || 'nothing of it'} at step ${steps.join(', ')}`);
  }
  if (seen.shown.length === 0) lines.push('  the agent was shown nothing of it');
  if (seen.never === null) lines.push('  which lines it never saw is not known');
  else if (seen.never.length > 0) lines.push(`  never saw lines ${say(seen.never)} of the newest version`);
  else lines.push('  saw or wrote every line of the newest version');
  for (const { step, version, lines: spans } of seen.blind)
    lines.push(`  step ${step} changed lines ${say(spans)} of version ${version} without having seen them`);
  return `${lines.join('\n')}\n`;
}

function say(spans: readonly LineSpan[]): string {
  return spans.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
