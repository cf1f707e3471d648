import type { LogLine } from './read-lines.ts';

const BANNER = /This is mini-swe-agent version (\d[\w.]*\w)/;
/** The command line that started the agent, as the shell echoed it. */
const COMMAND = /(?:^|[\s/])mini(?:-extra)?\s(?:.{0,4000}?\s)?(?:-m|--model)[ =]["']?([\w./:@-]+)/;

/** A longer line is no command that a person or a harness typed. */
const MAX_COMMAND = 8192;

/** What the lines before the conversation say about the agent: its banner, and the command that started it. */
export function readPreambleFacts(lines: readonly LogLine[]): { version?: string; model?: string } {
  const facts: { version?: string; model?: string } = {};
  for (const { text } of lines) {
    const version = BANNER.exec(text)?.[1];
    if (version !== undefined) facts.version = version;
    if (!text.includes('mini') || text.length > MAX_COMMAND) continue;
    const model = COMMAND.exec(text)?.[1];
    if (model !== undefined) facts.model = model;
  }
  return facts;
}
