import { generateKeyPairSync, sign } from 'node:crypto';

/** For a TLS server of a test, both as PEM. */
export type Certificate = { readonly cert: string; readonly key: string };

// Distinguished Encoding Rules, as much of them as one certificate needs (ITU-T X.690; RFC 5280, section 4.1).
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const bits = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes);
const hex = (text: string) => Buffer.from(text, 'hex');
const time = (at: Temporal.Instant) => {
  const [, ...digits] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(at.toString()) ?? [];
  return der(0x17, Buffer.from(`${digits.join('')}Z`));
};

const ecdsaWithSha256 = sequence(hex('06082a8648ce3d040302'));
const commonName = hex('0603550403');
const subjectAltName = hex('0603551d11');

/** A certificate that signed itself, good for these IPv4 addresses from an hour ago until the given instant. */
export function selfSigned(addresses: readonly string[], until: Temporal.Instant): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('self-made for a test')))));
  const names = sequence(...addresses.map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))));
  const statement = sequence(
    der(0xa0, hex('020102')),
    hex('020101'),
    ecdsaWithSha256,
    name,
    sequence(time(until.subtract({ hours: 2_000 })), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(subjectAltName, der(0x04, names)))),
  );
  const whole = sequence(statement, ecdsaWithSha256, bits(sign('sha256', statement, privateKey)));
  const lines = whole.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}
