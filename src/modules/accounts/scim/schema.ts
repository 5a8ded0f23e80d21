/** One attribute of a resource, as RFC 7643 §7 describes it. What is not here is neither kept nor told. */
export type Attribute = {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime';
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  readonly caseExact?: true;
  readonly readOnly?: true;
  readonly uniqueness?: 'server';
  readonly subAttributes?: readonly Attribute[];
};

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const text = (name: string, description: string): Attribute => ({ name, type: 'string', description });

const user: readonly Attribute[] = [
  { name: 'userName', type: 'string', required: true, uniqueness: 'server', description: 'Name by which the sender knows it.' },
  {
    name: 'name',
    type: 'complex',
    description: 'The parts of the name.',
    subAttributes: [text('formatted', 'All of it.'), text('givenName', 'Given name.'), text('familyName', 'Family name.')],
  },
  text('displayName', 'Name as colleagues read it.'),
  text('preferredLanguage', 'Language of the interface, as a BCP 47 tag.'),
  { name: 'active', type: 'boolean', description: 'Whether the person may sign in.' },
  {
    name: 'emails',
    type: 'complex',
    multiValued: true,
    description: 'Addresses. The primary one, else the one of type work, else the first is used.',
    subAttributes: [
      text('value', 'The address.'),
      text('type', 'work, home or other.'),
      { name: 'primary', type: 'boolean', description: 'At most one is.' },
    ],
  },
  {
    name: 'groups',
    type: 'complex',
    multiValued: true,
    readOnly: true,
    description: 'Groups of which it is a member.',
    subAttributes: [
      { ...text('value', 'Id of the group.'), readOnly: true, caseExact: true },
      { ...text('display', 'Name of the group.'), readOnly: true },
      { name: '$ref', type: 'reference', readOnly: true, caseExact: true, description: 'Address of the group.' },
    ],
  },
];

const group: readonly Attribute[] = [
  { name: 'displayName', type: 'string', required: true, uniqueness: 'server', description: 'Name of the group.' },
  {
    name: 'members',
    type: 'complex',
    multiValued: true,
    description: 'Users of the same connection. Groups in groups are not supported.',
    subAttributes: [
      { ...text('value', 'Id of the user.'), caseExact: true },
      { ...text('display', 'Name of the user.'), readOnly: true },
      { ...text('type', 'Always User.'), readOnly: true },
      { name: '$ref', type: 'reference', readOnly: true, caseExact: true, description: 'Address of the user.' },
    ],
  },
];

/** What every resource has (RFC 7643 §3.1). Not listed by `/Schemas`. */
const common: readonly Attribute[] = [
  { name: 'id', type: 'string', readOnly: true, caseExact: true, description: 'Ours.' },
  { name: 'externalId', type: 'string', caseExact: true, description: 'The sender’s own.' },
  {
    name: 'meta',
    type: 'complex',
    readOnly: true,
    description: 'What we know about the resource.',
    subAttributes: [
      { ...text('resourceType', ''), readOnly: true, caseExact: true },
      { name: 'created', type: 'dateTime', readOnly: true, description: '' },
      { name: 'lastModified', type: 'dateTime', readOnly: true, description: '' },
      { name: 'location', type: 'reference', readOnly: true, caseExact: true, description: '' },
    ],
  },
];

export type ResourceType = {
  readonly name: 'User' | 'Group';
  readonly endpoint: '/Users' | '/Groups';
  readonly urn: string;
  /** Of the core schema alone. */
  readonly own: readonly Attribute[];
  readonly attributes: readonly Attribute[];
  /** Attributes that senders map by default and that a register of who may sign in has no use for: taken without a word, not kept. */
  readonly ignored: ReadonlySet<string>;
};

const ignoredOfUser =
  'nickname profileurl title usertype locale timezone password phonenumbers ims photos addresses entitlements roles x509certificates';

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  urn: userUrn,
  own: user,
  attributes: [...common, ...user],
  ignored: new Set(ignoredOfUser.split(' ')),
};

export const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  urn: groupUrn,
  own: group,
  attributes: [...common, ...group],
  ignored: new Set(),
};

/** Attribute names differ by case alone in nothing (RFC 7643 §2.1). */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const wanted = name.toLowerCase();
  return attributes.find((attribute) => attribute.name.toLowerCase() === wanted);
}

/** Whether a name with a schema in front belongs to an extension that we do not keep, such as that of enterprises. */
export function isOfExtension(name: string, { urn }: ResourceType): boolean {
  return /^urn:/i.test(name) && !name.toLowerCase().startsWith(urn.toLowerCase());
}

/** The name without the schema it may carry in front. */
export function withoutUrn(name: string, { urn }: ResourceType): string {
  return name.toLowerCase().startsWith(`${urn.toLowerCase()}:`) ? name.slice(urn.length + 1) : name;
}
