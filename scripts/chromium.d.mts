/** Path of the browser that tests use, undefined when there is none. */
export const chromiumPath: string | undefined;
