import type { AndOr, Statement } from 'unbash';
import type { RunPlace, ShellWord } from './ir.ts';

/**
 * Programs that complain when they fail, as long as nobody silences them: where nothing complained, they succeeded.
 * Searches and comparisons say "no" by their status alone, and of other programs nobody knows.
 */
const LOUD = new Set(
  (
    ': true cd pushd popd echo printf cat tee mkdir rmdir cp mv rm ln touch chmod chown sed ls pwd export head tail sort ' +
    'wc tr cut uniq find tree sleep set shopt umask'
  ).split(' '),
);

/** Commands of git that answer by their status. */
const SILENT_GIT = /^(?:diff|grep|rev-parse|merge-base|show-ref|cat-file|check-ignore|ls-files|config)$/;

/** The place of the part `index` of a list: behind all parts before it. */
export function behindOthers(place: RunPlace, list: AndOr, index: number): RunPlace {
  const pure = list.operators.every((operator) => operator === '&&');
  const proven = pure && !place.inner;
  // A part of a list with `||` may have failed although the list succeeded.
  if (index === 0) return pure ? place : { ...place, inner: true };
  const loud = place.behind !== 'silent' && list.commands.slice(0, index).every(isLoud);
  // Behind an `||` nobody knows which part the status is of.
  if (!pure) return { ...place, behind: 'silent', maybe: true, inner: true };
  return { ...place, behind: loud ? 'loud' : 'silent', ...(proven && { proven }) };
}

/** The place of what runs under `set -e`: whatever failed before it ended the shell. */
export function behindAll(place: RunPlace): RunPlace {
  return { ...place, behind: 'silent', ...(!place.inner && { proven: true }) };
}

/** `set -e`, `set -euo pipefail`. */
export function endsOnFailure([name, ...args]: readonly ShellWord[]): boolean {
  return (
    name?.text === 'set' &&
    args.some(
      ({ text }, index) =>
        /^-[a-df-z]*e/i.test(text) || (text === 'errexit' && args[index - 1]?.text === '-o'),
    )
  );
}

function isLoud(node: Statement['command']): boolean {
  if (node.type === 'Pipeline') {
    const last = node.commands.at(-1);
    return last !== undefined && isLoud(last);
  }
  if (node.type !== 'Command') return false;
  // Complaints that go elsewhere are not seen.
  const silenced = [...node.prefix, ...node.suffix].some(
    (entry) =>
      entry.type === 'Redirect' &&
      (entry.operator.startsWith('&') ||
        (entry.descriptor?.type === 'FileDescriptor' && entry.descriptor.value === 2)),
  );
  if (silenced) return false;
  const name = node.name?.value;
  // A bare assignment fails only with its substitution.
  if (name === undefined) return node.prefix.every((entry) => entry.type === 'Assignment');
  if (name === 'git') {
    const verb = node.suffix.find((entry) => entry.type === 'Word' && !entry.value.startsWith('-'));
    return verb?.type === 'Word' && !SILENT_GIT.test(verb.value);
  }
  return LOUD.has(name);
}
