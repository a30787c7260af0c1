import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import { isObject } from '../../salesforce/shapes';
import { listLiteral, textLiteral } from '../../salesforce/soql';
import { queryTooling } from '../../salesforce/tooling';
import type { CustomFieldFacts } from '../facts';
import { describeAnswer } from './describeAnswer';
import type { DescribedField } from './describeAnswer';
import { nameParts } from './nameParts';
import { told } from './told';

/** A standard field of Case, by which it is known that definitions are told at all. */
const PROBE = 'CaseNumber';

/** What the Metadata API calls the types that describe tells. */
const TYPES: Readonly<Record<string, string>> = { string: 'Text', textarea: 'LongTextArea', boolean: 'Checkbox' };

/** Up to so many characters a text area is not a long one (help: custom field types). */
const LONGEST_TEXT_AREA = 255;

/**
 * How custom fields of Case are made, hidden ones too as far as whoever is signed in may see that.
 *
 * @param names API names
 * @returns by name in lower case; undefined where Case itself is hidden
 * @throws OrgError
 */
export async function readCaseFields(
	org: Org,
	names: readonly string[],
): Promise<Map<string, CustomFieldFacts | undefined> | undefined> {
	if (names.length === 0) return new Map();
	const list = listLiteral([PROBE, ...names].map(textLiteral));
	const [definitions] = await queryEach(org, [
		`SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Case' AND QualifiedApiName IN ${list}`,
	]);
	if (definitions?.ok !== true) return undefined;
	const there = new Set(definitions.records.map((record) => String(record.QualifiedApiName).toLowerCase()));
	if (!there.has(PROBE.toLowerCase())) return undefined;
	const described = new Map(
		(await describeAnswer(org, 'Case'))?.fields.map((field) => [field.name.toLowerCase(), field]),
	);
	const found = new Map<string, CustomFieldFacts | undefined>();
	for (const name of names) {
		const key = name.toLowerCase();
		found.set(key, there.has(key) ? await readField(org, name, described.get(key)) : undefined);
	}
	return found;
}

/** A field that is seen is told by describe; a hidden one, and the lines that pages show, by its metadata alone. */
async function readField(org: Org, name: string, seen: DescribedField | undefined): Promise<CustomFieldFacts> {
	if (seen !== undefined && seen.type !== 'textarea') return asDescribed(seen);
	const { namespace, developerName } = nameParts(name);
	const inNamespace = namespace === undefined ? 'null' : textLiteral(namespace);
	// Metadata is read one record at a time.
	const [record] =
		(await told(
			queryTooling(
				org,
				`SELECT Metadata FROM CustomField WHERE TableEnumOrId = 'Case' AND DeveloperName = ${textLiteral(developerName)} AND NamespacePrefix = ${inNamespace}`,
			),
		)) ?? [];
	const metadata = record?.Metadata;
	if (!isObject(metadata)) return seen === undefined ? {} : asDescribed(seen);
	const { type, length, externalId, unique, visibleLines } = metadata;
	return {
		type: String(type),
		...(typeof length === 'number' ? { length } : {}),
		externalId: externalId === true,
		unique: unique === true,
		...(typeof visibleLines === 'number' ? { visibleLines } : {}),
	};
}

function asDescribed({ type, length, externalId, unique }: DescribedField): CustomFieldFacts {
	const isShort = type === 'textarea' && length <= LONGEST_TEXT_AREA;
	return { type: isShort ? 'TextArea' : (TYPES[type] ?? type), length, externalId, unique };
}
