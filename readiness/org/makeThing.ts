import { asError } from '../../salesforce/asError';
import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { isSaved } from '../../salesforce/tooling';
import type { GuideParagraph } from '../guide';
import type { Found, Thing } from './thing';

/** What became of a thing. */
export interface Made {
	name: string;
	sObject: string;
	result: 'created' | 'wouldCreate' | 'existed' | 'different';
	/** Of the record; undefined in a dry run. */
	id?: string;
	/** What was sent to create it; undefined where nothing was. */
	record?: Readonly<Record<string, unknown>>;
	/** Where what exists is not as wanted. */
	differs: string[];
	setup: string;
	guide: GuideParagraph;
}

/**
 * Makes a thing unless it is there.
 * @throws OrgError when it is refused and not there afterwards either
 */
export async function makeThing(org: Org, thing: Thing, dryRun: boolean): Promise<Made> {
	const { name, sObject, setup, guide, found } = thing;
	if (found !== undefined) return existing(thing, found);
	if (dryRun) return { name, sObject, setup, guide, result: 'wouldCreate', differs: [] };
	const record = thing.record();
	try {
		const path = `${thing.tooling ? '/tooling' : ''}/sobjects/${sObject}`;
		const { id } = await org.call('POST', path, isSaved, { body: record });
		return created(thing, id, record);
	} catch (caught) {
		const error = asError(caught);
		// Another run may have made it at the same moment, or this one without an answer that says so.
		const now = await thing.lookAgain().catch(() => undefined);
		if (now === undefined) throw error;
		const isOurs = error instanceof OrgError && error.inDoubt && now.differs.length === 0;
		return isOurs ? created(thing, now.id, record) : existing(thing, now);
	}
}

function created(thing: Thing, id: string, record: Readonly<Record<string, unknown>>): Made {
	thing.has?.(id);
	const { name, sObject, setup, guide } = thing;
	return { name, sObject, setup, guide, result: 'created', id, record, differs: [] };
}

function existing(thing: Thing, { id, differs }: Found): Made {
	thing.has?.(id);
	const { name, sObject, setup, guide } = thing;
	return { name, sObject, setup, guide, result: differs.length === 0 ? 'existed' : 'different', id, differs };
}
