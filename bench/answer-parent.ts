/** What a measured server tells the process that started it: its address, its CPU time in microseconds; and when it may end. */
export function answerParent(url: string, stop: () => void): void {
  process.on('message', (message) => {
    if (message === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.(user + system);
    }
    if (message === 'stop') stop();
  });
  process.send?.(url);
}
