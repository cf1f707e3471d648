import { baseName, dirName } from '../../base/path.ts';

/** Folders in which programs are what their name says. */
const PROGRAM_FOLDER = /(?:^|\/)(?:s?bin|\.bin|libexec|games|Scripts)$/;

/** Common words that are also programs: in any other folder they name somebody's own script. */
const GENERIC = new Set(
  'test install run file view sort cat find time watch serve server init import link list import more step q go n port just task please context panel dash bootstrap split join cut look last at batch service mail code less stat cc as ar ld host status script env set wait exec eval main client convert compare identify factor expand fold paste patch make w who users groups id date kill id sync units spell info help in ed ex dc bc host locate rename install.sh check http https links cast air auto anchor ape cross trunk amp goose pass age op say write ec ver where sc reg render surge wire ent moon pkg forge indent tap slither mesg wall logger dialog emulator security defaults shortcuts pod exe swift dart flux pint tilt ray arq  luigi hydra bd cyclic vol green behave robot trial ward vax up local dev deploy sync'.split(
    ' ',
  ),
);

/** Usual names of variables that hold a program, where they are not the program's own name (`$MAKE`, `$PIP`). */
const VARIABLES: Readonly<Record<string, string>> = {
  PY: 'python',
  PYTHON3: 'python3',
  CC: 'cc',
  CXX: 'c++',
  JAVA_HOME: 'java',
};

/** A program's name without folder, or the one that a variable's name tells; `foreign` when the path says that it is not the well-known one. */
export function programName(path: string): { readonly name: string; readonly foreign: boolean } {
  const variable = /^\$\{?([A-Za-z]\w*?)(?:_?(?:BIN|CMD|EXE|PATH))?\}?$/.exec(path)?.[1];
  if (variable !== undefined) return { name: VARIABLES[variable] ?? variable.toLowerCase(), foreign: false };
  if (!path.includes('/')) return { name: path, foreign: false };
  const name = baseName(path);
  // `bin/test` of a repository is its own script, `/usr/bin/test` is the shell's.
  const installed =
    PROGRAM_FOLDER.test(dirName(path)) && (path.startsWith('/') || /(?:venv|env|\.bin)\//.test(path));
  return { name, foreign: !installed && GENERIC.has(name) };
}
