import type { Host } from '../host.ts';
import { SQL } from '../inline/script/lexis.ts';
import { codeOnly, markCode } from '../inline/script/mark-code.ts';
import { isStream } from '../paths.ts';

/** Texts longer than this are judged by their beginning. */
const LIMIT = 1_000_000;

/** Pragmas that are kept in the database's file; others last as long as the connection. */
const KEPT = 'journal_mode|user_version|application_id|auto_vacuum|page_size|encoding|schema_version';

const SQL_CHANGES = new RegExp(
  String.raw`\b(?:insert\s+(?:or\s+\w+\s+)?into|update\s+[\w."\x60]+\s+set|delete\s+from|replace\s+into|create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:unique\s+)?(?:table|index|view|database|user|role|schema|trigger|function|extension|type|sequence|materialized)|drop\s+(?:table|index|view|database|user|role|schema|trigger|function|if)|alter\s+(?:table|user|role|database|system)|truncate\s|grant\s|revoke\s|vacuum(?!\s+into)|reindex|merge\s+into|copy\s+[\w."]+(?:\s*\([^()]{0,400}\))?\s+from|load\s+data|pragma\s+(?:\w+\.)?(?:(?:${KEPT})\s*[=(]|wal_checkpoint|incremental_vacuum|optimize))`,
  'i',
);

/** Whether SQL text changes data: what stands in comments and values does not count. */
export function sqlChanges(text: string): boolean {
  return SQL_CHANGES.test(codeOnly(text.slice(0, LIMIT), SQL));
}

/** What a client's text does besides the statements that change data. */
export interface SqlReading {
  /** The database that is open when the text begins; undefined for a server's. */
  readonly file: string | undefined;
  /** Whether statements touch the files of this machine for sure: a server may stand elsewhere. */
  readonly isLocal: boolean;
  readonly host: Host;
  /** Names of SQL files whose text is not known. */
  readonly unread: string[];
  /** Tells of a database that it was changed. */
  readonly changed: (file: string | undefined) => void;
}

const META = /^\s{0,20}(?:\\(copy|out|o|ir|i|w|g|!|\.)|(source))\s{1,20}(\S.{0,4000})$/i;

/** Reads SQL with the commands of its client between: dot commands of SQLite and DuckDB, backslash commands of psql. */
export function readSql(given: string, reading: SqlReading): void {
  const work: { text: string; depth: number }[] = [{ text: given.slice(0, LIMIT), depth: 0 }];
  let { file } = reading;
  for (let next = work.pop(); next; next = work.pop()) {
    const statements: string[] = [];
    const more: string[] = [];
    const flush = (): void => {
      const sql = statements.splice(0).join('\n');
      if (sqlChanges(sql)) reading.changed(file);
      readTransfers(sql, reading);
    };
    for (const line of next.text.split('\n')) {
      const meta = META.exec(line);
      if (/^\s{0,20}\.[a-z]/.test(line)) {
        const words = splitWords(line.trim());
        if (words[0] === '.open') {
          flush();
          file = words.findLast((word, i) => i > 0 && !word.startsWith('-')) ?? file;
        } else readDot(words, line, file, reading, more);
      } else if (meta) readMeta(meta[1] ?? meta[2] ?? '', meta[3] ?? '', file, reading, more);
      else statements.push(line);
    }
    flush();
    if (next.depth < 5) for (const text of more) work.push({ text, depth: next.depth + 1 });
  }
}

function write(path: string | undefined, reading: SqlReading, sure = true): void {
  if (path === undefined || path === 'stdout' || path === 'off' || isStream(path)) return;
  if (path.startsWith('|')) reading.host.shell(path.slice(1), 'child');
  else
    reading.host.emit({
      kind: 'write',
      path,
      change: { kind: 'unknown' },
      certainty: sure ? 'certain' : 'likely',
    });
}

function read(path: string | undefined, reading: SqlReading): void {
  if (path !== undefined && !isStream(path)) reading.host.emit({ kind: 'read', path, certainty: 'certain' });
}

function runFile(path: string | undefined, reading: SqlReading, more: string[]): void {
  if (path === undefined) return;
  read(path, reading);
  const text = reading.host.script(path);
  if (text === undefined) reading.unread.push(path);
  else more.push(text);
}

