/** Thrown for input that a person has to mend; the message names no value. */
export class MoveInputError extends Error {
	override readonly name = 'MoveInputError';

	/**
	 * @param message what is wrong, naming the parameter as the panel does
	 * @param remedy what to do next
	 */
	constructor(
		message: string,
		readonly remedy: string,
	) {
		super(message);
	}
}
