import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { ArtifactReader } from '../port.ts';
import { type ChatMessage, toRole } from './schema.ts';

/** Begins the print of a prompt; the prints of all cycles stand one after the other. */
export const SEQUENCE = /^={5,40} ChatSequence ={5,40}\s*$/;
const MESSAGE = /^-{5,40} (SYSTEM|USER|ASSISTANT) -{5,40}\s*$/;
const END = /^={30,80}\s*$/;
const LENGTH = /^Length: \d+ tokens; \d+ messages\s*$/;

/** The prompts of a history, one list of messages per cycle, in order. */
export async function* readPrompts(
  reader: ArtifactReader,
  artifact: string,
  log: DiagnosticLog,
): AsyncGenerator<readonly ChatMessage[]> {
  let prompt: ChatMessage[] | undefined;
  let open: { role: ChatMessage['role']; line: number; lines: string[] } | undefined;
  let seen = 0;
  const close = (): void => {
    if (open && prompt) {
      const content = open.lines.join('\n').trim();
      prompt.push({ role: open.role, content, place: { artifact, line: open.line } });
    }
    open = undefined;
  };
  for await (const batch of reader.lines(artifact)) {
    for (const { text, line, flaw } of batch) {
      seen++;
      if (flaw) log.fold(flaw, 'warning', 'a line is not as it stands in the file', { artifact, line });
      if (SEQUENCE.test(text)) {
        close();
        if (prompt) yield prompt;
        prompt = [];
        continue;
      }
      const role = toRole(MESSAGE.exec(text)?.[1]);
      if (role && prompt) {
        close();
        open = { role, line: line + 1, lines: [] };
      } else if (END.test(text) && open) close();
      else if (open) open.lines.push(text);
      else if (text.trim() !== '' && !LENGTH.test(text)) {
        log.fold('unknown-record', 'info', 'text between the prompts was passed over', { artifact, line });
      }
    }
  }
  close();
  if (prompt) yield prompt;
  if (seen === 0) log.add('empty-file', 'warning', 'the file is empty', { artifact });
}
