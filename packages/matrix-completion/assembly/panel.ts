// The twin of src/kernels/panel.ts: the same order of operations, two entries of a row of h at a time.

/** h += sum of w v v' (lower triangle) and c += sum of p v over `count` rows v of n numbers, four at a time. */
export function addPanel(n: i32, count: i32, panel: usize, weights: usize, pulls: usize, h: usize, c: usize): void {
  const stride: usize = (<usize>n) << 3;
  for (let e: i32 = 0; e < count; e += 4) {
    const v0 = panel + <usize>e * stride;
    const v1 = v0 + stride;
    const v2 = v1 + stride;
    const v3 = v2 + stride;
    const w = weights + (<usize>e << 3);
    const p = pulls + (<usize>e << 3);
    const p0 = load<f64>(p);
    const p1 = load<f64>(p, 8);
    const p2 = load<f64>(p, 16);
    const p3 = load<f64>(p, 24);
    for (let a: usize = 0; a < stride; a += 8) {
      let sum = load<f64>(c + a);
      sum += p0 * load<f64>(v0 + a);
      sum += p1 * load<f64>(v1 + a);
      sum += p2 * load<f64>(v2 + a);
      sum += p3 * load<f64>(v3 + a);
      store<f64>(c + a, sum);
    }
    const w0 = load<f64>(w);
    const w1 = load<f64>(w, 8);
    const w2 = load<f64>(w, 16);
    const w3 = load<f64>(w, 24);
    let row = h;
    let a: usize = 0;
    for (; a + 8 < stride; a += 16) {
      const s0 = w0 * load<f64>(v0 + a);
      const s1 = w1 * load<f64>(v1 + a);
      const s2 = w2 * load<f64>(v2 + a);
      const s3 = w3 * load<f64>(v3 + a);
      const t0 = w0 * load<f64>(v0 + a, 8);
      const t1 = w1 * load<f64>(v1 + a, 8);
      const t2 = w2 * load<f64>(v2 + a, 8);
      const t3 = w3 * load<f64>(v3 + a, 8);
      const S0 = f64x2.splat(s0);
      const S1 = f64x2.splat(s1);
      const S2 = f64x2.splat(s2);
      const S3 = f64x2.splat(s3);
      const T0 = f64x2.splat(t0);
      const T1 = f64x2.splat(t1);
      const T2 = f64x2.splat(t2);
      const T3 = f64x2.splat(t3);
      const next = row + stride;
      for (let b: usize = 0; b < a; b += 16) {
        const x0 = v128.load(v0 + b);
        const x1 = v128.load(v1 + b);
        const x2 = v128.load(v2 + b);
        const x3 = v128.load(v3 + b);
        const first = f64x2.add(
          f64x2.add(f64x2.mul(S0, x0), f64x2.mul(S1, x1)),
          f64x2.add(f64x2.mul(S2, x2), f64x2.mul(S3, x3)),
        );
        v128.store(row + b, f64x2.add(v128.load(row + b), first));
        const second = f64x2.add(
          f64x2.add(f64x2.mul(T0, x0), f64x2.mul(T1, x1)),
          f64x2.add(f64x2.mul(T2, x2), f64x2.mul(T3, x3)),
        );
        v128.store(next + b, f64x2.add(v128.load(next + b), second));
      }
      const y0 = load<f64>(v0 + a);
      const y1 = load<f64>(v1 + a);
      const y2 = load<f64>(v2 + a);
      const y3 = load<f64>(v3 + a);
      store<f64>(row + a, load<f64>(row + a) + (s0 * y0 + s1 * y1 + (s2 * y2 + s3 * y3)));
      store<f64>(next + a, load<f64>(next + a) + (t0 * y0 + t1 * y1 + (t2 * y2 + t3 * y3)));
      const z0 = load<f64>(v0 + a, 8);
      const z1 = load<f64>(v1 + a, 8);
      const z2 = load<f64>(v2 + a, 8);
      const z3 = load<f64>(v3 + a, 8);
      store<f64>(next + a, load<f64>(next + a, 8) + (t0 * z0 + t1 * z1 + (t2 * z2 + t3 * z3)), 8);
      row = next + stride;
    }
    if (a < stride) {
      const s0 = w0 * load<f64>(v0 + a);
      const s1 = w1 * load<f64>(v1 + a);
      const s2 = w2 * load<f64>(v2 + a);
      const s3 = w3 * load<f64>(v3 + a);
      for (let b: usize = 0; b <= a; b += 8) {
        const sum =
          s0 * load<f64>(v0 + b) + s1 * load<f64>(v1 + b) + (s2 * load<f64>(v2 + b) + s3 * load<f64>(v3 + b));
        store<f64>(row + b, load<f64>(row + b) + sum);
      }
    }
  }
}
