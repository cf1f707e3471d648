import type { Call, CommandReader, Host } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';
import { readSql, type SqlReading } from './sql-text.ts';

/** Names of SQL files that nobody runs to look at something. */
const CHANGING_FILE =
  /schema|init|seed|dump|migrat|insert|create|setup|fix|update|backup|restore|drop|populate|load/i;

interface Client {
  readonly values: string;
  /** Options whose value is SQL. */
  readonly statements: readonly string[];
  /** Options whose value is a file of SQL. */
  readonly files: readonly string[];
  /** Options whose value is a file that gets what is printed. */
  readonly outputs?: readonly string[];
  /** The first operand is the database's file, the second SQL. */
  readonly fileFirst: boolean;
  /** Without a file it works in memory. */
  readonly inMemory?: boolean;
}

function client(rules: Client): CommandReader {
  return (call, host) => {
    const options = readOptions(call.args, {
      values: optionSet(rules.values),
      dash: rules.fileFirst ? 'words' : 'letters',
    });
    const [first, ...rest] = options.operands;
    const file = rules.fileFirst ? first?.value : undefined;
    const changed = new Set<string | undefined>();
    const unread: string[] = [];
    const reading: SqlReading = {
      file,
      isLocal: rules.fileFirst,
      host,
      unread,
      changed: (database) => changed.add(database),
    };
    // The database first, then what its statements write.
    const later: (() => void)[] = [];
    const texts = options.values(...rules.statements).map((value) => value.value);
    for (const { value: path } of options.values(...rules.files)) {
      host.emit({ kind: 'read', path, certainty: 'certain' });
      const text = host.script(path);
      if (text === undefined) unread.push(path);
      else texts.push(text);
    }
    if (rules.fileFirst) texts.push(...rest.map((operand) => operand.value));
    if (call.draftInput !== undefined) texts.push(call.draftInput);
    const isBlind = call.draftInput === undefined && call.hasInput && texts.length + unread.length === 0;
    const collecting: Host = {
      ...host,
      emit: (effect) => later.push(() => host.emit(effect)),
      shell: (text, where, maybe) => later.push(() => host.shell(text, where, maybe)),
    };
    for (const text of texts) readSql(text, { ...reading, host: collecting });
    for (const path of unread) {
      if (CHANGING_FILE.test(path)) changed.add(file);
      else host.guess(path);
    }
    for (const path of options.values(...(rules.outputs ?? [])))
      if (!isStream(path.value))
        host.emit({ kind: 'write', path: path.value, change: { kind: 'unknown' }, certainty: 'certain' });
    if (isBlind) {
      // A text that another program prints is a dump to be read in more often than a question.
      host.guess(call.name);
      if (file !== undefined && file !== ':memory:')
        host.emit({ kind: 'write', path: file, change: { kind: 'unknown' }, certainty: 'likely' });
    } else emitDatabase(call, rules, file, changed.has(file), host);
    for (const database of changed) if (database !== file) emitDatabase(call, rules, database, true, host);
    for (const tell of later) tell();
    return undefined;
  };
}

function emitDatabase(
  call: Call,
  rules: Client,
  file: string | undefined,
  changes: boolean,
  host: Host,
): void {
  if (file === ':memory:' || (file === undefined && rules.inMemory === true)) {
    host.emit({ kind: 'run', program: call.name, certainty: 'certain' });
  } else if (file === undefined) {
    if (changes) host.emit({ kind: 'service', name: call.name, action: 'write', certainty: 'certain' });
    else host.emit({ kind: 'network', direction: 'fetch', target: call.name, certainty: 'likely' });
  } else if (changes) {
    host.emit({ kind: 'write', path: file, change: { kind: 'unknown' }, certainty: 'certain' });
  } else {
    host.emit({ kind: 'read', path: file, certainty: 'certain' });
  }
}

const REDIS_ASKS =
  /^(?:get|mget|keys|scan|exists|ttl|type|info|ping|dbsize|lrange|llen|hget|hgetall|hkeys|hlen|smembers|scard|zrange|zcard|zscore|strlen|config get|client list|monitor|memory|object|time|echo|xrange|xlen|slowlog)\b/i;

const redis: CommandReader = (call, host) => {
  const options = readOptions(call.args, {
    values: optionSet('-h -p -a -n -s -u'),
    dash: 'letters',
    stopAtOperand: true,
  });
  const text = options.operands.map((operand) => operand.value).join(' ') || call.draftInput;
  const asks = text === undefined || REDIS_ASKS.test(text.trim());
  if (asks) host.emit({ kind: 'network', direction: 'fetch', target: 'redis', certainty: 'certain' });
  else host.emit({ kind: 'service', name: 'redis', action: 'write', certainty: 'certain' });
  return undefined;
};

const MONGO_CHANGES =
  /\.(?:insert\w*|update\w*|delete\w*|remove|drop\w*|create\w*|replace\w*|save|bulkWrite|findOneAnd\w+)\s*\(/;

const mongo: CommandReader = (call, host) => {
  const options = readOptions(call.args, {
    values: optionSet('--eval -u -p --host --port'),
    dash: 'letters',
  });
  const text = options.value('--eval')?.value ?? call.draftInput ?? '';
  if (MONGO_CHANGES.test(text))
    host.emit({ kind: 'service', name: 'mongo', action: 'write', certainty: 'certain' });
  else host.emit({ kind: 'network', direction: 'fetch', target: 'mongo', certainty: 'likely' });
  return undefined;
};

/** Programs that change a database server whatever they are told. */
const administer: CommandReader = (call, host) => {
  host.emit({ kind: 'service', name: call.name, action: 'write', certainty: 'certain' });
  return undefined;
};

const SQL_CLIENT = {
  statements: ['-e', '--execute', '-c', '--command'],
  files: ['-f', '--file'],
  fileFirst: false,
};
const psql = client({
  ...SQL_CLIENT,
  outputs: ['-o', '--output', '-L', '--log-file'],
  values:
    '-h -p -U -d -c -f -v -F -P -o -L -R -T --host --port --username --dbname --command --file --output --log-file',
});
const mysql = client({
  ...SQL_CLIENT,
  files: [],
  outputs: ['--tee'],
  values: '-h -P -u -D -e -S --execute --tee',
});
const sqlite = client({
  statements: ['-cmd'],
  files: ['-init'],
  fileFirst: true,
  inMemory: true,
  values: '-cmd -init -separator -nullvalue',
});
const duckdb = client({
  statements: ['-c', '-s'],
  files: ['-f', '-init'],
  fileFirst: true,
  inMemory: true,
  values: '-c -s -f -init -separator -nullvalue',
});

export const DATABASES: Readonly<Record<string, CommandReader>> = {
  psql,
  mysql,
  mariadb: mysql,
  sqlite3: sqlite,
  sqlite,
  duckdb,
  'redis-cli': redis,
  mongo,
  mongosh: mongo,
  createdb: administer,
  dropdb: administer,
  createuser: administer,
  dropuser: administer,
  initdb: administer,
  pg_ctl: administer,
  pg_ctlcluster: administer,
  pg_restore: administer,
  mysqladmin: administer,
  mysql_install_db: administer,
};
