import { describe, expect, it } from 'vitest';
import { BatchQueue } from './batch-queue.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('BatchQueue', () => {
  it('hands out in the order of the slots, whatever the order in which they are filled', async () => {
    const queue = new BatchQueue<string>();
    const [first, second] = [queue.open(), queue.open()];
    queue.settle('third');
    queue.close();
    const taken: string[] = [];
    const draining = (async () => {
      for await (const item of queue.drain()) taken.push(item);
    })();
    second.push('second');
    second.end();
    await tick();
    expect(taken).toEqual([]);
    first.push('first a');
    await tick();
    expect(taken).toEqual(['first a']);
    first.push('first b');
    first.end();
    await draining;
    expect(taken).toEqual(['first a', 'first b', 'second', 'third']);
  });

  it('lets the producer wait while its window is full, over many rounds', async () => {
    const queue = new BatchQueue<number>(3);
    let ahead = 0;
    let taken = 0;
    const producing = (async () => {
      for (let i = 0; i < 100; i++) {
        queue.settle(i);
        ahead = Math.max(ahead, i + 1 - taken);
        await queue.room();
      }
      queue.close();
    })();
    const items: number[] = [];
    for await (const item of queue.drain()) {
      items.push(item);
      taken++;
      await tick();
    }
    await producing;
    expect(items).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(ahead).toBeLessThanOrEqual(4);
  });

  it('throws what failed at the consumer, and tells the producer that nothing more is wanted', async () => {
    const queue = new BatchQueue<number>(1);
    const slot = queue.open();
    slot.push(1);
    queue.fail(new Error('no room on the disk'));
    await expect(queue.drain().next()).rejects.toThrow('no room on the disk');
    queue.stop();
    await queue.room();
    expect(await slot.taken()).toBe(true);
  });
});
