import type { ChangeScimGroupRefusal, ChangeScimUserRefusal, CreateScimUserRefusal, RemoveScimUserRefusal } from '#accounts';

export type ScimRefusal =
  | ChangeScimGroupRefusal
  | ChangeScimUserRefusal
  | CreateScimUserRefusal
  | RemoveScimUserRefusal
  | 'http/body-too-large'
  | 'scim/media-type'
  | 'scim/method'
  | 'scim/not-implemented'
  | 'scim/query'
  | 'scim/taken-meanwhile'
  | 'scim/too-many'
  | 'scim/unknown-token'
  | 'scim/unready';

type ScimAnswer = readonly [status: number, scimType: string | null, sentence: string];

/** Status, keyword of RFC 7644 table 9, and a sentence for the log of the identity system, which only speaks English. */
export const scimRefusals: Readonly<Record<ScimRefusal, ScimAnswer>> = {
  'accounts/scim-address-taken': [
    409,
    'uniqueness',
    'The e-mail address belongs to an account that this connection does not manage. An owner can hand it over in the console.',
  ],
  'accounts/scim-closed-here': [403, null, 'The account was closed in the console and is opened again only there.'],
  'accounts/scim-group-exists': [409, 'uniqueness', 'There is a group of this displayName.'],
  'accounts/scim-invalid-filter': [400, 'invalidFilter', 'The filter is not one that this server can answer.'],
  'accounts/scim-invalid-path': [400, 'invalidPath', 'The path names no attribute of this resource.'],
  'accounts/scim-invalid-syntax': [400, 'invalidSyntax', 'The body is not the message that this request needs.'],
  'accounts/scim-invalid-value': [400, 'invalidValue', 'A value is missing, not known or of the wrong type.'],
  'accounts/scim-last-owner': [403, null, 'This is the only owner of the installation. Name another one in the console first.'],
  'accounts/scim-mutability': [400, 'mutability', 'This attribute cannot be set or removed.'],
  'accounts/scim-no-target': [400, 'noTarget', 'No value fits the path.'],
  'accounts/scim-not-found': [404, null, 'There is no such resource.'],
  'accounts/scim-too-many': [400, 'tooMany', 'Too many operations in one request.'],
  'accounts/scim-user-exists': [409, 'uniqueness', 'There is a user of this userName.'],
  'http/body-too-large': [413, null, 'A body may have 1,000,000 bytes.'],
  'scim/media-type': [415, null, 'Send the body as application/scim+json.'],
  'scim/method': [405, null, 'This address does not know this method.'],
  'scim/not-implemented': [501, null, 'A token here stands for an identity system and not for a person.'],
  'scim/query': [400, 'invalidValue', 'A parameter is not what it should be.'],
  'scim/taken-meanwhile': [409, 'uniqueness', 'Another request took this name or address at the same moment.'],
  'scim/too-many': [429, null, 'Too many requests without a valid token from this network.'],
  'scim/unknown-token': [401, null, 'The bearer token is missing, unknown, replaced or revoked.'],
  'scim/unready': [503, null, 'This installation is not set up yet.'],
};
