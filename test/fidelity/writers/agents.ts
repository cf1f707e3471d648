import { bareHands } from '../hands/bare-hands.ts';
import { claudeHands } from '../hands/claude-hands.ts';
import { codexHands } from '../hands/codex-hands.ts';
import { editorHands } from '../hands/editor-hands.ts';
import type { MakeHands } from '../hands/hands.ts';
import type { Writer } from './artifact.ts';
import { claudeSession, claudeStream, claudeStripped } from './claude.ts';
import { codexRollout } from './codex.ts';
import { genericSteps } from './generic.ts';
import { miniV1, miniV2 } from './mini.ts';
import { openHands } from './openhands.ts';
import { sweAgent } from './swe-agent.ts';
import { terminusAtif, terminusEpisodes } from './terminus.ts';

/** A kind of agent: its hands are recorded once, and the recording is written in each format that it leaves behind. */
export interface AgentKind {
  readonly name: string;
  readonly hands: MakeHands;
  readonly writers: Readonly<Record<string, Writer>>;
  /** Exported variables live on from step to step. */
  readonly keepsEnv: boolean;
}

export const AGENTS: readonly AgentKind[] = [
  {
    name: 'fresh shell',
    hands: bareHands('fresh'),
    writers: { 'mini-swe-agent 1': miniV1, 'mini-swe-agent 2': miniV2 },
    keepsEnv: false,
  },
  {
    name: 'claude code',
    hands: claudeHands,
    writers: {
      'claude code session': claudeSession,
      'claude code session, stripped': claudeStripped,
      'claude code stream': claudeStream,
    },
    keepsEnv: true,
  },
  { name: 'swe-agent', hands: editorHands('swe-agent'), writers: { 'swe-agent': sweAgent }, keepsEnv: true },
  { name: 'openhands', hands: editorHands('openhands'), writers: { openhands: openHands }, keepsEnv: true },
  { name: 'codex', hands: codexHands, writers: { 'codex rollout': codexRollout }, keepsEnv: false },
  {
    name: 'kept shell',
    hands: bareHands('kept'),
    writers: {
      'terminus 2 (ATIF)': terminusAtif,
      'terminus 2 (episodes)': terminusEpisodes,
      'steps.json': genericSteps,
    },
    keepsEnv: true,
  },
];
