import { OrgError } from '../../salesforce/errors';

/**
 * What a reading gave; undefined where Salesforce refuses it to whoever is signed in.
 * @throws OrgError of a call that got no answer, or that ends the run
 */
export async function told<T>(reading: Promise<T>): Promise<T | undefined> {
	try {
		return await reading;
	} catch (error) {
		if (error instanceof OrgError && !error.inDoubt && !error.passing && !error.endsTheRun) return undefined;
		throw error;
	}
}
