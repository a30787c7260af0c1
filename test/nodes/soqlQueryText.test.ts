import { fillExpressions } from '../../nodes/SoqlQuery/queryText';
import { stages } from '../support/stage';

const stage = stages();

describe('An expression in the query', () => {
	it.each([
		["SELECT Id FROM {{ object }} WHERE Name = '{{ name }}'", "SELECT Id FROM Case WHERE Name = 'it\\'s {{ x }}'"],
		["WHERE Name LIKE '%{{ name }}%' LIMIT {{ most }}", "WHERE Name LIKE '%it\\'s {{ x }}%' LIMIT 5"],
		["WHERE A = 'a\\'{{ name }}' AND B = {{ most }}", "WHERE A = 'a\\'it\\'s {{ x }}' AND B = 5"],
		["WHERE A = '\\{{ name }}'", "WHERE A = '\\it\\'s {{ x }}'"],
		['{{ none }}', ''],
		['SELECT Id', 'SELECT Id'],
	])('%s', (query, filled) => {
		const values: Record<string, unknown> = { object: 'Case', name: "it's {{ x }}", most: 5, none: undefined };
		expect(fillExpressions(query, (expression) => values[expression.slice(3, -3)])).toBe(filled);
	});

	it('is filled by n8n, and what it gives is not read again', async () => {
		const { run } = await stage({ seed: { Case: [{ Subject: "it's {{ 1 + 1 }}" }] } });
		const soql = "SELECT Subject FROM Case WHERE Subject = 'it\\'s {{ 1 + 1 }}'";
		const items = [{ subject: "it's {{ 1 + 1 }}", field: 'Subject', soql }];
		for (const query of [
			"SELECT {{ $json.field }} FROM Case WHERE Subject = '{{ $json.subject }}'",
			"=SELECT {{ $json.field }} FROM Case WHERE Subject = '{{ $json.subject }}'",
			'={{ $json.soql }}',
		]) {
			const { outputs, error } = await run(items, { type: 'salesforceSoqlQuery', parameters: { query } });
			expect(error).toBeUndefined();
			expect(outputs[0]).toEqual([{ Subject: "it's {{ 1 + 1 }}" }]);
		}
	});
});
