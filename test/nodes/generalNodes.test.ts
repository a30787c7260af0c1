import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { SalesforceCreateOrUpdateRecord } from '../../nodes/CreateOrUpdateRecord/SalesforceCreateOrUpdateRecord.node';
import { SalesforceGetRecordFields } from '../../nodes/GetRecordFields/SalesforceGetRecordFields.node';
import { SalesforceSoqlQuery } from '../../nodes/SoqlQuery/SalesforceSoqlQuery.node';

const nodes = [new SalesforceSoqlQuery(), new SalesforceGetRecordFields(), new SalesforceCreateOrUpdateRecord()];

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/** A parameter with those inside it. */
function withInner(property: INodeProperties): INodeProperties[] {
	const options: Option[] = property.options ?? [];
	const inner = options.flatMap((option) => ('values' in option ? option.values : 'type' in option ? [option] : []));
	return [property, ...inner.flatMap(withInner)];
}

describe.each(nodes.map(({ description }) => [description.displayName, description] as const))(
	'%s',
	(_name, description) => {
		const parameters = description.properties.flatMap(withInner).filter(({ type }) => type !== 'hidden');

		it("can be an AI agent's tool", () => {
			expect(description.usableAsTool).toBe(true);
		});

		it.each(parameters.map((parameter) => [parameter.displayName, parameter] as const))(
			'describes %s, and shows what to write',
			(_label, parameter) => {
				expect(parameter.description).toBeTruthy();
				if (['string', 'json'].includes(parameter.type)) expect(parameter.placeholder).toBeTruthy();
				for (const mode of parameter.modes ?? []) expect(mode.placeholder).toBeTruthy();
			},
		);
	},
);
