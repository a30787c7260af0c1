import { Workflow } from 'n8n-workflow';
import type { IDataObject, INodeTypes, NodeParameterValueType } from 'n8n-workflow';

const node = {
	id: 'node',
	name: 'Node',
	type: 'test.node',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

/** What n8n makes of an expression, `={{ … }}`, for an item: by its own evaluation, without running a node. */
export function evaluated(expression: string, json: IDataObject): NodeParameterValueType | object {
	const nodeTypes = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;
	const workflow = new Workflow({ id: 'test', nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getParameterValue(expression, null, 0, 0, node.name, [{ json }], 'manual', {});
}
