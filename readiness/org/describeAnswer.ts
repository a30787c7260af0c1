import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { isObject } from '../../salesforce/shapes';

/** A field as describe tells it, as far as readiness is judged by it. */
export interface DescribedField {
	name: string;
	type: string;
	length: number;
	createable: boolean;
	updateable: boolean;
	permissionable: boolean;
	externalId: boolean;
	unique: boolean;
	restrictedPicklist?: boolean;
	/** Empty for a field that is no picklist. */
	picklistValues: Array<{ value: string; label: string | null; active: boolean }>;
}

/** An object as describe tells it. */
export interface DescribeAnswer {
	/** As the org spells it. */
	name: string;
	createable: boolean;
	updateable: boolean;
	deletable: boolean;
	fields: DescribedField[];
	recordTypeInfos?: Array<{
		recordTypeId: string;
		name: string;
		developerName?: string;
		active?: boolean;
		available: boolean;
		master?: boolean;
	}>;
}

/**
 * An object as it is now, asked anew: what an admin has changed a moment ago is what a check is made for.
 *
 * @returns undefined where the org has no such object that the user may see
 * @throws OrgError
 */
export async function describeAnswer(org: Org, name: string): Promise<DescribeAnswer | undefined> {
	try {
		return await org.call('GET', `/sobjects/${encodeURIComponent(name)}/describe`, isDescribe);
	} catch (error) {
		if (error instanceof OrgError && (error.code === 'NOT_FOUND' || error.hidesTheObject)) return undefined;
		throw error;
	}
}

function isDescribe(answer: unknown): answer is DescribeAnswer {
	return isObject(answer) && Array.isArray(answer.fields) && answer.fields.every(isObject);
}
