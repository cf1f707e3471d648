import { asArray, asObject, asString, at, type JsonObject, pointer } from '../../base/json.ts';
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

  /** What a document says beside its history. */
  about(document: unknown, place: SourceRef): void {
    this.run.model ??= asString(at(document, 'meta', 'model'));
    this.talk.notice(asString(at(document, 'summary')), { ...place, pointer: '/summary' });
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
      const here = { ...place, pointer: `${place.pointer ?? ''}${pointer('parts', index)}` };
      if (isAgent) this.talk.agentPart(known, time, here);
      else this.talk.userPart(known, time, here);
    }
  }
}
