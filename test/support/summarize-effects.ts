import type { ContentChange, Effect } from '../../src/model/effect.ts';

/** Effects in one line for tables in tests: `read a, write b set "x", delete c`; `?` marks a likely one, `??` a possible one. */
export function summarizeEffects(effects: readonly Effect[]): string {
  return effects.map(summarizeEffect).join(', ');
}

function summarizeEffect(effect: Effect): string {
  const doubt = { certain: '', likely: '?', possible: '??' }[effect.certainty];
  return `${effect.kind}${doubt}${details(effect)}`;
}

function details(effect: Effect): string {
  const words: (string | undefined)[] = [];
  switch (effect.kind) {
    case 'read':
      words.push(effect.path, effect.range && `${effect.range.from}-${effect.range.to ?? ''}`);
      break;
    case 'search':
      words.push(effect.pattern && `/${effect.pattern}/`, ...effect.paths);
      break;
    case 'write':
      words.push(effect.path, summarizeChange(effect.change));
      break;
    case 'delete':
    case 'mkdir':
    case 'chdir':
      words.push(effect.path);
      break;
    case 'mode':
      words.push(effect.mode, effect.path);
      break;
    case 'move':
    case 'copy':
      words.push(effect.from, '->', effect.to);
      break;
    case 'env':
      words.push(effect.value === undefined ? effect.name : `${effect.name}=${effect.value}`);
      break;
    case 'package':
      words.push(effect.manager, effect.action, ...effect.names);
      break;
    case 'git':
      words.push(effect.command, effect.changes ? 'changes' : 'looks');
      break;
    case 'process':
      words.push(effect.action, effect.what);
      break;
    case 'service':
      words.push(effect.name, effect.action);
      break;
    case 'account':
    case 'note':
      words.push(effect.what);
      break;
    case 'network':
      words.push(effect.direction, effect.target);
      break;
    case 'test':
      words.push(effect.runner, ...effect.targets);
      break;
    case 'run':
      words.push(effect.program, effect.script);
      break;
    case 'build':
      words.push(effect.tool, ...effect.targets);
      break;
    case 'keys':
      words.push(JSON.stringify(effect.keys));
      break;
    case 'remote':
      words.push(effect.host);
      break;
    case 'delegate':
      words.push(effect.prompt);
      break;
    case 'submit':
      break;
  }
  const shown = words.filter((word) => word !== undefined && word !== '');
  return shown.length === 0 ? '' : ` ${shown.join(' ')}`;
}

function summarizeChange(change: ContentChange): string {
  switch (change.kind) {
    case 'set':
    case 'append':
      return `${change.kind} ${JSON.stringify(change.content)}`;
    case 'replace':
      return `replace${change.all ? ' all' : ''} ${JSON.stringify(change.old)} by ${JSON.stringify(change.new)}`;
    case 'splice':
      return `splice ${change.from}-${change.to} ${JSON.stringify(change.content)}`;
    case 'sequence':
      return `[${change.changes.map(summarizeChange).join('; ')}]`;
    case 'sed':
      return `sed ${[...change.flags, JSON.stringify(change.script)].join(' ')}`;
    case 'patch':
      return `patch${change.reverse === true ? ' reverse' : ''} ${change.diff.split('\n').length} lines`;
    case 'hunks':
      return change.hunks
        .map(({ under, old, new: now, atEnd }) =>
          [
            'hunk',
            ...under.map((line) => `under ${JSON.stringify(line)}`),
            `${JSON.stringify(old)} by ${JSON.stringify(now)}`,
            ...(atEnd ? ['at the end'] : []),
          ].join(' '),
        )
        .join('; ');
    case 'undo':
      return 'undo';
    case 'unknown':
      return '';
    default:
      return change;
  }
}
