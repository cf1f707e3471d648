import type { JsonObject } from '../../base/json.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** A record of an artifact and where it stands; texts inside it have a pointer below `place`. */
export interface SourceRecord {
  readonly value: JsonObject;
  readonly place: SourceRef;
}
