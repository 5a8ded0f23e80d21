import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a browser would be given, as far as an authenticator looks at it. */
type Options = { readonly challenge: string };
type CreationOptions = Options & { readonly rp: { readonly id?: string }; readonly user: { readonly id: string } };

/** What differs from an honest answer. */
export type Twist = Partial<{
  origin: string;
  rpId: string;
  counter: number;
  userHandle: string | null;
  verified: boolean;
  type: string;
  challenge: string;
}>;

export type Authenticator = {
  register(options: CreationOptions, twist?: Twist): string;
  assert(options: Options, twist?: Twist): string;
  readonly credentialId: string;
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();

/** A passkey in software, on ES256 (W3C Web Authentication Level 3 §6.1). It tells whatever lie it is asked to, correctly signed. */
export function softwareAuthenticator(origin: string): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let userHandle = '';
  let rpId = new URL(origin).hostname;
  let counter = 0;

  const clientData = (type: string, { challenge }: Options, twist: Twist) =>
    Buffer.from(
      JSON.stringify({ type: twist.type ?? type, challenge: twist.challenge ?? challenge, origin: twist.origin ?? origin }),
    );
  const head = (twist: Twist, attested: boolean) => {
    const flags = 0x01 | ((twist.verified ?? true) ? 0x04 : 0) | (attested ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(twist.counter ?? (counter += 1));
    return Buffer.concat([sha256(twist.rpId ?? rpId), Buffer.from([flags]), count]);
  };
  return {
    credentialId: base64(id),
    register(options, twist = {}) {
      userHandle = options.user.id;
      rpId = options.rp.id ?? rpId;
      const idLength = Buffer.from([0, id.length]);
      const authData = Buffer.concat([head(twist, true), Buffer.alloc(16), idLength, id, coseKey(publicKey)]);
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Buffer.from([0xa0]),
        cborText('authData'),
        cborBytes(authData),
      ]);
      return answer(id, {
        clientDataJSON: base64(clientData('webauthn.create', options, twist)),
        attestationObject: base64(attestation),
        transports: ['internal'],
      });
    },
    assert(options, twist = {}) {
      const client = clientData('webauthn.get', options, twist);
      const authenticatorData = head(twist, false);
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(client)]), privateKey);
      const handle = twist.userHandle === undefined ? userHandle : twist.userHandle;
      return answer(id, {
        clientDataJSON: base64(client),
        authenticatorData: base64(authenticatorData),
        signature: base64(signature),
        ...(handle === null ? {} : { userHandle: handle }),
      });
    },
  };
}

function answer(id: Uint8Array, response: object): string {
  return JSON.stringify({ id: base64(id), rawId: base64(id), type: 'public-key', response, clientExtensionResults: {} });
}

/** {1: EC2, 3: ES256, -1: P-256, -2: x, -3: y} (RFC 9053 §7.1). */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const [first, second] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(first),
    Buffer.from([0x22]),
    cborBytes(second),
  ]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

function cborBytes(bytes: Uint8Array): Buffer {
  const head = bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}
