import { randomStream } from '@lemmata/core';
import { expect, it } from 'vitest';
import { LargestSum, MaxHeap } from '../src/max-heap.js';

it('keeps the largest key on top, ties to the smaller element, through any changes', () => {
  const stream = randomStream('heap');
  const n = 12;
  const heap = new MaxHeap(n);
  const keys = new Map<number, number>();
  for (let step = 0; step < 3000; step++) {
    const e = stream.integer(n);
    const key = stream.integer(9) - 3;
    if (!keys.has(e)) heap.push(e, key);
    else if (stream.integer(2) === 0) heap.change(e, key);
    else heap.remove(e);
    if (heap.has(e)) keys.set(e, key);
    else keys.delete(e);
    const sorted = [...keys].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    expect(heap.size).toBe(sorted.length);
    if (sorted.length > 0) expect(heap.top).toBe(sorted[0][0]);
    expect(Array.from(heap.elements()).sort()).toEqual([...keys.keys()].sort());
    const count = stream.integer(n + 3);
    const positive = sorted.map(([, value]) => value).filter((value) => value > 0);
    expect(heap.sumOfLargest(count)).toBe(positive.slice(0, count).reduce((sum, value) => sum + value, 0));
    const copy = new MaxHeap(n);
    for (const member of heap.elements()) copy.push(member, heap.keys[member]);
    expect(copy.elements()).toEqual(heap.elements());
  }
});

it('adds up the largest positive numbers', () => {
  const stream = randomStream('sum');
  for (let trial = 0; trial < 300; trial++) {
    const values = Array.from({ length: stream.integer(30) }, () => stream.integer(50) - 10);
    const count = stream.integer(12);
    const sum = new LargestSum(count);
    for (const value of values) sum.offer(value);
    const largest = values.filter((value) => value > 0).sort((a, b) => b - a);
    expect(sum.total()).toBe(largest.slice(0, count).reduce((total, value) => total + value, 0));
  }
});
