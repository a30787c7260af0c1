import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

const BEGIN = '<!-- From the node itself, by `npm run docs`: change it there. -->';
const END = '<!-- End of what is from the node itself. -->';

/** What every node of its kind has: which credential it takes, and n8n's own times of a trigger that polls. */
const ELSEWHERE = ['authentication', 'pollTimes'];

/** The page of a node in `docs/nodes`, by its name in the panel: `push-move` for *Salesforce Push Move*. */
export function pageName({ displayName }: INodeTypeDescription): string {
	return displayName
		.replace(/^Salesforce /, '')
		.toLowerCase()
		.replaceAll(' ', '-');
}

/**
 * A node's page with what the node itself says brought up to date, and everything else left as it is.
 *
 * @param page the page as it stands; a new one begins where it is empty
 */
export function updatedPage(page: string, description: INodeTypeDescription): string {
	const own = `${BEGIN}\n\n${fromDescription(description)}\n\n${END}`;
	if (page === '') return `# ${description.displayName}\n\n${own}\n`;
	const [before = '', rest = ''] = page.split(BEGIN);
	const after = rest.split(END)[1];
	if (after === undefined) throw new Error(`The page of ${description.displayName} lacks its marks.`);
	return before + own + after;
}

/** What a description tells: what the node does, and its parameters. */
function fromDescription({ description, outputNames, usableAsTool, properties }: INodeTypeDescription): string {
	const inWords = conditionsIn(properties);
	const shown = properties.filter(
		({ type, name }) => type !== 'hidden' && type !== 'notice' && !ELSEWHERE.includes(name),
	);
	const options = shown.flatMap((field) => (field.type === 'collection' ? membersOf(field) : []));
	const outputs = outputNames ? `It has the outputs ${listed(outputNames.map((name) => `*${name}*`))}. ` : '';
	const tool = usableAsTool ? 'An AI agent can use it as a tool.' : '';
	return [
		`${description.replace(/\.$/, '')}. ${outputs}${tool}`.trim(),
		'## Parameters',
		tableOf(
			shown.filter(({ type }) => type !== 'collection'),
			inWords,
		),
		...(options.length > 0 ? ['### Options', tableOf(options, inWords)] : []),
	].join('\n\n');
}

function membersOf(field: INodeProperties): INodeProperties[] {
	return (field.options ?? []).filter(
		(option): option is INodeProperties => 'displayName' in option && 'type' in option && option.type !== 'hidden',
	);
}

function tableOf(fields: INodeProperties[], inWords: (field: INodeProperties) => string): string {
	if (fields.length === 0) return 'None.';
	return [
		'| Parameter | Default | What it says |',
		'| --- | --- | --- |',
		...fields.map((field) => `| **${field.displayName}**${inWords(field)} | ${standard(field)} | ${says(field)} |`),
	].join('\n');
}

/** As people write a list: `a, b and c`. */
function listed(words: string[]): string {
	return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
}

/** Tells for which choices a parameter is there, in the words of the panel. */
function conditionsIn(properties: INodeProperties[]): (field: INodeProperties) => string {
	const choices = ([path, values]: [string, unknown[] | undefined]): string => {
		// A member of a collection names the node's own parameters from the top: `/watch`.
		const name = path.replace(/^\//, '');
		const decides = properties.find((field) => field.name === name);
		return `*${decides?.displayName ?? name}* ${(values ?? []).map((value) => wordFor(decides, value)).join(' or ')}`;
	};
	return ({ displayOptions: { show = {}, hide = {} } = {} }) => {
		const [wanted, unwanted] = [show, hide].map((rules) => Object.entries(rules).map(choices).join(', '));
		return [wanted && `<br>with ${wanted}`, unwanted && `<br>not with ${unwanted}`].filter(Boolean).join('');
	};
}

function wordFor(field: INodeProperties | undefined, value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const choice = field?.options?.find((option) => 'value' in option && option.value === value);
	return choice?.name ?? String(value);
}

function standard({ default: value, type }: INodeProperties): string {
	if (type === 'boolean') return value === true ? 'on' : 'off';
	if (value === '' || typeof value === 'object' || value === undefined) return '';
	return code(String(value));
}

/** The description, and each of the choices with its own. */
function says(field: INodeProperties): string {
	const choices = (field.options ?? [])
		.filter((option): option is INodePropertyOptions => 'value' in option)
		.map(({ name, description }) => `**${name}**${description === undefined ? '' : `: ${description}`}`);
	const rows = (field.options ?? [])
		.filter((option): option is INodePropertyCollection => 'values' in option)
		.flatMap(({ values }) => values.map((value) => `**${value.displayName}**: ${value.description ?? ''}`));
	return cell([field.description ?? '', ...choices, ...rows].filter((text) => text !== '').join('<br>'));
}

const code = (text: string): string => `\`${cell(text).replaceAll('`', "'")}\``;

/** A text as it may stand in a table's cell. */
function cell(text: string): string {
	return text
		.replace(/<a href="([^"]+)">(.*?)<\/a>/g, '[$2]($1)')
		.replaceAll('\n', ' ')
		.replaceAll('|', '\\|');
}
