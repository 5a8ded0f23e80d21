import { networkOf } from '#kernel/network-of';

/** What a session's owner recognises it by. Neither is proof of anything: the browser says the first, the network the second. */
export type Device = {
  /** `Firefox on Linux`; empty when the browser does not tell. */
  readonly device: string;
  /** The address without its last part: `203.0.113.*`, or the /48 of IPv6. Rough on purpose. */
  readonly network: string;
};

const browsers = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS)\//],
  ['Safari', /\bVersion\/.*Safari\//],
] as const;

const systems = [
  ['iPad', /\biPad\b/],
  ['iPhone', /\biPhone\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** @param address The client's IP address. */
export function describeDevice(userAgent: string | null, address: string): Device {
  const agent = userAgent ?? '';
  const browser = browsers.find(([, mark]) => mark.test(agent))?.[0];
  const system = systems.find(([, mark]) => mark.test(agent))?.[0];
  return { device: [browser, system].filter((part) => part !== undefined).join(' · '), network: roughly(networkOf(address)) };
}

function roughly(network: string): string {
  if (network.includes('.')) return network.replace(/\.\d+$/, '.*');
  if (network === 'unknown') return '';
  return `${network.split(':').slice(0, 3).join(':')}::/48`;
}
