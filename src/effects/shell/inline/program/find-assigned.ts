import { exhaustive } from '../../../../base/assert.ts';
import type { Expression, Statement } from './syntax.ts';

const cache = new WeakMap<readonly Statement[], ReadonlySet<string>>();

/** Names that a block assigns to, blocks inside it included; bodies of functions are their own. */
export function findAssigned(body: readonly Statement[]): ReadonlySet<string> {
  const known = cache.get(body);
  if (known) return known;
  const names = collect(body);
  cache.set(body, names);
  return names;
}

function collect(body: readonly Statement[]): Set<string> {
  const names = new Set<string>();
  const note = (target: Expression): void => {
    if (target.kind === 'name') names.add(target.name);
    else if (target.kind === 'list') for (const item of target.items) note(item);
  };
  walk(body, (statement) => {
    if (statement.kind === 'assign') for (const target of statement.targets) note(target);
    else if (statement.kind === 'augment' || statement.kind === 'for') note(statement.target);
    else if (statement.kind === 'with') {
      for (const item of statement.items) if (item.target) note(item.target);
    } else if (statement.kind === 'import') names.add(statement.name);
    return true;
  });
  return names;
}

/** Whether something in the body of a loop may leave it with `break`; loops inside of it have their own. */
export function hasBreak(body: readonly Statement[]): boolean {
  let found = false;
  walk(body, (statement) => {
    if (statement.kind === 'jump' && statement.to === 'break') found = true;
    return !found && statement.kind !== 'for' && statement.kind !== 'while';
  });
  return found;
}

/** Goes through the statements of a block; `enter` says whether what is inside one is looked at too. */
function walk(body: readonly Statement[], enter: (statement: Statement) => boolean): void {
  const work: Statement[] = [...body].reverse();
  for (let statement = work.pop(); statement; statement = work.pop()) {
    if (!enter(statement)) continue;
    switch (statement.kind) {
      case 'if':
      case 'for':
        work.push(...statement.body, ...statement.otherwise);
        break;
      case 'try':
        work.push(...statement.body, ...statement.handlers.flat(), ...statement.otherwise, ...statement.last);
        break;
      case 'while':
      case 'with':
      case 'maybe':
        work.push(...statement.body);
        break;
      case 'expression':
      case 'assign':
      case 'augment':
      case 'import':
      case 'define':
      case 'class':
      case 'return':
      case 'raise':
      case 'assert':
      case 'jump':
      case 'delete':
        break;
      default:
        exhaustive(statement);
    }
  }
}
