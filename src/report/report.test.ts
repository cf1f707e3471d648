import { describe, expect, it } from 'vitest';
import { escapeHtml } from './html/escape-html.ts';
import { Redactor } from './redact.ts';

describe('escapeHtml', () => {
  it('leaves no way out of text or attributes', () => {
    expect(escapeHtml(`<script>"x"&'y'</style>`)).toBe(
      '&lt;script&gt;&quot;x&quot;&amp;&#39;y&#39;&lt;/style&gt;',
    );
    expect(escapeHtml('a\u0000\u001b\n\t\ud800')).toBe('a\u2400\u241b\n\t\ufffd');
  });
});

describe('Redactor', () => {
  const key = `sk-${'Ab3'.repeat(10)}`;

  it.each([
    [`key ${key} end`, 'key [redacted API key] end'],
    [`ghp_${'a1'.repeat(18)}`, '[redacted GitHub token]'],
    [`AKIA${'ABCD'.repeat(4)}`, '[redacted AWS key]'],
    [`Authorization: Bearer ${'x1'.repeat(12)}`, 'Authorization: Bearer [redacted bearer token]'],
    [`DB_PASSWORD="hunter2hunter2"`, 'DB_PASSWORD="[redacted credential]"'],
    ['postgres://me:secret@host/db', 'postgres://me:[redacted password in an address]@host/db'],
    ['max_tokens = 4096', 'max_tokens = 4096'],
  ])('%s', (text, expected) => {
    expect(new Redactor().redact(text)).toBe(expected);
  });

  it('counts by kind over all texts', () => {
    const redactor = new Redactor();
    redactor.redact(`${key} ${key}`);
    redactor.redact(key);
    expect(redactor.summary()).toEqual(['3 × API key']);
    expect(new Redactor().summary()).toEqual([]);
  });

  it.each([
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN A',
    'eyJaaaaaaaaaa.',
    '-eyJ',
    'TOKEN=',
    'A_',
    'a://b:',
    'Bearer ',
    'sk-',
    'a',
    ' ',
  ])('ends quickly on a megabyte of %j', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const start = performance.now();
    new Redactor().redact(text);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
