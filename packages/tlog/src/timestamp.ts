/** Whether the text is a real instant in the one form of leaves, `YYYY-MM-DDTHH:mm:ss.sssZ`, years 0000 to 9999. */
export function isTimestamp(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/.test(text)) return false;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text;
}
