import { InvalidInputError, type JsonValue, refusal } from '@lemmata/core';
import type { Params } from './contracts.js';

/** A numeric parameter: any finite number of a range. */
export interface NumberRule {
  /** Value when the suite names none. */
  readonly default: number;
  /** Smallest accepted value, default -Infinity. */
  readonly min?: number;
  /** Largest accepted value, default Infinity. */
  readonly max?: number;
  /** Whether only integers are accepted, default false. */
  readonly integer?: boolean;
}

/** What a parameter may be: one of a list of values, the first being the default, or a number of a range. */
export type ParamRule = readonly JsonValue[] | NumberRule;

/** The values that follow from rules. */
export type ParamValues<R extends Readonly<Record<string, ParamRule>>> = {
  readonly [K in keyof R]: R[K] extends readonly (infer V)[] ? V : number;
};

/**
 * Reads the parameters of a problem, data set or solver: fills in defaults, refuses unknown names and values.
 *
 * @param owner - who takes the parameters, for the message, such as `dataset ar`
 * @param given - the parameters that a suite names
 * @param rules - for each parameter the values it may have
 * @returns every parameter with its value: the `params` of the definition
 * @throws InvalidInputError `ERR_OPTION` for a name without a rule or a value that its rule does not allow
 *
 * @example
 * ```ts
 * import { readParams } from '@lemmata/bench';
 *
 * const params = readParams('dataset ar', { rho: 0.9 }, { rho: [0.5, 0.9], rows: { default: 500, min: 1, integer: true } });
 * console.log(params.rows); // 500
 * ```
 */
export function readParams<const R extends Readonly<Record<string, ParamRule>>>(
  owner: string,
  given: Params,
  rules: R,
): ParamValues<R> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rules, name)) {
      const expected = Object.keys(rules).sort();
      throw new InvalidInputError(
        `params.${name}: expected one of the parameters of ${owner} (${expected.join(', ') || 'none'}), got an unknown name`,
        'ERR_OPTION',
        { argument: `params.${name}`, expected, actual: name },
      );
    }
  }
  const values: Record<string, JsonValue> = {};
  for (const [name, rule] of Object.entries(rules)) {
    values[name] = isList(rule) ? readChoice(owner, name, given, rule) : readNumber(owner, name, given, rule);
  }
  return values as ParamValues<R>;
}

function isList(rule: ParamRule): rule is readonly JsonValue[] {
  return Array.isArray(rule);
}

function readChoice(owner: string, name: string, given: Params, allowed: readonly JsonValue[]): JsonValue {
  if (!Object.hasOwn(given, name)) return allowed[0];
  const value = given[name];
  const found = allowed.find((choice) => JSON.stringify(choice) === JSON.stringify(value));
  if (found === undefined) {
    const choices = allowed.map((choice) => JSON.stringify(choice)).join(', ');
    throw refusal(`params.${name}`, `one of ${choices} (${owner})`, value, 'ERR_OPTION');
  }
  return found;
}

function readNumber(owner: string, name: string, given: Params, rule: NumberRule): number {
  const value = Object.hasOwn(given, name) ? given[name] : rule.default;
  const { min = -Infinity, max = Infinity, integer = false } = rule;
  const fits = typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
  if (fits && (!integer || Number.isSafeInteger(value))) return value;
  const range = `${min === -Infinity ? '' : ` >= ${min}`}${max === Infinity ? '' : ` <= ${max}`}`;
  throw refusal(
    `params.${name}`,
    `${integer ? 'an integer' : 'a finite number'}${range} (${owner})`,
    value,
    'ERR_OPTION',
  );
}

/**
 * Writes parameters as a reader sees them.
 *
 * @param params - parameters
 * @returns `name value, name value`, in their order
 */
export function listParams(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
