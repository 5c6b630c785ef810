declare const setImmediate: ((callback: () => void) => unknown) | undefined;

/**
 * Waits for one macrotask, so that timers, events and abort signals get their turn. `await null` and other microtasks
 * do not let them run.
 *
 * @returns a promise fulfilled in a later macrotask
 */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    // setTimeout would wait 4 ms once nested; a message does not.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
