import { SOQLParser } from '@salesforce/soql-common/lib/soql-parser';

const PARSER = SOQLParser({ isApex: false, isMultiCurrencyEnabled: true, apiVersion: 66 });

/** Whether Salesforce's own grammar accepts a statement. What its lexer cannot read it only writes to console.error. */
export function salesforceAccepts(soql: string): boolean {
	const complaints = jest.spyOn(console, 'error').mockImplementation(() => undefined);
	try {
		return PARSER.parseQuery(soql).getSuccess() && complaints.mock.calls.length === 0;
	} finally {
		complaints.mockRestore();
	}
}
