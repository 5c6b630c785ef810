import { liveArenas } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { lambdaMax, lasso, lassoIterations, lassoPath, prepareDesign } from '../src/index.js';
import { testProblem } from './problems.js';

const { dense, sparse, b } = testProblem('prepared', 40, 70, 0.5);
const other = testProblem('prepared/b', 40, 70).b;

afterEach(() => {
  expect(liveArenas()).toBe(0);
});

describe('a prepared design', () => {
  it('gives the same bits as its matrix, run after run', () => {
    for (const matrix of [dense, sparse]) {
      for (const intercept of [false, true]) {
        for (const backend of ['js', 'wasm'] as const) {
          const design = prepareDesign(matrix, { intercept, backend });
          expect(design).toMatchObject({ kind: 'prepared-design', rows: 40, cols: 70, intercept, backend });
          expect(lambdaMax(design, b)).toBe(lambdaMax(matrix, b, { intercept }));
          for (const target of [b, other, b]) {
            for (const lambda of [0.1, 0.01]) {
              const prepared = lasso(design, target, { lambda });
              const direct = lasso(matrix, target, { lambda, intercept });
              expect(firstDifference(prepared.coefficients, direct.coefficients)).toBe(-1);
              expect(firstDifference(prepared.certificate.dual, direct.certificate.dual)).toBe(-1);
              expect(prepared.counts.columnTouches).toBe(direct.counts.columnTouches - 70);
            }
          }
          const path = lassoPath(design, b, { numLambdas: 5 });
          expect(path.objectives).toEqual(lassoPath(matrix, b, { numLambdas: 5, intercept }).objectives);
          design.dispose();
          design.dispose();
        }
      }
    }
  });

  it('serves one run at a time', () => {
    const design = prepareDesign(dense);
    const steps = lassoIterations(design, b, { lambda: 0.01 });
    steps.next();
    expect(() => lasso(design, b, { lambda: 0.01 })).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
    expect(() => design.dispose()).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
    steps.return(undefined as never);
    expect(lasso(design, b, { lambda: 0.01 }).status).toBe('converged');
    design.dispose();
    expect(() => lasso(design, b, { lambda: 0.01 })).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
  });

  it('is free again after a run that threw', () => {
    const design = prepareDesign(dense);
    expect(() => lasso(design, [1, 2], { lambda: 1 })).toThrow(expect.objectContaining({ code: 'ERR_DIMENSION' }));
    expect(() => lasso(design, b, { lambda: 1, initial: [1] })).toThrow(
      expect.objectContaining({ code: 'ERR_DIMENSION' }),
    );
    expect(lasso(design, b, { lambda: 0.01 }).status).toBe('converged');
    design.dispose();
  });

  it('refuses options that contradict it', () => {
    const design = prepareDesign(dense, { backend: 'js' });
    const incompatible = expect.objectContaining({ code: 'ERR_INCOMPATIBLE' });
    expect(() => lasso(design, b, { lambda: 1, intercept: false })).toThrow(incompatible);
    expect(() => lasso(design, b, { lambda: 1, backend: 'wasm' })).toThrow(incompatible);
    expect(() => lambdaMax(design, b, { intercept: false })).toThrow(incompatible);
    expect(lasso(design, b, { lambda: 1, intercept: true, backend: 'js' }).backend).toBe('js');
    design.dispose();
  });
});
