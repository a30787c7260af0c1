import type { ObjectSchema } from './types';

/** One scope of SOQL's USING SCOPE, as describe lists it. */
export interface FilterScope {
	label: string;
	name: string;
}

/**
 * The scopes that an object supports, by name (recorded describes of Account, Case and Contact; `delegated` for tasks is
 * docs:soql-sosl/using-scope). An org without territories and scoping rules has no scopes of theirs (the same page).
 */
export function supportedScopes({ labelPlural, name, fields }: ObjectSchema): FilterScope[] {
	const plural = labelPlural.toLowerCase();
	const everything = { label: `All ${plural}`, name: 'everything' };
	if (!fields.some((field) => field.name === 'OwnerId')) return [everything];
	const mine = { label: `My ${plural}`, name: 'mine' };
	switch (name) {
		case 'Account':
		case 'Contact':
		case 'Opportunity':
			return [everything, mine, { label: `My team's ${plural}`, name: 'team' }];
		case 'Case':
			return [
				everything,
				{ label: `My case teams ${plural}`, name: 'genericteam' },
				mine,
				{ label: `Queue owned ${plural}`, name: 'queue_owned' },
				{ label: `My role-based team's ${plural}`, name: 'team_by_role' },
				{ label: `User owned ${plural}`, name: 'user_owned' },
			];
		case 'Task':
			// The label is assumed.
			return [{ label: `My delegated ${plural}`, name: 'delegated' }, everything, mine];
		default:
			return [everything, mine];
	}
}
