import { join } from 'node:path';

import type {
	ICredentialType,
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { n8n } from '../package.json';

/** What `index.js` hands out: classes by name. */
const classes = jest.requireActual<Record<string, new () => INodeType | ICredentialType>>('../index.js');

/**
 * Names that saved workflows and credentials hold for ever: changing one of these breaks somebody's workflow, so such a
 * change has to show here. New ones are added by `jest --updateSnapshot`.
 */
function contractOf(path: string): object {
	const name = join(path).split(/[\\/]/).at(-1)?.split('.')[0] ?? '';
	const made = new (classes[name] as new () => INodeType | ICredentialType)();
	if (!('description' in made)) return { name: made.name, properties: properties(made.properties) };
	const { description } = made;
	return {
		name: description.name,
		version: description.version,
		outputs: description.outputs,
		...(description.outputNames === undefined ? {} : { outputNames: description.outputNames }),
		credentials: description.credentials?.map((credential) => credential.name),
		properties: properties(description.properties),
	};
}

/** Every rule by which a parameter or an option is shown. */
function shownWhen({ show, hide }: IDisplayOptions = {}): string {
	const rules = [
		show === undefined ? '' : ` when ${JSON.stringify(show)}`,
		hide === undefined ? '' : ` unless ${JSON.stringify(hide)}`,
	];
	return rules.join('');
}

/** One line for each parameter, with those inside it, and what it is shown for. */
function properties(all: INodeProperties[], inside = ''): string[] {
	return all.flatMap(({ name, type, default: byDefault, options, displayOptions }) => {
		const path = inside + name;
		const line = `${path}: ${type} = ${JSON.stringify(byDefault)}${shownWhen(displayOptions)}`;
		return [line, ...(options ?? []).flatMap((option) => optionLines(option, `${path}.`))];
	});
}

function optionLines(
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
	inside: string,
): string[] {
	if ('values' in option) return properties(option.values, `${inside}${option.name}.`);
	if ('type' in option && 'displayName' in option) return properties([option], inside);
	return [`${inside}* ${JSON.stringify(option.value)}${shownWhen(option.displayOptions)}`];
}

it.each([...n8n.nodes, ...n8n.credentials])('%s keeps its names', (path) => {
	expect(contractOf(path)).toMatchSnapshot();
});
