import { asError } from '../../salesforce/asError';
import { OrgError } from '../../salesforce/errors';
import { listed } from '../../salesforce/listed';
import type { Org } from '../../salesforce/org';
import { isObject } from '../../salesforce/shapes';
import type { Found, Thing } from './thing';

/** What became of a thing. */
export interface Made {
	name: string;
	sObject: string;
	result: 'created' | 'wouldCreate' | 'existed' | 'different';
	/** Of the record; undefined in a dry run. */
	id?: string;
	/** Where what exists is not as wanted. */
	differs: string[];
	setup: string;
}

/**
 * Makes a thing unless it is there.
 *
 * @param before what became of the things before it
 * @throws OrgError that says what was made before, when it is refused and not there afterwards either
 */
export async function makeThing(org: Org, thing: Thing, dryRun: boolean, before: readonly Made[]): Promise<Made> {
	const { name, sObject, setup, found } = thing;
	if (found !== undefined) return existing(thing, found);
	if (dryRun) return { name, sObject, setup, result: 'wouldCreate', differs: [] };
	try {
		const path = `${thing.tooling ? '/tooling' : ''}/sobjects/${sObject}`;
		const { id } = await org.call('POST', path, isSaved, { body: thing.record() });
		thing.has?.(id);
		return { name, sObject, setup, result: 'created', id, differs: [] };
	} catch (error) {
		// Another run may have made it at the same moment, or this one without an answer that says so.
		const now = await thing.lookAgain().catch(() => undefined);
		if (now !== undefined) return existing(thing, now);
		throw failed(asError(error), thing, before);
	}
}

function existing(thing: Thing, { id, differs }: Found): Made {
	thing.has?.(id);
	const { name, sObject, setup } = thing;
	return { name, sObject, setup, result: differs.length === 0 ? 'existed' : 'different', id, differs };
}

function failed(cause: Error, { name }: Thing, before: readonly Made[]): Error {
	const error = cause instanceof OrgError ? cause : new OrgError('UNEXPECTED', cause.message, '', { cause });
	const made = before.filter(({ result }) => result === 'created').map((one) => one.name);
	const what = made.length === 0 ? 'Nothing was made before it' : `Made before it: ${listed(made)}`;
	return error.with({
		message: `${name} could not be made: ${error.message}. ${what}`,
		remedy: `${error.remedy} Running it again makes only what is still missing.`.trim(),
		// What is there is looked for first.
		repeatSafe: true,
	});
}

function isSaved(answer: unknown): answer is { id: string } {
	return isObject(answer) && answer.success === true && typeof answer.id === 'string';
}
