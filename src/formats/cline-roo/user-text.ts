import type { Message } from '../../model/run.ts';

const WRAP = /^\s*<(task|user_message|feedback)>\r?\n?([\s\S]*?)\r?\n?<\/\1>/;

/** What a text in the user's name is: the extension writes its own there too. */
export function kindOfUserText(text: string): Pick<Message, 'role' | 'kind'> {
  if (text.startsWith('[ERROR] You did not use a tool')) return { role: 'environment', kind: 'format-error' };
  if (text.includes('<user_message>') || text.includes('<feedback>')) return { role: 'user', kind: 'prompt' };
  if (text.startsWith('[TASK RESUMPTION]')) return { role: 'environment', kind: 'notice' };
  if (text.startsWith('[NOTE] Some previous conversation history')) {
    return { role: 'environment', kind: 'compaction' };
  }
  if (text.startsWith('## Conversation Summary') || text.startsWith('[Continue from')) {
    return { role: 'environment', kind: 'compaction' };
  }
  if (/^Tool \[[^\]\n]{1,200}\] was not executed|^Skipping tool /.test(text)) {
    return { role: 'environment', kind: 'notice' };
  }
  return { role: 'user', kind: 'prompt' };
}

/** The task without the tag around it. */
export function taskOf(text: string): string {
  return (WRAP.exec(text)?.[2] ?? text).trim();
}

export interface Surroundings {
  readonly cwd: string | undefined;
  readonly model: string | undefined;
  /** By how it names its mode: Cline has two, Roo Code any number under names of their own. */
  readonly agent: 'cline' | 'roo-code' | undefined;
}

/** What `<environment_details>` says of the run: where it works, with which model. */
export function readSurroundings(text: string): Surroundings {
  const cwd = /\n# Current (?:Working|Workspace) Directory \(([^)\n]{1,1000})\)/.exec(text)?.[1];
  const model = /\n<model>([^<\n]{1,200})<\/model>/.exec(text)?.[1];
  const mode = /\n# Current Mode\r?\n(\S{1,100})/.exec(text)?.[1];
  const agent = mode === undefined ? undefined : /^(?:ACT|PLAN)$/.test(mode) ? 'cline' : 'roo-code';
  return { cwd, model, agent };
}
