import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conformDocumentSchema } from '../../src/query/conformance-schemas.ts';
import { analyzeDocumentSchema } from '../../src/query/schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const SESSION = join(import.meta.dirname, '../fixtures/claude-code-session/progress-copies/session.jsonl');
const STRANGE = '{"type":"telepathy","body":"What was felt here, said in seven words."}\n';

async function makeDrifted(): Promise<string> {
  const folder = await makeTemporaryFolder();
  writeFileSync(join(folder, 'session.jsonl'), `${readFileSync(SESSION, 'utf8').trimEnd()}\n${STRANGE}`);
  return folder;
}

describe('conform', () => {
  it('prints one artifact in detail', async () => {
    const { code, stdout } = await captureCli('conform', SESSION);
    expect(code).toBe(0);
    expect(stdout).toMatch(/records\s+\d+ of \d+ explained/);
    expect(stdout).toContain('assistant/tool_use');
    expect(stdout).not.toContain('DRIFT');
  });

  it('prints several as a table by format, and drift above it', async () => {
    const folder = await makeDrifted();
    copyFileSync(SESSION, join(folder, 'sound.jsonl'));
    const { code, stdout } = await captureCli('conform', folder);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toContain('DRIFT');
    expect(lines.some((line) => line.includes('telepathy'))).toBe(true);
    expect(lines.find((line) => line.startsWith('claude-code-session'))).toMatch(/2\s+2\s+.* 1$/);
  });

  it('prints one JSON document after its schema', async () => {
    const { code, stdout } = await captureCli('conform', EXAMPLES, await makeDrifted(), '--json');
    expect(code).toBe(0);
    const document = conformDocumentSchema.strict().parse(JSON.parse(stdout));
    expect(document.artifacts.length).toBe(3);
    expect(document.drift.map(({ what }) => what)).toContain('unread-kind');
    expect(document.drift[0]?.path).toContain('session.jsonl');
    expect(document.formats.reduce((sum, { artifacts }) => sum + artifacts, 0)).toBe(3);
  });

  it('fails on drift when it is told to', async () => {
    const folder = await makeDrifted();
    expect((await captureCli('conform', folder, '--fail-on', 'drift')).code).toBe(1);
    expect((await captureCli('conform', SESSION, '--fail-on', 'drift')).code).toBe(0);
    expect((await captureCli('conform', SESSION, '--fail-on', 'weather')).code).toBe(2);
  });

  it('has the exit codes of every command for what can not be read', async () => {
    const folder = await makeTemporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'nothing of an agent');
    const none = await captureCli('conform', folder, '--json');
    expect(none.code).toBe(4);
    expect(conformDocumentSchema.parse(JSON.parse(none.stdout)).failed).toHaveLength(1);
    expect((await captureCli('conform', join(folder, 'absent'))).code).toBe(3);
    expect((await captureCli('conform', folder, SESSION)).code).toBe(0);
    expect((await captureCli('conform', join(folder, 'absent'), SESSION)).code).toBe(5);
  });
});

describe('analyze', () => {
  it('says how much was understood, and drift before other notes', async () => {
    const folder = await makeDrifted();
    const json = await captureCli('analyze', folder, '--json', '--no-files');
    const [run] = analyzeDocumentSchema.parse(JSON.parse(json.stdout)).runs;
    expect(run?.conformance?.drift.map(({ what }) => what)).toContain('unread-kind');
    expect(run?.conformance?.text).toBeGreaterThan(0.5);
    expect(run?.diagnostics[0]?.code).toBe('format-drift');
    const text = await captureCli('analyze', folder, '--no-files');
    expect(text.stdout).toMatch(/note\s+format-drift: .*telepathy/);
  });
});
