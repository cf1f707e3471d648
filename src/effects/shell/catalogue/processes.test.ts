import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { PROCESSES } from './processes.ts';

const CASES: readonly CommandCase[] = [
  ['ps aux', ''],
  ['fuser 80/tcp', ''],
  ['fuser -k 80/tcp', 'process kill 80/tcp'],
  ['pkill -f server', 'process kill server'],
  ['pkill -0 server', ''],
  ['sleep 5', 'process wait sleep 5'],
  ['gdb -batch -ex run ./app', ''],
  ['which python', ''],
];

describe('processes', () => checkCatalogue(PROCESSES, CASES));
