/**
 * Thrown for a parameter or a value that a person has to mend, before anything is sent. The message names the parameter
 * as the panel does, never its value.
 */
export class InputError extends Error {
	override readonly name = 'InputError';

	/**
	 * @param message what is wrong, as one sentence without a full stop
	 * @param remedy what to do next, as sentences
	 */
	constructor(
		message: string,
		readonly remedy: string,
	) {
		super(message);
	}
}
