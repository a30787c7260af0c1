import { ok } from '../http';
import { describeBriefly } from '../schema/describe';
import type { Action } from './action';

/** GET sobjects: every object, briefly, by name. */
export const describeGlobal: Action = (org, { version }) => {
	const objects = org.catalog.objects().sort((a, b) => (a.name < b.name ? -1 : 1));
	return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects: objects.map((object) => describeBriefly(object, version)) });
};
