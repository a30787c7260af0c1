import {
	AUDIT,
	IS_DELETED,
	MODSTAMP,
	READ_ONLY,
	checkbox,
	field,
	picklist,
	recordId,
	reference,
	stamp,
	text,
	textArea,
} from '../fields';
import type { ChildRelationship, ObjectSchema } from '../types';

const FREE = { permissionable: false };
/** What files can be attached to here. */
const PARENTS = ['Account', 'Asset', 'Case', 'Contact', 'Event', 'Lead', 'Opportunity', 'Task'];
const count = (name: string, label: string) => field(name, label, 'int', READ_ONLY);

/** A file of a record, as older orgs keep it (docs:object-reference/attachment). */
export const ATTACHMENT: ObjectSchema = {
	name: 'Attachment',
	label: 'Attachment',
	labelPlural: 'Attachments',
	keyPrefix: '00P',
	searchable: false,
	fields: [
		recordId('Attachment ID'),
		IS_DELETED,
		reference('ParentId', 'Parent ID', PARENTS, { updateable: false, nillable: false, ...FREE }),
		text('Name', 'File Name', 255, { nillable: false, nameField: true, ...FREE }),
		checkbox('IsPrivate', 'Private', FREE),
		text('ContentType', 'Content Type', 120, FREE),
		count('BodyLength', 'Body Length'),
		field('Body', 'Body', 'base64', { nillable: false, ...FREE }),
		reference('OwnerId', 'Owner ID', 'User', { nillable: false, defaultedOnCreate: true, ...FREE }),
		...AUDIT,
		textArea('Description', 'Description', 500, FREE),
	],
};

/** A file; its content stands in its versions (docs:object-reference/contentdocument). A first version makes it. */
export const CONTENT_DOCUMENT: ObjectSchema = {
	name: 'ContentDocument',
	label: 'Content Document',
	labelPlural: 'Content Documents',
	keyPrefix: '069',
	createable: false,
	searchable: false,
	fields: [
		recordId('ContentDocument ID'),
		...AUDIT,
		checkbox('IsArchived', 'Is Archived', FREE),
		IS_DELETED,
		reference('OwnerId', 'Owner ID', 'User', { createable: false, nillable: false, defaultedOnCreate: true, ...FREE }),
		text('Title', 'Title', 255, { nillable: false, nameField: true, ...FREE }),
		picklist('PublishStatus', 'Publish Status', ['P', 'R', 'U'], { ...READ_ONLY, length: 40, defaultValue: 'P' }),
		reference('LatestPublishedVersionId', 'Latest Published Version ID', 'ContentVersion', READ_ONLY),
		textArea('Description', 'Description', 1000, { filterable: false, groupable: false, sortable: false, ...FREE }),
		count('ContentSize', 'Size'),
		text('FileType', 'File Type', 20, READ_ONLY),
		text('FileExtension', 'File Extension', 40, READ_ONLY),
		stamp('ContentModifiedDate', 'Content Modified Date'),
	],
	childRelationships: [
		{
			childSObject: 'ContentVersion',
			field: 'ContentDocumentId',
			relationshipName: 'ContentVersions',
			cascadeDelete: true,
		},
		{
			childSObject: 'ContentDocumentLink',
			field: 'ContentDocumentId',
			relationshipName: 'ContentDocumentLinks',
			cascadeDelete: true,
		},
	],
};

