import { requestError } from '../errors';
import type { ObjectSchema } from '../schema/types';

/**
 * @throws MIXED_DML_OPERATION when setup objects, such as User, are to be written together with others
 */
export function refuseMixed(objects: ObjectSchema[]): void {
	const setup = objects.find((object) => object.setup);
	const other = objects.find((object) => !object.setup);
	if (!setup || !other) return;
	throw requestError(
		'MIXED_DML_OPERATION',
		`DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${setup.name}, original object: ${other.name}`,
	);
}
