const GIB = 1024 * 1024 * 1024;

/** Bounds that keep a hostile archive from filling memory or time. */
export interface ArchiveLimits {
  /** Members of compressed archives stay in memory up to this sum of their sizes; the others are left out. */
  readonly keptBytes: number;
  /** Unpacked bytes that are looked at in all. */
  readonly unpackedBytes: number;
  /** Unpacked bytes per packed byte, once more than `ratioFrom` bytes have come out. */
  readonly ratio: number;
  readonly ratioFrom: number;
  readonly members: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  keptBytes: GIB,
  unpackedBytes: 16 * GIB,
  ratio: 1000,
  ratioFrom: 128 * 1024 * 1024,
  members: 1_000_000,
};
