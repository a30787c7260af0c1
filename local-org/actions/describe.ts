import { ok } from '../http';
import { describeObject } from '../schema/describe';
import { objectOf, type Action } from './action';

/** GET sobjects/:sObject/describe. */
export const describe: Action = (org, { version }, { sObject }) => ok(describeObject(org, objectOf(org, sObject), version));
