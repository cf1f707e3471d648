/** Maps values of `domain` to positions of `range`; values outside of the domain stand at its ends. */
export interface Scale {
  readonly domain: readonly [number, number];
  readonly at: (value: number) => number;
}

export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = domain;
  const size = high - low;
  return {
    domain,
    at: (value) => {
      const share = size === 0 ? 0.5 : (Math.min(high, Math.max(low, value)) - low) / size;
      return range[0] + share * (range[1] - range[0]);
    },
  };
}

/** Round numbers (1, 2 or 5 times a power of ten apart) inside of a domain, about `wanted` of them, in order. */
export function ticksOf([low, high]: readonly [number, number], wanted = 5): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return Number.isFinite(low) ? [low] : [];
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The smallest domain with round ends that holds every value; `fallback` where there is none. */
export function roundDomain(
  values: readonly number[],
  fallback: readonly [number, number] = [0, 1],
): readonly [number, number] {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length === 0) return fallback;
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const pad = high === low ? Math.max(Math.abs(high) * 0.1, 0.1) : 0;
  const [from, to] = [low - pad, high + pad];
  const power = 10 ** Math.floor(Math.log10((to - from) / 4));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= ((to - from) / 4) * 0.999) ?? 10);
  return [
    Number((Math.floor(from / step) * step).toPrecision(12)),
    Number((Math.ceil(to / step) * step).toPrecision(12)),
  ];
}
