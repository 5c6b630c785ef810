/** The only way out to the terminal: results on standard output, everything else on standard error. */
export interface Output {
  /** Writes a result: a line or several on standard output. */
  result(text: string): void;
  /** Writes a line on standard error, below a progress line if there is one. */
  note(text: string): void;
  /** Shows how far the work is: one line that is written over on a terminal, a line each elsewhere. */
  progress(text: string): void;
  /** Ends the progress line. */
  progressEnd(): void;
}

/** Output to the streams of this process. */
export function terminalOutput(): Output {
  const { stdout, stderr } = process;
  let open = false;
  const progressEnd = (): void => {
    if (open) stderr.write('\n');
    open = false;
  };
  return {
    result: (text) => void stdout.write(`${text}\n`),
    note: (text) => {
      progressEnd();
      stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY !== true) return void stderr.write(`${text}\n`);
      const width = Math.max(20, (stderr.columns ?? 80) - 1);
      stderr.write(`\r\u001b[2K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
      open = true;
    },
    progressEnd,
  };
}
