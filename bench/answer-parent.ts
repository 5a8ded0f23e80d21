/** What a measured server tells the process that started it: its address, its CPU time in microseconds, and when it may end. */
export function answerParent(url: string, stop: () => Promise<void>): void {
  process.on('message', (message) => {
    if (message === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.(user + system);
    }
    if (message === 'stop') void stop().then(() => process.exit(0));
  });
  process.send?.(url);
}
