import { expect, it } from 'vitest';
import { Turns } from '../src/turns.js';

/** Players that run for given times, turn by turn; returns who ran in which order. */
function play(times: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const turns = new Turns(times.length);
  const seconds = times.map(() => 0);
  const go = (player: number, turn: number): void => {
    if (turn === times[player].length) turns.leave(player);
    else
      turns.wait(player, seconds[player], () => {
        order.push(player);
        seconds[player] += times[player][turn];
        go(player, turn + 1);
      });
  };
  for (const player of times.keys()) go(player, 0);
  return order;
}

it('gives the turn to the one that has run for the shortest time, and to the first of those alike', () => {
  expect(
    play([
      [1, 1, 1],
      [1, 1, 1],
    ]),
  ).toEqual([0, 1, 0, 1, 0, 1]);
  expect(play([[1, 1, 1, 1], [3]])).toEqual([0, 1, 0, 0, 0]);
  expect(
    play([
      [3, 3],
      [1, 1, 1, 1, 1],
    ]),
  ).toEqual([0, 1, 1, 1, 0, 1, 1]);
});

it('does not wait for those that have left', () => {
  expect(play([[], [1, 1]])).toEqual([1, 1]);
  expect(play([[1, 1], []])).toEqual([0, 0]);
});

it('lets nobody run while another one does', () => {
  const turns = new Turns(2);
  let running = 0;
  turns.wait(0, 0, () => running++);
  expect(running).toBe(0);
  turns.wait(1, 0, () => running++);
  expect(running).toBe(1);
  turns.wait(0, 1, () => running++);
  expect(running).toBe(2);
});
