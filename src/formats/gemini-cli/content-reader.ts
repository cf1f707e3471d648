import { asArray, asObject, asString, type JsonObject, pointer } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { Talk } from './talk.ts';

/** Reads a history as it goes to the model: contents with a role and parts. */
export class ContentReader {
  private readonly run: RunBuilder;
  private readonly talk: Talk;

  constructor(run: RunBuilder) {
    this.run = run;
    this.talk = new Talk(run, run);
    run.agent = { name: 'gemini-cli' };
  }

  read(value: unknown, place: SourceRef): void {
    const content = asObject(value);
    const parts = asArray(content?.parts);
    if (!content || !parts) {
      this.run.log.fold('unexpected-shape', 'warning', 'an element of the history has no parts', place);
      return;
    }
    const time = toMillis(content.timestamp ?? content.ts);
    const isAgent = content.role === 'model' || content.role === 'gemini';
    if (isAgent) this.run.beginTurn();
    for (const [index, part] of parts.entries()) {
      const known: JsonObject = asObject(part) ?? { text: asString(part) };
      const at = { ...place, pointer: `${place.pointer ?? ''}${pointer('parts', index)}` };
      if (isAgent) this.talk.agentPart(known, time, at);
      else this.talk.userPart(known, time, at);
    }
  }
}
