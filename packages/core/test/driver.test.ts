import { describe, expect, it } from 'vitest';
import {
  type Algorithm,
  checkRunOptions,
  iterate,
  type RunOptions,
  run,
  runAsync,
  type SliceEnd,
  type Status,
} from '../src/index.js';

interface CountdownState {
  iteration: number;
  left: number;
}

/** Counts down from `start`, `slicesEach` slices an iteration; `left` = 0 converges. Records what the driver does to it. */
class Countdown implements Algorithm<CountdownState, 'left', { left: number }> {
  readonly state: CountdownState;
  readonly columns = ['left'] as const;
  slicesRun = 0;
  disposals = 0;
  cleanUps = 0;
  readonly slicesEach: number;

  constructor(start: number, slicesEach = 3) {
    this.state = { iteration: 0, left: start };
    this.slicesEach = slicesEach;
  }

  *slices(): Generator<SliceEnd, Status, void> {
    try {
      while (this.state.left > 0) {
        yield 'iteration';
        for (let i = 0; i < this.slicesEach; i++) {
          this.slicesRun++;
          yield 'slice';
        }
        this.state.iteration++;
        this.state.left--;
      }
      return 'converged';
    } finally {
      if (this.disposals === 0) this.cleanUps++;
    }
  }

  answer(): { left: number } {
    return { left: this.state.left };
  }

  dispose(): void {
    this.disposals++;
  }
}

const NO_LIMITS = {
  maxIterations: 1000,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
};

type Options = RunOptions<CountdownState>;

