/** Whose allowance an address spends: of IPv6 its /64, since one subscriber holds 2^64 addresses. Unreadable ones share one. */
export function networkOf(address: string): string {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return address;
  const plain = address.replace(/%.*$/, '');
  const canonical = URL.parse(`http://[${plain}]`)?.hostname.slice(1, -1);
  if (canonical === undefined) return 'unknown';
  const [head = '', tail] = canonical.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after].map((group) =>
    parseInt(group, 16),
  );
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, high = 0, low = 0] = groups;
  const mapped = g0 + g1 + g2 + g3 + g4 === 0 && g5 === 0xffff;
  if (mapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${[g0, g1, g2, g3].map((group) => group.toString(16)).join(':')}::/64`;
}
