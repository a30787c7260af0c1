import type { CustomFieldFacts } from './facts';
import type { FieldKind } from './job';

/**
 * Where a field that exists is not as wanted, in words; nothing where it is, or where its reader is not told how it is
 * made. More room than wanted is no difference, and neither is how many lines pages show.
 */
export function differencesOf(found: CustomFieldFacts, wanted: FieldKind & { unique?: boolean }): string[] {
	const { type, length = wanted.length, externalId, unique } = found;
	if (type === undefined) return [];
	if (type !== wanted.type) return [`its type is ${type} and not ${wanted.type}`];
	return [
		...(length < wanted.length ? [`it has room for ${length} characters and not for ${wanted.length}`] : []),
		...(wanted.externalId && externalId === false ? ['it is not an External ID'] : []),
		...(wanted.unique && unique === false ? ['it is not unique'] : []),
	];
}
