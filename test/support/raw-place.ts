import type { SourceRef } from '../../src/model/source-ref.ts';

/**
 * Reads an artifact's text at a place with nothing of the program's own readers: JSON pointers, lines, byte ranges and
 * events of recordings as they are documented. What it parses is kept per artifact.
 */
export class RawArtifact {
  readonly text: string;
  private lines: string[] | undefined;
  private document: { readonly value: unknown } | undefined;
  private readonly found = new Map<string, readonly string[]>();

  constructor(text: string) {
    this.text = text;
  }

  /** The texts at a place: strings unescaped, JSON inside of strings too. */
  at(place: SourceRef): readonly string[] {
    const key = JSON.stringify(place);
    const known = this.found.get(key);
    if (known) return known;
    const texts = this.read(place);
    this.found.set(key, texts);
    return texts;
  }

  private read({ pointer, line, castEvents, bytes }: SourceRef): readonly string[] {
    let text = this.text;
    if (castEvents) {
      text = this.castText(castEvents);
      if (line !== undefined) text = text.split('\n')[line - 1] ?? '';
      return [text];
    }
    if (bytes) text = Buffer.from(text, 'utf8').subarray(bytes[0], bytes[1]).toString('utf8');
    else if (line !== undefined) text = this.allLines()[line - 1] ?? '';
    if (pointer === undefined) return [text, ...stringsOf(parse(text)?.value)];
    const parsed = line === undefined && !bytes ? (this.document ??= parse(text)) : parse(text);
    // A pointer's last part names what is there: a check by its name has its result below.
    const name = pointer
      .slice(pointer.lastIndexOf('/') + 1)
      .replaceAll('~1', '/')
      .replaceAll('~0', '~');
    return parsed ? [name, ...stringsOf(resolve(parsed.value, pointer))] : [text];
  }

  private allLines(): string[] {
    return (this.lines ??= this.text.split('\n'));
  }

  /** What the events wrote; the header is the first line. */
  private castText([first, last]: readonly [number, number]): string {
    const events = this.allLines()
      .slice(1)
      .filter((line) => line.trim() !== '')
      .slice(first, last + 1);
    return events
      .map((event) => (event.includes('"o"') ? String((parse(event)?.value as unknown[])?.[2] ?? '') : ''))
      .join('');
  }
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function resolve(root: unknown, pointer: string): unknown {
  let here = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    here = typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined;
    // A place may go on inside of a string that holds JSON itself.
    if (typeof here === 'string' && /^\s*[[{]/.test(here)) here = parse(here)?.value ?? here;
  }
  return here;
}

/** Every string below a value, keys too; other plain values as JSON writes them. */
function stringsOf(root: unknown): string[] {
  const texts: string[] = [];
  const work: unknown[] = [root];
  while (work.length > 0) {
    const value = work.pop();
    if (typeof value === 'string') {
      texts.push(value);
      if (/^\s*[[{]/.test(value)) work.push(parse(value)?.value);
    } else if (Array.isArray(value)) work.push(...value);
    else if (typeof value === 'object' && value !== null) {
      texts.push(...Object.keys(value));
      work.push(...Object.values(value));
    } else if (value !== undefined) texts.push(JSON.stringify(value));
  }
  return texts;
}

/** How near to its place a quote stands: word for word; but for what terminals and escapes add; only elsewhere; nowhere. */
export type Nearness = 'at-place' | 'at-place-decoded' | 'in-artifact' | 'nowhere';

export function findQuote(artifact: RawArtifact, place: SourceRef, quote: string): Nearness {
  const texts = artifact.at(place);
  if (texts.some((text) => text.includes(quote))) return 'at-place';
  const wanted = bare(quote);
  if (texts.some((text) => bare(text).includes(wanted))) return 'at-place-decoded';
  const forms = [quote, JSON.stringify(quote).slice(1, -1), asciiJson(quote)];
  if (forms.some((form) => artifact.text.includes(form))) return 'in-artifact';
  return 'nowhere';
}

/** Letters alone: without escapes of terminals and of JSON, without white space, for recordings wrap and repaint lines. */
function bare(text: string): string {
  return text
    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_=>()*+78])/g, '')
    .replace(/\\+(?:u[0-9a-fA-F]{4}|[nrtbf"/])?|[\s"\u0000-\u001f]|[^\x20-\x7e]/g, '');
}

/** JSON as Python writes it by default: everything beyond ASCII escaped. */
function asciiJson(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
