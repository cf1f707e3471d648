import { z } from 'zod';

/**
 * The rules of OTLP JSON and of the viewers that read it: ids in hexadecimal, times as text, parents that are there and
 * stand first, one root, and an order that sorting by time keeps.
 */

const value = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d{1,19}$/) }),
  z.strictObject({ doubleValue: z.number() }),
]);
const attributes = z.array(z.strictObject({ key: z.string().min(1), value }));

const span = z.strictObject({
  traceId: z.string().regex(/^(?!0+$)[0-9a-f]{32}$/),
  spanId: z.string().regex(/^(?!0+$)[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  name: z.string().min(1),
  kind: z.union([z.literal(1), z.literal(3)]),
  startTimeUnixNano: z.string().regex(/^\d{1,20}$/),
  endTimeUnixNano: z.string().regex(/^\d{1,20}$/),
  attributes,
  status: z.strictObject({
    code: z.union([z.literal(1), z.literal(2)]).optional(),
    message: z.string().optional(),
  }),
});

const request = z.strictObject({
  resourceSpans: z
    .array(
      z.strictObject({
        resource: z.strictObject({ attributes }),
        scopeSpans: z.array(
          z.strictObject({ scope: z.strictObject({ name: z.string() }), spans: z.array(span).min(1) }),
        ),
      }),
    )
    .min(1),
});

/** What is wrong with an exported trace; empty when nothing is. */
export function checkSpans(document: unknown): string[] {
  const parsed = request.safeParse(document);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
  const spans = parsed.data.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap((scope) => scope.spans),
  );
  const wrong: string[] = [];
  const seen = new Set<string>();
  const before = new Map<string | undefined, { readonly name: string; readonly start: bigint }>();
  for (const { spanId, parentSpanId, name, startTimeUnixNano, endTimeUnixNano, attributes: list } of spans) {
    const start = BigInt(startTimeUnixNano);
    if (seen.has(spanId)) wrong.push(`${spanId} stands there twice`);
    if (parentSpanId === undefined ? seen.size > 0 : !seen.has(parentSpanId)) {
      wrong.push(`${spanId}: its parent is not above it`);
    }
    if (BigInt(endTimeUnixNano) < start) wrong.push(`${spanId} ends before it starts`);
    const keys = list.map(({ key }) => key);
    if (new Set(keys).size < keys.length) wrong.push(`${spanId} has an attribute twice`);
    // Recorded times may go back; the same time may not change the order.
    const last = before.get(parentSpanId);
    if (last && last.start / 1_000_000n === start / 1_000_000n && last.start >= start) {
      wrong.push(`${spanId} (${name}) would be sorted before ${last.name}`);
    }
    before.set(parentSpanId, { name, start });
    seen.add(spanId);
  }
  if (new Set(spans.map(({ traceId }) => traceId)).size !== 1) wrong.push('the spans are not of one trace');
  return wrong;
}
