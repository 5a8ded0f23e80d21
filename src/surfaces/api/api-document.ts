import { z } from 'zod';
import { answered, type Contract, publicRead, type Route, route } from '#kernel/contract';
import { type OpenApi, openApi } from '#kernel/open-api';
import { organisationRoutes } from '#organisation';
import { policyRoutes } from '#policies';
import { supportRoutes } from '#support';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { handOffRoutes } from './hand-off-routes.ts';
import { logRoutes } from './log-routes.ts';

export const apiPrefix = '/api/v1';

const documentForm = z
  .looseObject({ openapi: z.literal('3.1.0'), info: z.looseObject({}), paths: z.looseObject({}), components: z.looseObject({}) })
  .meta({ id: 'OpenApiDocument' });

const documentRoute = route(
  {
    ...publicRead,
    path: '/openapi.json',
    summary: 'This description, for programs.',
    responses: { 200: { description: 'OpenAPI 3.1.', mediaType: 'application/json', schema: documentForm } },
    refusals: {},
  },
  () => Promise.resolve(answered(200, { ...apiDocument() })),
);

export const apiRoutesList: readonly Route[] = [
  ...organisationRoutes,
  ...policyRoutes,
  ...supportRoutes,
  ...logRoutes,
  ...handOffRoutes,
  ...acceptanceRoutes,
  documentRoute,
];

const info: OpenApi['info'] = {
  title: 'Troth',
  version: '1.0.0',
  description:
    'Everything public here, for programs: no key, no cookie, from any origin. What is not public names the scope of the key it needs. ' +
    'Times are RFC 3339. ' +
    'Errors are RFC 9457 problem documents whose type is stable. Reading again is cheap with If-None-Match.',
};

let made: OpenApi | undefined;

/** Made from the contracts once, when first asked for. */
export function apiDocument(): OpenApi {
  made ??= openApi(
    info,
    apiPrefix,
    apiRoutesList.map(({ contract }): Contract => contract),
  );
  return made;
}
