/** Waits for the first SIGINT or SIGTERM; the next one kills, as usual. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      process.off('SIGINT', heard);
      process.off('SIGTERM', heard);
      resolve();
    };
    process.on('SIGINT', heard);
    process.on('SIGTERM', heard);
  });
}
