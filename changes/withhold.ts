import type { Values } from './change';

/** Which fields' values are not kept in changes. */
export interface Withheld {
	/** By name in lower case. */
	fields: ReadonlySet<string>;
	/** Whether those that Salesforce keeps encrypted are not kept either. */
	encrypted: boolean;
}

/** A change's values without those that are not to be kept. */
export interface Kept {
	before: Values | null;
	after: Values | null;
	/** The fields that were left out, where there are any. */
	withheld?: string[];
}

/** Leaves out of a change what is not to be kept, and says so. */
export function withhold(
	{ before, after }: { before: Values | null; after: Values | null },
	isKept: (field: string) => boolean,
): Kept {
	const left = new Set<string>();
	const kept = (values: Values | null): Values | null => {
		if (values === null) return null;
		return Object.fromEntries(
			Object.entries(values).filter(([name]) => {
				if (!isKept(name)) left.add(name);
				return !left.has(name);
			}),
		);
	};
	const values = { before: kept(before), after: kept(after) };
	return left.size === 0 ? values : { ...values, withheld: [...left] };
}
