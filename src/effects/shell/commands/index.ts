import type { CommandReader } from '../host.ts';
import { AWK } from './awk.ts';
import { BUILTINS } from './builtins.ts';
import { CLOUDS } from './cloud.ts';
import { COMPILERS } from './compilers.ts';
import { CONTAINER_READERS } from './containers.ts';
import { DATABASES } from './databases.ts';
import { DEVICES } from './devices.ts';
import { EDITORS } from './editors.ts';
import { FIND } from './find.ts';
import { GIT } from './git.ts';
import { HTTP } from './http.ts';
import { INTERPRETERS } from './interpreters.ts';
import { PATCH } from './patch.ts';
import { READERS_OF_FILES } from './read-files.ts';
import { RUNNERS } from './runners.ts';
import { SCRIPT_HOSTS } from './script-hosts.ts';
import { SED } from './sed.ts';
import { SESSIONS } from './sessions.ts';
import { SHELLS } from './shells.ts';
import { TAR } from './tar.ts';
import { WRAPPERS } from './wrappers.ts';

/** Programs whose arguments need more than a catalogue entry can say. */
const READERS: ReadonlyMap<string, CommandReader> = new Map(
  [
    BUILTINS,
    WRAPPERS,
    SHELLS,
    FIND,
    SED,
    AWK,
    READERS_OF_FILES,
    TAR,
    HTTP,
    GIT,
    PATCH,
    DEVICES,
    SESSIONS,
    DATABASES,
    CONTAINER_READERS,
    CLOUDS,
    COMPILERS,
    SCRIPT_HOSTS,
    INTERPRETERS,
    RUNNERS,
    EDITORS,
  ].flatMap((group) => Object.entries(group)),
);

/** Names of the programs that have a reader. */
export const READER_NAMES: readonly string[] = [...READERS.keys()];

/** The reader of a program by its name; versioned interpreters (`python3.11`, `pip3.12`) share one. */
export function findReader(name: string): CommandReader | undefined {
  const known = READERS.get(name);
  if (known) return known;
  return /^(?:python|pypy)\d(?:\.\d{1,2})?$/.test(name) ? READERS.get('python') : undefined;
}
