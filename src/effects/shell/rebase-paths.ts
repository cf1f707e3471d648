import { exhaustive } from '../../base/assert.ts';
import { joinPath } from '../../base/path.ts';
import type { Effect } from '../../model/effect.ts';

/**
 * An effect of a subshell that changed its directory, with paths as its parent shell would write them:
 * `(cd src && touch a)` touches `src/a`.
 */
export function rebasePaths(effect: Effect, folder: string | undefined): Effect {
  if (folder === undefined || folder === '') return effect;
  const place = (path: string): string => (path.startsWith('~') ? path : joinPath(folder, path));
  switch (effect.kind) {
    case 'read':
    case 'write':
    case 'delete':
    case 'mkdir':
    case 'mode':
      return { ...effect, path: place(effect.path) };
    case 'move':
    case 'copy':
      // A symbolic link keeps its text, which counts from the link's own folder.
      if (effect.kind === 'copy' && effect.link === 'symbolic') return { ...effect, to: place(effect.to) };
      return { ...effect, from: place(effect.from), to: place(effect.to) };
    case 'search':
      return { ...effect, paths: effect.paths.length === 0 ? [folder] : effect.paths.map(place) };
    case 'run':
      return effect.script === undefined ? effect : { ...effect, script: place(effect.script) };
    case 'git':
      return { ...effect, folder: effect.folder === undefined ? folder : place(effect.folder) };
    case 'chdir':
    case 'env':
    case 'package':
    case 'process':
    case 'service':
    case 'account':
    case 'network':
    case 'test':
    case 'build':
    case 'keys':
    case 'submit':
    case 'note':
    case 'delegate':
    case 'remote':
      return effect;
    default:
      return exhaustive(effect);
  }
}