function readDot(
  words: readonly string[],
  line: string,
  file: string | undefined,
  reading: SqlReading,
  more: string[],
): void {
  const [name = '', ...rest] = words;
  const operands = rest.filter((word) => !word.startsWith('-'));
  const [first] = operands;
  switch (name) {
    case '.output':
    case '.once':
      if (first !== undefined) write(first.startsWith('|') ? operands.join(' ') : first, reading);
      else if (rest.some((word) => /^-[ex]$/.test(word))) outputs(reading);
      return;
    case '.log':
    case '.trace':
      write(first, reading);
      return;
    case '.excel':
      outputs(reading);
      return;
    case '.save':
    case '.backup':
      write(operands.at(-1), reading);
      return;
    case '.clone':
      write(first, reading);
      return;
    case '.import':
      read(first, reading);
      reading.changed(file);
      return;
    case '.restore':
      read(operands.at(-1), reading);
      reading.changed(file);
      return;
    case '.read':
      runFile(first, reading, more);
      return;
    case '.shell':
    case '.system':
      reading.host.shell(line.trim().slice(name.length + 1), 'child');
      return;
    case '.archive':
    case '.ar':
      readArchive(rest, file, reading);
      return;
    default:
  }
}

/** `.archive -c FILE…` fills the database, `-x` takes files out of it. */
function readArchive(words: readonly string[], file: string | undefined, reading: SqlReading): void {
  const [mode = ''] = words;
  if (/^(?:--(?:create|update|insert|remove)|-?[a-z]{0,4}[cuir])/.test(mode)) reading.changed(file);
  else if (/^(?:--extract|-?[a-z]{0,4}x)/.test(mode)) outputs(reading);
}

function outputs(reading: SqlReading): void {
  reading.host.emit({ kind: 'build', tool: 'sqlite3', targets: [], certainty: 'likely' });
}

function readMeta(
  name: string,
  rest: string,
  file: string | undefined,
  reading: SqlReading,
  more: string[],
): void {
  const [first] = splitWords(rest);
  switch (name.toLowerCase()) {
    case 'copy': {
      const to = /\bto\s{1,10}(?:program\s{1,10})?('[^'\n]{1,400}'|[^\s'(]{1,400})/i.exec(rest);
      const from = /\bfrom\s{1,10}(?:program\s{1,10})?('[^'\n]{1,400}'|[^\s'(]{1,400})/i.exec(rest);
      if (/\)\s{0,10}to\b/i.test(rest) || (to && !(from && from.index < to.index))) {
        const path = /.*\bto\s{1,10}('[^'\n]{1,400}'|[^\s'(]{1,400})/i.exec(rest)?.[1];
        write(path && bare(path), reading);
      } else if (from) {
        read(bare(from[1] ?? ''), reading);
        reading.changed(file);
      }
      return;
    }
    case 'o':
    case 'out':
    case 'w':
    case 'g':
      write(rest.startsWith('|') ? rest : first, reading);
      return;
    case '!':
      reading.host.shell(rest, 'child');
      return;
    case 'source':
    case '.':
    case 'i':
    case 'ir':
      runFile(first?.replace(/;$/, ''), reading, more);
      return;
    default:
  }
}

/** Files that statements write and read themselves: `COPY … TO 'f'`, `INTO OUTFILE 'f'`, `VACUUM INTO 'f'`. */
function readTransfers(sql: string, reading: SqlReading): void {
  const inert = markCode(sql, SQL);
  const at =
    /\b(?:to|into\s{1,10}outfile|into\s{1,10}dumpfile|vacuum\s{1,10}into)\s{1,10}'([^'\n]{1,400})'/gi;
  for (const match of sql.matchAll(at)) {
    if (inert[match.index] === 1) continue;
    const before = sql.slice(Math.max(0, match.index - 4_000), match.index);
    const statement = before.slice(before.lastIndexOf(';') + 1);
    if (/^to/i.test(match[0]) && !/\bcopy\b/i.test(statement)) continue;
    write(match[1], reading, reading.isLocal);
  }
  for (const match of sql.matchAll(/\bexport\s{1,10}database\s{1,10}'([^'\n]{1,400})'/gi))
    if (inert[match.index] === 0)
      reading.host.emit({ kind: 'build', tool: 'duckdb', targets: [match[1] ?? ''], certainty: 'likely' });
}

function bare(word: string): string {
  return word.replace(/^(['"])(.*)\1$/s, '$2');
}

/** Words between blanks, those in quotes whole. */
function splitWords(line: string): string[] {
  return (line.slice(0, 4_000).match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? []).map(bare);
}
