import { groupType, type ScimAttribute, type ScimObject, type ScimResourceType, userType } from '#accounts';

/** Most resources in one answer. */
export const mostResults = 200;

const types: readonly ScimResourceType[] = [userType, groupType];

export function serviceProviderConfig(): ScimObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'The token that the console shows once when a connection is made or its token replaced.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: '/ServiceProviderConfig' },
  };
}

export function resourceTypes(): ScimObject[] {
  return types.map(({ name, endpoint, urn }) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    endpoint,
    description: name,
    schema: urn,
    meta: { resourceType: 'ResourceType', location: `/ResourceTypes/${name}` },
  }));
}

export function schemas(): ScimObject[] {
  return types.map(({ name, urn, own }) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: urn,
    name,
    description: name,
    attributes: own.map(described),
    meta: { resourceType: 'Schema', location: `/Schemas/${urn}` },
  }));
}

function described(attribute: ScimAttribute): ScimObject {
  const { name, type, description, subAttributes } = attribute;
  return {
    name,
    type,
    description,
    multiValued: attribute.multiValued ?? false,
    required: attribute.required ?? false,
    caseExact: attribute.caseExact ?? false,
    mutability: attribute.readOnly ? 'readOnly' : 'readWrite',
    returned: 'default',
    uniqueness: attribute.uniqueness ?? 'none',
    ...(type === 'reference' ? { referenceTypes: ['User', 'Group'] } : {}),
    ...(subAttributes ? { subAttributes: subAttributes.map(described) } : {}),
  };
}
