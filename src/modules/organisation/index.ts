import './tables.ts';
export { type Calendar } from './calendar.ts';
export {
  establishOrganisation,
  type EstablishRefusal,
  type NewOrganisation,
  type Organisation,
  readOrganisation,
  supportedLanguages,
} from './establish-organisation.ts';
export { organisationRoutes } from './routes.ts';
export { declareReplyTime, type ReplyTimeRefusal } from './declare-reply-time.ts';
export { organisationLeafFields } from './events.ts';
export { recordRelease } from './record-release.ts';
export { type Sector, sectors } from './sectors.ts';
export { checkSetUpLink, renewSetUpLink, type SetUpLinkRefusal } from './set-up-link.ts';
export { type OrganisationRefusal, organisationSentence } from './refusals.ts';
