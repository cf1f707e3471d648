import { baseName, joinPath } from '../../../base/path.ts';
import type { CommandReader, Host } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';
import { emitPatch } from './patch.ts';

const GLOBAL_VALUES = optionSet('-C -c --git-dir --work-tree --namespace --exec-path --config-env');

interface GitRule {
  /** `always`: objects, refs, index, config or work tree change; `never`: it looks. */
  readonly changes: 'always' | 'never';
  /** Options or words that turn the rule around. */
  readonly except?: string;
  /** Number of operands from which on the rule turns around (`git branch NAME`). */
  readonly exceptFrom?: number;
}

const LOOK: GitRule = { changes: 'never' };
const CHANGE: GitRule = { changes: 'always' };
const DRY = '-n --dry-run';

const RULES: Readonly<Record<string, GitRule>> = {
  'status log show diff blame grep ls-files ls-tree ls-remote rev-parse rev-list cat-file describe shortlog name-rev merge-base for-each-ref show-ref show-branch whatchanged range-diff diff-tree diff-index diff-files count-objects fsck verify-commit verify-tag verify-pack check-ignore check-attr var help version cherry annotate archive-list column get-tar-commit-id interpret-trailers merge-tree request-pull instaweb difftool gitk':
    LOOK,
  'add stage rm mv commit merge rebase cherry-pick revert reset checkout switch restore clone fetch pull push init am clean gc prune repack pack-refs update-ref write-tree commit-tree read-tree checkout-index mktree filter-branch filter-repo fast-import replace maintenance subtree sparse-checkout unpack-objects index-pack pack-objects send-email update-server-info svn citool gui mergetool':
    CHANGE,
  branch: {
    changes: 'never',
    except:
      '-d -D -m -M -c -C -f -u --delete --move --copy --set-upstream-to --unset-upstream --edit-description --track',
    exceptFrom: 1,
  },
  tag: { changes: 'never', except: '-d -a -s -f -m --delete --annotate', exceptFrom: 1 },
  remote: { changes: 'never', except: 'add remove rm rename set-url set-head set-branches prune update' },
  stash: { changes: 'always', except: 'list show' },
  config: {
    changes: 'never',
    except: '--unset --unset-all --add --replace-all --remove-section --rename-section -e --edit set unset',
    exceptFrom: 2,
  },
  worktree: { changes: 'never', except: 'add remove move prune lock unlock repair' },
  submodule: {
    changes: 'never',
    except: 'add update init deinit sync set-url set-branch absorbgitdirs foreach',
  },
  notes: { changes: 'never', except: 'add append copy edit remove merge prune' },
  bisect: { changes: 'always', except: 'log view visualize terms' },
  reflog: { changes: 'never', except: 'expire delete' },
  'symbolic-ref': { changes: 'never', except: '-d --delete', exceptFrom: 2 },
  apply: { changes: 'always', except: '--check --stat --numstat --summary' },
  'format-patch': { changes: 'always', except: '--stdout' },
  archive: { changes: 'never', except: '-o --output' },
  'hash-object': { changes: 'never', except: '-w' },
  // A refresh of the index changes nothing that anybody looks at.
  'update-index': { changes: 'always', except: '--refresh --really-refresh' },
  lfs: { changes: 'always', except: 'ls-files status env version locks logs' },
  bundle: { changes: 'always', except: 'verify list-heads' },
  rerere: { changes: 'always', except: 'status diff remaining' },
  credential: { changes: 'never', except: 'approve reject' },
};

const rules = new Map<string, GitRule>();
for (const [names, rule] of Object.entries(RULES)) for (const name of names.split(' ')) rules.set(name, rule);

const SUB_VALUES = optionSet(
  '-m -b -B -c -C -F -n -u -s -S -L -G --format --author --date --pretty --since --until -o --output --max-count -U --depth --branch --message',
);