/** A version of a file (docs:object-reference/contentversion); what belongs to libraries and ratings is not there. */
export const CONTENT_VERSION: ObjectSchema = {
	name: 'ContentVersion',
	label: 'Content Version',
	labelPlural: 'Content Versions',
	keyPrefix: '068',
	deletable: false,
	searchable: false,
	fields: [
		recordId('ContentVersion ID'),
		reference('ContentDocumentId', 'ContentDocument ID', 'ContentDocument', {
			updateable: false,
			nillable: false,
			defaultedOnCreate: true,
			...FREE,
		}),
		checkbox('IsLatest', 'Is Latest', READ_ONLY),
		text('VersionNumber', 'Version Number', 20, READ_ONLY),
		text('Title', 'Title', 255, { nillable: false, nameField: true, defaultedOnCreate: true, ...FREE }),
		textArea('Description', 'Description', 1000, FREE),
		textArea('ReasonForChange', 'Reason For Change', 1000, { updateable: false, ...FREE }),
		picklist('SharingOption', 'Prevent others from sharing and unsharing', ['A*', 'R'], {
			length: 40,
			restrictedPicklist: true,
			defaultValue: 'A',
			...FREE,
		}),
		picklist('SharingPrivacy', 'File Privacy on Records', ['N*', 'P'], {
			length: 40,
			restrictedPicklist: true,
			defaultValue: 'N',
			...FREE,
		}),
		text('PathOnClient', 'Path On Client', 500, { updateable: false, ...FREE }),
		IS_DELETED,
		stamp('ContentModifiedDate', 'Content Modified Date'),
		reference('ContentModifiedById', 'User ID', 'User', READ_ONLY),
		reference('OwnerId', 'Owner ID', 'User', { nillable: false, defaultedOnCreate: true, ...FREE }),
		...AUDIT,
		text('FileType', 'File Type', 20, READ_ONLY),
		picklist('PublishStatus', 'Publish Status', ['P', 'R', 'U'], { ...READ_ONLY, length: 40, defaultValue: 'P' }),
		field('VersionData', 'Version Data', 'base64', { updateable: false, ...FREE }),
		count('ContentSize', 'Size'),
		text('FileExtension', 'File Extension', 40, READ_ONLY),
		reference('FirstPublishLocationId', 'First Publish Location ID', [...PARENTS, 'User'], {
			updateable: false,
			...FREE,
		}),
		picklist('Origin', 'Content Origin', ['C*', 'H'], {
			length: 40,
			restrictedPicklist: true,
			defaultValue: 'C',
			updateable: false,
			...FREE,
		}),
		picklist('ContentLocation', 'Content Location', ['S*', 'E', 'L'], {
			length: 40,
			restrictedPicklist: true,
			defaultValue: 'S',
			updateable: false,
			...FREE,
		}),
		text('Checksum', 'Checksum', 50, READ_ONLY),
		checkbox('IsMajorVersion', 'Major Version', { updateable: false, ...FREE }),
		checkbox('IsAssetEnabled', 'Asset File Enabled', FREE),
	],
};

/** Where a file is shown (docs:object-reference/contentdocumentlink). */
export const CONTENT_DOCUMENT_LINK: ObjectSchema = {
	name: 'ContentDocumentLink',
	label: 'Content Document Link',
	labelPlural: 'Content Document Link',
	keyPrefix: '06A',
	searchable: false,
	idFilter: ['ContentDocumentId', 'LinkedEntityId'],
	fields: [
		recordId('ContentDocumentLink ID'),
		reference('LinkedEntityId', 'Linked Entity ID', [...PARENTS, 'Group', 'User'], {
			updateable: false,
			nillable: false,
			...FREE,
		}),
		reference('ContentDocumentId', 'ContentDocument ID', 'ContentDocument', {
			updateable: false,
			nillable: false,
			...FREE,
		}),
		IS_DELETED,
		MODSTAMP,
		picklist('ShareType', 'Share Type', ['V', 'C', 'I'], {
			length: 40,
			restrictedPicklist: true,
			defaultValue: 'V',
			defaultedOnCreate: true,
			...FREE,
		}),
		picklist('Visibility', 'Visibility', ['AllUsers', 'InternalUsers', 'SharedUsers'], {
			length: 40,
			restrictedPicklist: true,
			defaultValue: 'AllUsers',
			defaultedOnCreate: true,
			...FREE,
		}),
	],
};

/** The relationships by which records reach their files. */
export const FILES_OF_RECORDS: { parent: string; link: ChildRelationship }[] = PARENTS.flatMap((parent) =>
	[
		{ childSObject: 'Attachment', field: 'ParentId', relationshipName: 'Attachments', cascadeDelete: true },
		{
			childSObject: 'ContentDocumentLink',
			field: 'LinkedEntityId',
			relationshipName: 'ContentDocumentLinks',
			cascadeDelete: true,
		},
	].map((link) => ({ parent, link })),
);
