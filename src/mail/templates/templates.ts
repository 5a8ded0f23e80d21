import type { Letter } from '../letter.ts';
import { addressChanged, confirmAddress } from './address.ts';
import { farewell } from './farewell.ts';
import { invitation } from './invitation.ts';
import { newDevice } from './new-device.ts';
import { notMe } from './not-me.ts';
import { proveAgain } from './prove-again.ts';
import { signInLink } from './sign-in-link.ts';

/** Every letter that can be sent, each a pure function of its view and the language. */
export const templates = {
  'sign-in-link': signInLink,
  'confirm-address': confirmAddress,
  'address-changed': addressChanged,
  invitation,
  'new-device': newDevice,
  'not-me': notMe,
  farewell,
  'prove-again': proveAgain,
} as const satisfies Record<string, (view: never, locale: string) => Letter>;

export type TemplateName = keyof typeof templates;
export type TemplateView<Name extends TemplateName> = Parameters<(typeof templates)[Name]>[0];
