/** A query that Salesforce refuses, with the code and wording of its error body. */
export class SoqlError extends Error {
	override readonly name = 'SoqlError';

	constructor(
		readonly errorCode: string,
		message: string,
	) {
		super(message);
	}
}

/** A query that Salesforce would run and this org cannot: a gap here, never an answer of Salesforce's. */
export class UnsupportedSoql extends Error {
	override readonly name = 'UnsupportedSoql';
}