/** `git`: whether a subcommand changes anything, and which files it touches where the text says so. */
const git: CommandReader = (call, host) => {
  const head = readOptions(call.args, { values: GLOBAL_VALUES, dash: 'letters', stopAtOperand: true });
  const [sub, ...rest] = head.operands;
  if (!sub) return undefined;
  const command = sub.value;
  const folder = head.value('-C')?.value;
  const options = readOptions(rest, { values: valuesOf(command), dash: 'letters' });
  const rule = rules.get(command);
  const exceptional = rule
    ? isException(
        rule,
        options.operands.length,
        rest.map((arg) => arg.value),
      )
    : false;
  let changes = rule ? (rule.changes === 'always') !== exceptional : true;
  if (
    options.has(...DRY.split(' ')) &&
    ['add', 'rm', 'mv', 'clean', 'push', 'fetch', 'commit', 'pull'].includes(command)
  )
    if (command !== 'commit' || options.has('--dry-run')) changes = false;
  if (
    (command === 'branch' || command === 'tag') &&
    options.has(
      '-l',
      '--list',
      '-a',
      '-r',
      '-v',
      '--show-current',
      '--contains',
      '--merged',
      '--no-merged',
      '--points-at',
      '--sort',
      '--format',
    ) &&
    !options.has('-d', '-D', '-m', '-M', '-f')
  )
    changes = command === 'tag' && options.has('-a') && options.operands.length > 0;
  if (
    command === 'config' &&
    (options.has('--get', '--get-all', '--list', '-l', '--get-regexp') ||
      options.operands[0]?.value === 'get' ||
      options.operands[0]?.value === 'list')
  )
    changes = false;
  host.emit({
    kind: 'git',
    command,
    args: rest.map((arg) => arg.value),
    changes,
    ...(folder !== undefined && { folder }),
    // A subcommand that is not listed is somebody's alias or extension.
    certainty: rule ? 'certain' : 'possible',
  });
  emitFiles(command, options, changes, { folder, input: call.draftInput }, host);
  return undefined;
};

function valuesOf(command: string): ReadonlySet<string> {
  if (command === 'log' || command === 'show' || command === 'diff') return LOG_VALUES;
  if (command === 'clean' || command === 'rm' || command === 'add' || command === 'mv') return NO_VALUES;
  return SUB_VALUES;
}

const LOG_VALUES = optionSet(
  '-n -L -G -S --format --author --since --until -U --max-count --output --grep --after --before',
);
const NO_VALUES = optionSet('-e --exclude');

function isException(rule: GitRule, operands: number, words: readonly string[]): boolean {
  if (rule.exceptFrom !== undefined && operands >= rule.exceptFrom) return true;
  const list = rule.except?.split(' ') ?? [];
  return words.some(
    (word) =>
      list.includes(word) || list.some((name) => name.startsWith('--') && word.startsWith(`${name}=`)),
  );
}

interface GitContext {
  readonly folder: string | undefined;
  readonly input: string | undefined;
}

/** Files that a git command makes, restores or removes, as far as its words say. */
function emitFiles(
  command: string,
  options: ReturnType<typeof readOptions>,
  changes: boolean,
  context: GitContext,
  host: Host,
): void {
  const { folder } = context;
  const within = (path: string): string => (folder === undefined ? path : joinPath(folder, path));
  const operands = options.operands.map((operand) => operand.value);
  switch (command) {
    case 'apply':
      emitPatch(
        operands,
        {
          input: context.input,
          reverse: options.has('-R', '--reverse'),
          strip: 1,
          // The index alone is none of the files.
          acting: changes && (!options.has('--cached') || options.has('--index')),
          ...(folder !== undefined && { folder }),
        },
        host,
      );
      return;
    case 'rm':
      if (changes && !options.has('--cached'))
        for (const path of operands)
          host.emit({
            kind: 'delete',
            path: within(path),
            recursive: options.has('-r'),
            certainty: 'certain',
          });
      return;
    case 'mv': {
      const target = operands.at(-1);
      if (!changes || target === undefined) return;
      for (const from of operands.slice(0, -1)) {
        const to = operands.length > 2 ? joinPath(target, baseName(from)) : target;
        host.emit({ kind: 'move', from: within(from), to: within(to), certainty: 'certain' });
      }
      return;
    }
    case 'clone': {
      const [url, into] = operands;
      if (url === undefined) return;
      host.emit({ kind: 'network', direction: 'fetch', target: url, certainty: 'certain' });
      const path = into ?? baseName(url.replace(/\/+$/, '')).replace(/\.git$/, '');
      host.emit({ kind: 'mkdir', path: within(path), certainty: 'certain' });
      return;
    }
    case 'fetch':
    case 'pull':
      host.emit({
        kind: 'network',
        direction: 'fetch',
        ...(operands[0] !== undefined && { target: operands[0] }),
        certainty: 'certain',
      });
      return;
    case 'push':
      if (changes)
        host.emit({
          kind: 'network',
          direction: 'send',
          ...(operands[0] !== undefined && { target: operands[0] }),
          certainty: 'certain',
        });
      return;
    case 'show':
      // `git show REV:path` reads a version of a file; the work tree's is another.
      return;
    default:
  }
  const output = options.value('-o', '--output');
  if (output && (command === 'archive' || command === 'diff' || command === 'log'))
    host.emit({ kind: 'write', path: output.value, change: { kind: 'unknown' }, certainty: 'certain' });
}

export const GIT: Readonly<Record<string, CommandReader>> = { git };
