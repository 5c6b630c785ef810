/** What `program.js` gives. */
export function program(): Promise<{
  digests: Record<string, string>;
  chosen: 'js' | 'wasm' | undefined;
  liveArenas: number;
}>;
