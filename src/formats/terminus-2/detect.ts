import { joinPath } from '../../base/path.ts';
import type { Detection, Probe } from '../format.ts';
import { listEpisodes } from './episodes.ts';

/** By the folders `episode-<n>` and what the first of them that answers holds. */
export async function detectTerminus2({ entry, reader }: Probe): Promise<Detection> {
  const episodes = await listEpisodes(reader, entry.path);
  const [first] = episodes;
  if (!first) return { score: 0, reason: 'no episode-<n> folders' };
  const response = await reader.head(joinPath(first.folder, 'response.txt'), 4096);
  const prompt = await reader.head(joinPath(first.folder, 'prompt.txt'), 4096);
  const found = `${episodes.length} episode folders`;
  if (response === undefined && prompt === undefined) {
    return { score: 0.1, reason: `${found}, but no prompt.txt or response.txt in the first` };
  }
  if (/keystrokes|"(?:state_)?analysis"|<response>/.test(`${response} ${prompt}`)) {
    return { score: 0.95, reason: `${found} with prompts and responses of Terminus` };
  }
  return { score: 0.6, reason: `${found} with prompt.txt or response.txt` };
}
