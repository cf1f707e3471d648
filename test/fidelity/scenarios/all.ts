import type { Scenario } from '../recorder/deed.ts';
import { EDITS } from './edits.ts';
import { GIT } from './git.ts';
import { ODD_FILES } from './odd-files.ts';
import { PROGRAMS } from './programs.ts';
import { SHELL } from './shell.ts';
import { TREES } from './tree.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...EDITS,
  ...ODD_FILES,
  ...SHELL,
  ...PROGRAMS,
  ...GIT,
  ...TREES,
];