describe('the driver', () => {
  it('runs to convergence and reports every state once', () => {
    const seen: number[] = [];
    const algorithm = new Countdown(4);
    const onIteration: Options['onIteration'] = ({ left }) => void seen.push(left);
    const result = run(() => algorithm, { ...NO_LIMITS, onIteration });
    expect(result).toMatchObject({ status: 'converged', iterations: 4, left: 0 });
    expect(seen).toEqual([4, 3, 2, 1, 0]);
    expect([...result.history.iteration]).toEqual([0, 1, 2, 3, 4]);
    expect([...result.history.left]).toEqual([4, 3, 2, 1, 0]);
    expect(result.elapsedMs).toBeGreaterThanOrEqual(0);
    expect(algorithm.disposals).toBe(1);
  });

  it.each([
    [0, [4]],
    [2, [4, 3, 2]],
  ])('stops after %i iterations', (maxIterations, left) => {
    const result = run(() => new Countdown(4), { ...NO_LIMITS, maxIterations });
    expect(result.status).toBe('max-iterations');
    expect([...result.history.left]).toEqual(left);
  });

  it('prefers convergence to a limit met in the same iteration', () => {
    expect(run(() => new Countdown(4), { ...NO_LIMITS, maxIterations: 4 }).status).toBe('converged');
    expect(run(() => new Countdown(2), { ...NO_LIMITS, onIteration: ({ left }) => left > 0 }).status).toBe('converged');
  });

  it.each([
    [0, []],
    [1, [0, 1, 2, 3, 4, 5, 6, 7]],
    [3, [0, 3, 6, 7]],
    [100, [0, 7]],
  ])('keeps every %i-th iteration and the last', (historyEvery, iterations) => {
    const result = run(() => new Countdown(7), { ...NO_LIMITS, historyEvery });
    expect([...result.history.iteration]).toEqual(iterations);
    expect([...result.history.left]).toEqual(iterations.map((iteration) => 7 - iteration));
  });

  it('keeps the last full iteration when a limit ends the run between two', () => {
    const controller = new AbortController();
    const algorithm = new Countdown(7);
    const steps = iterate(() => algorithm, { ...NO_LIMITS, historyEvery: 5, signal: controller.signal });
    for (let i = 0; i < 3; i++) steps.next();
    controller.abort();
    const last = steps.next();
    expect(last.done).toBe(true);
    expect([...(last.value as { history: { iteration: Int32Array } }).history.iteration]).toEqual([0, 2]);
  });

  it('stops when the callback returns false, and only then', () => {
    const limits = { ...NO_LIMITS, onIteration: ({ left }: CountdownState) => (left === 2 ? false : undefined) };
    expect(run(() => new Countdown(4), limits)).toMatchObject({ status: 'stopped', iterations: 2, left: 2 });
  });

  it('throws the reason of a signal aborted before the call, without preparing anything', async () => {
    const reason = new Error('not today');
    const limits = { ...NO_LIMITS, signal: AbortSignal.abort(reason) };
    const prepare = () => expect.fail('prepared');
    expect(() => run(prepare, limits)).toThrow(reason);
    expect(() => iterate(prepare, limits).next()).toThrow(reason);
    await expect(runAsync(prepare, limits)).rejects.toBe(reason);
  });

  it('honours a signal within one slice', () => {
    const controller = new AbortController();
    const algorithm = new Countdown(1000, 1000);
    const limits = {
      ...NO_LIMITS,
      signal: controller.signal,
      onIteration: ({ iteration }: CountdownState) => {
        if (iteration === 1) controller.abort();
      },
    };
    expect(run(() => algorithm, limits)).toMatchObject({ status: 'aborted', iterations: 1, left: 999 });
    expect(algorithm.slicesRun).toBe(1000);
  });

  it('lets a timer abort an asynchronous run between two macrotasks', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    const result = await runAsync(() => new Countdown(1e9, 1e9), { ...NO_LIMITS, signal: controller.signal });
    expect(result).toMatchObject({ status: 'aborted', iterations: 0 });
  });

  it('ends at the time limit, also within an iteration', () => {
    const result = run(() => new Countdown(10, 1e9), { ...NO_LIMITS, timeLimitMs: 2 });
    expect(result).toMatchObject({ status: 'time-limit', iterations: 0 });
    expect(result.elapsedMs).toBeGreaterThanOrEqual(2);
  });

  it('gives the same result in all three forms', async () => {
    const limits = { ...NO_LIMITS, maxIterations: 5 };
    const { elapsedMs: _sync, ...result } = run(() => new Countdown(9), limits);
    const { elapsedMs: _async, ...later } = await runAsync(() => new Countdown(9), limits);
    expect(later).toEqual(result);
    const steps = iterate(() => new Countdown(9), limits);
    const seen: number[] = [];
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) seen.push(step.value.left);
    const { elapsedMs: _stepped, ...stepped } = step.value;
    expect(stepped).toEqual(result);
    expect(seen).toEqual([9, 8, 7, 6, 5, 4]);
  });

  it('disposes exactly once, however the run ends', async () => {
    const failing = new Countdown(5);
    const throwing = { ...NO_LIMITS, onIteration: () => { throw new Error('mine'); } }; // biome-ignore format: one line reads better
    expect(() => run(() => failing, throwing)).toThrow('mine');
    const failingLater = new Countdown(5);
    await expect(runAsync(() => failingLater, throwing)).rejects.toThrow('mine');
    const left = new Countdown(5);
    for (const { iteration } of iterate(() => left, NO_LIMITS)) if (iteration === 2) break;
    const thrown = new Countdown(5);
    const steps = iterate(() => thrown, NO_LIMITS);
    steps.next();
    expect(() => steps.throw(new Error('theirs'))).toThrow('theirs');
    const stopped = new Countdown(5);
    run(() => stopped, { ...NO_LIMITS, maxIterations: 2 });
    const all = [failing, failingLater, left, thrown, stopped];
    expect(all.map(({ disposals }) => disposals)).toEqual([1, 1, 1, 1, 1]);
    // The generator's own `finally` ran too, before the memory was released.
    expect(all.map(({ cleanUps }) => cleanUps)).toEqual([1, 1, 1, 1, 1]);
  });

  it.each([
    [{ maxIterations: -1 }, 'options.maxIterations: expected an integer >= 0, got -1'],
    [{ maxIterations: 1.5 }, 'options.maxIterations: expected an integer >= 0, got 1.5'],
    [{ historyEvery: Number.NaN }, 'options.historyEvery: expected an integer >= 0, got NaN'],
    [{ timeLimitMs: 0 }, 'options.timeLimitMs: expected a finite number'],
    [{ signal: {} }, 'options.signal: expected an AbortSignal, got an object (Object)'],
    [{ onIteration: 'stop' }, 'options.onIteration: expected a function, got "stop"'],
  ])('refuses %o', (wrong, message) => {
    const limits = { ...NO_LIMITS, ...wrong } as typeof NO_LIMITS;
    expect(() => checkRunOptions(limits)).toThrow(message);
  });
});
