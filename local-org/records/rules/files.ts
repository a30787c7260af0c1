import { createHash } from 'node:crypto';
import { dataError } from '../../errors';
import type { Row } from '../../storage';
import { addBySystem } from '../system';
import type { Change, ObjectRules } from './types';

const picked = (row: Row, ...names: string[]): Row =>
	Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
const bytesOf = (base64: Row[string] | undefined) => Buffer.from(String(base64 ?? ''), 'base64');

/** Bytes that an attachment has at most (docs:object-reference/attachment). */
const MOST_BYTES = 25 * 1024 * 1024;

/** Attachment: its length follows from its body, and is limited. */
export const attachmentRules: ObjectRules = {
	beforeSave({ row }) {
		if (row.Body === undefined) return;
		const length = bytesOf(row.Body).length;
		// Code and wording are assumed.
		if (length > MOST_BYTES)
			throw dataError('FILE_SIZE_LIMIT_EXCEEDED', 'Your file exceeds the 25 MB limit of attachments', ['Body']);
		row.BodyLength = length;
	},
};

const missing = (name: string) => dataError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${name}]`, [name]);
/** Where the content of a file is that stands elsewhere. */
const EXTERNAL = 'E';

/** What a version's content says of it. Assumed: the type of a file is its extension in capitals. */
function describeContent({ row, context }: Change): void {
	const path = typeof row.PathOnClient === 'string' ? row.PathOnClient : undefined;
	if (path === undefined && !context.seeding) throw missing('PathOnClient');
	if (row.VersionData === undefined && row.ContentLocation !== EXTERNAL && !context.seeding)
		throw missing('VersionData');
	const bytes = bytesOf(row.VersionData);
	const extension = /\.(\w+)$/.exec(path ?? '')?.[1] ?? null;
	row.Title ??= path?.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '') ?? 'File';
	row.ContentSize = bytes.length;
	row.Checksum = createHash('md5').update(bytes).digest('hex');
	row.FileExtension = extension;
	row.FileType = extension?.toUpperCase() ?? 'UNKNOWN';
	row.ContentModifiedDate = context.now;
	row.ContentModifiedById = context.userId;
}

/** ContentDocumentLink: a file is shown once in a place (wording seen in orgs). */
export const contentDocumentLinkRules: ObjectRules = {
	beforeSave({ row, before, context: { org, seeding } }) {
		const { ContentDocumentId: file, LinkedEntityId: place } = row;
		if (before || seeding || typeof file !== 'string' || typeof place !== 'string') return;
		const links = org.storage.findBy('ContentDocumentLink', 'ContentDocumentId', file);
		if (!links.some((one) => one.LinkedEntityId === place && one.IsDeleted !== 1)) return;
		throw dataError(
			'DUPLICATE_VALUE',
			`Document with ID: ${file} is already linked with the entity with ID: ${place}`,
			['LinkedEntityId'],
		);
	},
};

/** The file of a first version, shown to its owner, and where the version is published first. */
function newDocument({ id, row, context }: Change): string {
	const { OwnerId, FirstPublishLocationId } = row;
	const document = addBySystem(
		'ContentDocument',
		{
			...picked(row, 'Title', 'OwnerId', 'ContentSize', 'FileType', 'FileExtension'),
			LatestPublishedVersionId: id,
			ContentModifiedDate: context.now,
		},
		context,
	);
	const places = new Map([
		[OwnerId, 'I'],
		[FirstPublishLocationId, 'V'],
	]);
	for (const [LinkedEntityId, ShareType] of places) {
		if (typeof LinkedEntityId !== 'string') continue;
		addBySystem('ContentDocumentLink', { ContentDocumentId: document, LinkedEntityId, ShareType }, context);
	}
	return document;
}

/** A further version takes the place of the latest one. Returns its number. */
function supersede({ id, row, context: { org } }: Change): number {
	const versions = org.storage.findBy('ContentVersion', 'ContentDocumentId', row.ContentDocumentId ?? null);
	for (const one of versions) org.storage.update('ContentVersion', String(one.Id), { IsLatest: 0 });
	org.storage.update('ContentDocument', String(row.ContentDocumentId), {
		LatestPublishedVersionId: id,
		...picked(row, 'ContentSize', 'FileType', 'FileExtension'),
	});
	return versions.length + 1;
}

/** ContentVersion: the first one of a file makes it. */
export const contentVersionRules: ObjectRules = {
	beforeSave(change) {
		const { row, before } = change;
		if (before) return;
		describeContent(change);
		row.IsLatest = 1;
		row.VersionNumber = String(row.ContentDocumentId ? supersede(change) : 1);
		row.ContentDocumentId ??= newDocument(change);
	},
};
