/** Whether a text out of an address or a form can be the key of a row; PostgreSQL answers any other with an error. */
export function isRowId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
