import { Table, type Page, type Reader } from '#design';
import { trustText } from './trust-text.ts';

type Schema = { type?: string | readonly string[]; format?: string; $ref?: string };
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema };
type Operation = {
  summary?: string;
  description?: string;
  parameters?: readonly Parameter[];
  requestBody?: { content: Readonly<Record<string, { schema?: unknown }>> };
  responses?: Readonly<Record<string, { description?: string }>>;
};
/** As much of an OpenAPI 3.1 document as a reader needs. */
export type ApiDocument = {
  info: { title: string; version: string; description?: string };
  paths: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>;
  components?: { schemas?: Readonly<Record<string, unknown>> };
};

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof methods)[number];

/** The API as a page to read; the document itself is at `/api/v1/openapi.json`. */
export function apiPage(api: ApiDocument, { locale }: Reader): Page {
  const t = trustText(locale);
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  );
  return {
    title: t('api.title'),
    description: t('api.description'),
    section: null,
    path: 'api',
    body: (
      <>
        <div class="head">
          <div>
            <h1>{t('api.title')}</h1>
            <p class="lede">{api.info.description ?? t('api.lede')}</p>
          </div>
          <p class="note">
            {t('api.version', { version: api.info.version })}
            <br />
            <a href="/api/v1/openapi.json">{t('api.file')}</a>
          </p>
        </div>
        {operations.map((entry) => (
          <OperationSection {...entry} body={bodyMembers(api, entry.operation)} locale={locale} />
        ))}
      </>
    ),
  };
}

type OperationProps = { path: string; method: Method; operation: Operation; body: readonly Parameter[]; locale: string };

function OperationSection({ path, method, operation, body, locale }: OperationProps) {
  const t = trustText(locale);
  const id = `${method}-${path.replaceAll(/[^\w]+/g, '-')}`;
  const { responses = {} } = operation;
  const parameters = [...(operation.parameters ?? []), ...body];
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id} class="operation">
        <code dir="ltr">
          <b>{method.toUpperCase()}</b> {path}
        </code>
      </h2>
      <div class="text" lang="en" dir="ltr">
        {operation.summary && <p>{operation.summary}</p>}
        {operation.description && <p>{operation.description}</p>}
      </div>
      {parameters.length > 0 && (
        <Table
          caption={t('api.parameters')}
          quiet
          rows={parameters}
          columns={[
            { head: t('api.parameter'), cell: ({ name }) => <code>{name}</code> },
            { head: t('api.in'), cell: (parameter) => <code>{parameter.in}</code> },
            { head: t('api.required'), cell: ({ required }) => t(required ? 'api.yes' : 'api.no') },
            { head: t('api.meaning'), cell: ({ description, schema }) => description ?? typeName(schema) },
          ]}
        />
      )}
      <Table
        caption={t('api.answers')}
        quiet
        rows={Object.entries(responses)}
        columns={[
          { head: t('api.status'), cell: ([status]) => <code>{status}</code> },
          { head: t('api.meaning'), cell: ([, { description }]) => description },
        ]}
      />
    </section>
  );
}

/** What a JSON body is made of, one row each like the parameters of the address. */
function bodyMembers(api: ApiDocument, { requestBody }: Operation): Parameter[] {
  const given: BodySchema = requestBody?.content['application/json']?.schema ?? {};
  const named = api.components?.schemas?.[given.$ref?.split('/').at(-1) ?? ''];
  const { properties = {}, required = [] }: BodySchema = named ?? given;
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'body',
    required: required.includes(name),
    ...(schema.description === undefined ? {} : { description: schema.description }),
    schema,
  }));
}

type BodySchema = {
  $ref?: string;
  properties?: Readonly<Record<string, Schema & { description?: string }>>;
  required?: readonly string[];
};

function typeName(schema: Schema = {}): string {
  return schema.$ref?.split('/').at(-1) ?? [schema.type ?? '', schema.format ?? ''].flat().filter(Boolean).join(' ');
}
