import type { TestReport, TestStatus } from '../model/test-result.ts';
import { ReportDraft } from './report-draft.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Elements inside a test case that decide its status. */
const OUTCOMES: ReadonlyMap<string, TestStatus> = new Map([
  ['failure', 'failed'],
  ['error', 'error'],
  ['skipped', 'skipped'],
]);

/**
 * A JUnit XML report as Surefire, pytest, Gradle, jest-junit and others write it. Tests are named `classname.name`.
 * Read tag by tag, so a report that was cut off gives the cases before the cut. undefined without any test case.
 */
export function parseJUnitXml(text: string): TestReport | undefined {
  if (!text.includes('<testsuite')) return undefined;
  const draft = new ReportDraft('junit');
  const seen = { passed: 0, failed: 0, error: 0, skipped: 0 };
  let open: { test: string; status: TestStatus; message?: string } | undefined;
  const close = (): void => {
    if (!open) return;
    draft.set(open.test, open.status, open.message);
    seen[open.status]++;
    open = undefined;
  };
  for (const tag of readTags(text)) {
    if (tag.name === 'testcase') {
      close();
      if (tag.closing) continue;
      open = { test: caseName(tag.attributes), status: 'passed' };
      if (tag.empty) close();
      continue;
    }
    const status = OUTCOMES.get(tag.name);
    if (!open || !status || tag.closing || open.status !== 'passed') continue;
    const message = readAttribute(tag.attributes, 'message') ?? (tag.empty ? undefined : tag.text.trim());
    open = { test: open.test, status, ...(message !== undefined && message !== '' && { message }) };
  }
  close();
  if (!draft.found) return undefined;
  draft.add({ passed: seen.passed, failed: seen.failed, errors: seen.error, skipped: seen.skipped });
  return draft.build();
}

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly closing: boolean;
  readonly empty: boolean;
  /** Text up to the next tag, entities resolved; only where the tag opens. */
  readonly text: string;
}

function* readTags(text: string): Generator<Tag> {
  let at = text.indexOf('<');
  while (at >= 0) {
    if (text.startsWith('<!--', at)) at = skipTo(text, '-->', at);
    else if (text.startsWith('<![CDATA[', at)) at = skipTo(text, ']]>', at);
    else {
      const end = endOfTag(text, at);
      if (end < 0) return;
      const inner = text.slice(at + 1, end);
      const name = /^\/?([\w:.-]+)/.exec(inner)?.[1];
      if (name !== undefined) {
        const closing = inner.startsWith('/');
        yield {
          name,
          attributes: inner,
          closing,
          empty: inner.endsWith('/'),
          text: OUTCOMES.has(name) && !closing ? textAfter(text, end + 1) : '',
        };
      }
      at = end + 1;
    }
    at = at < 0 ? -1 : text.indexOf('<', at);
  }
}

function skipTo(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? -1 : end + mark.length;
}

/** The `>` of a tag; one inside an attribute's quotes does not count. */
function endOfTag(text: string, start: number): number {
  let quote = '';
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i;
  }
  return -1;
}

function textAfter(text: string, from: number): string {
  if (text.startsWith('<![CDATA[', from)) {
    const end = text.indexOf(']]>', from);
    return text.slice(from + '<![CDATA['.length, end < 0 ? text.length : end);
  }
  const end = text.indexOf('<', from);
  return resolve(text.slice(from, end < 0 ? text.length : end));
}

function readAttribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : resolve(value);
}

function caseName(attributes: string): string {
  const name = readAttribute(attributes, 'name') ?? '';
  const holder = readAttribute(attributes, 'classname') ?? '';
  return holder === '' || holder === name ? name : `${holder}.${name}`;
}

function resolve(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
