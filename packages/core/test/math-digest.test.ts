import { describe, expect, it } from 'vitest';
import { argumentsOf, FUNCTIONS, standInAngles } from './fixtures/math/arguments.js';
import digests from './fixtures/math/digests.json' with { type: 'json' };
import { scalarOf } from './fixtures/math/functions.js';

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Little-endian bytes of all results of one function. */
function resultBytes(name: (typeof FUNCTIONS)[number]): { view: DataView<ArrayBuffer>; nans: number } {
  const { x, y } = argumentsOf(name, standInAngles());
  const scalar = scalarOf(name);
  const view = new DataView(new ArrayBuffer(8 * x.length));
  let nans = 0;
  for (let i = 0; i < x.length; i++) {
    const value = scalar(x[i], y[i]);
    nans += Number.isNaN(value) ? 1 : 0;
    view.setFloat64(8 * i, value, true);
  }
  return { view, nans };
}

// The stored digests hold every engine to the same bits. A change of one is a change of published results: a minor
// version and a line in the changelog.
describe.each(FUNCTIONS)('%s', (name) => {
  it('has the stored digest over 10^5 fixed arguments', async () => {
    const { view, nans } = resultBytes(name);
    expect(nans).toBe(0); // the bits of a NaN are not specified
    expect(await sha256(view.buffer)).toBe(digests[name]);
  });

  it('changes its digest with one bit of one result', async () => {
    const { view } = resultBytes(name);
    view.setUint8(80_000, view.getUint8(80_000) ^ 1);
    expect(await sha256(view.buffer)).not.toBe(digests[name]);
  });
});
