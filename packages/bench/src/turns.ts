/**
 * Lets processes run by turns: when all of those that are left wait, the one that has run for the shortest time goes on.
 *
 * Contenders that alternate within hundredths of a second see the same machine, whatever else comes and goes on it.
 */
export class Turns {
  readonly #left: Set<number>;
  readonly #waiting: Map<number, { readonly seconds: number; readonly proceed: () => void }> = new Map();

  /** @param players - how many processes take part; equal times go to the lowest index */
  constructor(players: number) {
    this.#left = new Set(Array.from({ length: players }, (_, player) => player));
  }

  /** A process waits for its turn. */
  wait(player: number, seconds: number, proceed: () => void): void {
    this.#waiting.set(player, { seconds, proceed });
    this.#grant();
  }

  /** A process has ended, or will take no turn. */
  leave(player: number): void {
    this.#left.delete(player);
    this.#waiting.delete(player);
    this.#grant();
  }

  #grant(): void {
    if (this.#waiting.size === 0 || this.#waiting.size < this.#left.size) return;
    const [[player, { proceed }]] = [...this.#waiting].sort(
      ([p, { seconds: a }], [q, { seconds: b }]) => a - b || p - q,
    );
    this.#waiting.delete(player);
    proceed();
  }
}
