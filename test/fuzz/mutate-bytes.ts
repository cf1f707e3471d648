import type { Random } from './random.ts';

export type ByteMutation = (bytes: Buffer, random: Random) => Buffer;

/** Damage that disks, networks and killed writers do. */
export const BYTE_MUTATIONS: Readonly<Record<string, ByteMutation>> = {
  'cut off': (bytes, random) => bytes.subarray(0, random.below(bytes.length)),

  'bits flipped': (bytes, random) => {
    const damaged = Buffer.from(bytes);
    for (let i = 0; i < 1 + damaged.length / 4_000; i++) {
      const at = random.below(damaged.length);
      damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << random.below(8)), at);
    }
    return damaged;
  },

  'a range lost': (bytes, random) => {
    const from = random.below(bytes.length);
    const to = Math.min(bytes.length, from + 1 + random.below(5_000));
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },

  'a range twice': (bytes, random) => {
    const from = random.below(bytes.length);
    const to = Math.min(bytes.length, from + 1 + random.below(5_000));
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },

  'no UTF-8': (bytes, random) => insert(bytes, random, Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80])),

  'zeros as a crash leaves them': (bytes, random) => insert(bytes, random, Buffer.alloc(4_096)),

  'another byte order': (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le'),
};

function insert(bytes: Buffer, random: Random, what: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at)]);
}
