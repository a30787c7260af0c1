import type { OrgAccess } from '../../../salesforce/orgAccess';

/** How an org is reached with one kind of credential: the part of `OrgAccess` that depends on it. */
export type SignedAccess = Pick<OrgAccess, 'send' | 'instanceUrl' | 'identity'>;
