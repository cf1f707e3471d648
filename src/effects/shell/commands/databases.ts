import type { Call, CommandReader, Host } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

const SQL_CHANGES =
  /\b(?:insert\s+(?:or\s+\w+\s+)?into|update\s+[\w."`]+\s+set|delete\s+from|replace\s+into|create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:unique\s+)?(?:table|index|view|database|user|role|schema|trigger|function|extension|type|sequence|materialized)|drop\s+(?:table|index|view|database|user|role|schema|trigger|function|if)|alter\s+(?:table|user|role|database|system)|truncate\s|grant\s|revoke\s|vacuum|reindex|merge\s+into|copy\s+[\w."]+\s+from|load\s+data|\.(?:import|restore|save|backup|output|once|clone)\b|pragma\s+\w+\s*=)/i;

/** Whether SQL text changes data; long texts are judged by their first million characters. */
export function sqlChanges(text: string): boolean {
  return SQL_CHANGES.test(text.slice(0, 1_000_000));
}

/** Names of SQL files that nobody runs to look at something. */
const CHANGING_FILE =
  /schema|init|seed|dump|migrat|insert|create|setup|fix|update|backup|restore|drop|populate|load/i;

interface Client {
  readonly values: string;
  /** Options whose value is SQL. */
  readonly statements: readonly string[];
  /** Options whose value is a file of SQL. */
  readonly files: readonly string[];
  /** The first operand is the database's file, the second SQL. */
  readonly fileFirst: boolean;
}

function client(rules: Client): CommandReader {
  return (call, host) => {
    const options = readOptions(call.args, {
      values: optionSet(rules.values),
      dash: rules.fileFirst ? 'words' : 'letters',
    });
    const texts = options.values(...rules.statements).map((value) => value.value);
    for (const file of options.values(...rules.files)) {
      host.emit({ kind: 'read', path: file.value, certainty: 'certain' });
      const text = host.script(file.value);
      if (text !== undefined) texts.push(text);
      else if (CHANGING_FILE.test(file.value)) texts.push('insert into unread values');
      else host.guess(file.value);
    }
    const [first, ...rest] = options.operands;
    if (rules.fileFirst) texts.push(...rest.map((operand) => operand.value));
    if (call.draftInput !== undefined) texts.push(call.draftInput);
    else if (call.hasInput && texts.length === 0) host.guess(call.name);
    emitDatabase(call, rules.fileFirst ? first?.value : undefined, texts.some(sqlChanges), host);
    return undefined;
  };
}

function emitDatabase(call: Call, file: string | undefined, changes: boolean, host: Host): void {
  if (file === undefined || file === ':memory:') {
    if (changes && file === undefined)
      host.emit({ kind: 'service', name: call.name, action: 'write', certainty: 'certain' });
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
  values: '-h -p -U -d -c -f -v -F -P --host --port --username --dbname --command --file',
});
const mysql = client({ ...SQL_CLIENT, files: [], values: '-h -P -u -D -e -S --execute' });
const sqlite = client({
  statements: ['-cmd'],
  files: ['-init'],
  fileFirst: true,
  values: '-cmd -init -separator -nullvalue',
});
const duckdb = client({
  statements: ['-c', '-s'],
  files: ['-f', '-init'],
  fileFirst: true,
  values: '-c -s -f -init',
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
