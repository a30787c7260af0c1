import type { INodeParameters } from 'n8n-workflow';

import { BUILT_IN_NODE, startBuiltIn } from '../../bench/builtIn';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import type { Engine } from '../support/engine';

/** Bytes that are no text, a form's own line ends among them. */
const BYTES = Buffer.from([0, 255, 13, 10, 45, 45, 200, 128]);
const OTHERS = Buffer.from('others');

let org: LocalOrg;
let engine: Engine;
let parentId: string;

beforeAll(async () => {
	org = await startLocalOrg({ seed: { Case: [{ Subject: 'Filed' }] } });
	engine = await startBuiltIn(org);
	parentId = String(org.rows('Case')[0]?.Id);
});

afterAll(async () => {
	engine.close();
	await org.close();
	expect(org.refused).toEqual([]);
});

/** Runs n8n's own Salesforce node once, given a file in its binary field `data`; tells what comes out. */
async function run(parameters: INodeParameters, bytes: Buffer = BYTES, fileName = 'plan.pdf') {
	const file = {
		type: 'n8n-nodes-base.moveBinaryData',
		parameters: {
			mode: 'jsonToBinary',
			convertAllData: false,
			sourceKey: 'base64',
			destinationKey: 'data',
			options: { dataIsBase64: true, fileName, mimeType: 'application/pdf' },
		},
	};
	const node = {
		...BUILT_IN_NODE,
		parameters: { authentication: 'jwt', ...parameters },
		onError: 'continueRegularOutput' as const,
	};
	const { outputs, error } = await engine.run([{ base64: bytes.toString('base64') }], file, node);
	if (error) throw new Error(error.message);
	return outputs[0];
}

const saved = { id: expect.any(String), success: true, errors: [] };
/** What the node gives for an answer without a body. */
const done = { success: true, errors: [] };

describe("n8n's own Salesforce node", () => {
	it('makes, reads, changes, lists and deletes attachments', async () => {
		const on = async (operation: string, more: INodeParameters = {}, bytes?: Buffer) =>
			await run({ resource: 'attachment', operation, ...more }, bytes);
		const create = {
			parentId,
			name: 'plan.pdf',
			binaryPropertyName: 'data',
			additionalFields: { description: 'A plan', isPrivate: true },
		};
		const created = await on('create', create);
		expect(created).toEqual([saved]);
		const id = { attachmentId: String(created?.[0]?.id) };
		expect(await on('get', id)).toMatchObject([
			{
				ParentId: parentId,
				Name: 'plan.pdf',
				ContentType: 'application/pdf',
				BodyLength: BYTES.length,
				Description: 'A plan',
				IsPrivate: true,
			},
		]);
		expect(org.rows('Attachment')).toMatchObject([{ Body: BYTES.toString('base64') }]);
		const conditionValues = [{ field: 'Name', operation: 'equal', value: 'plan.pdf' }];
		const options = { fields: 'Id,Name,BodyLength', conditionsUi: { conditionValues } };
		expect(await on('getAll', { returnAll: true, options })).toMatchObject([{ Id: id.attachmentId, BodyLength: 8 }]);
		expect(await on('getAll', { returnAll: false, limit: 1, options: {} })).toMatchObject([{ Name: 'plan.pdf' }]);
		const updateFields = { name: 'others.txt', binaryPropertyName: 'data' };
		expect(await on('update', { ...id, updateFields }, OTHERS)).toEqual([done]);
		expect(org.rows('Attachment')).toMatchObject([{ Name: 'others.txt', Body: OTHERS.toString('base64') }]);
		expect(await on('getSummary')).toMatchObject([
			{ objectDescribe: { name: 'Attachment', createable: true }, recentItems: [{ Name: 'others.txt' }] },
		]);
		expect(await on('delete', id)).toEqual([done]);
		expect(org.rows('Attachment')).toEqual([]);
		expect(await on('get', id)).toMatchObject([{ errorCode: 'NOT_FOUND' }]);
		expect(await on('create', { ...create, parentId: '500000000000001AAA' })).toMatchObject([
			{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' },
		]);
	});

	it('uploads documents', async () => {
		const upload = async (title: string, additionalFields: INodeParameters) =>
			await run({
				resource: 'document',
				operation: 'upload',
				title,
				binaryPropertyName: 'data',
				additionalFields,
			});
		expect(await upload('Plan', { linkToObjectId: parentId })).toEqual([saved]);
		expect(await upload('Grüße', { fileExtension: 'txt' })).toEqual([saved]);
		const versions = org.rows('ContentVersion');
		expect(versions).toMatchObject([
			{ Title: 'Plan', PathOnClient: 'Plan.pdf', FileExtension: 'pdf', VersionData: BYTES.toString('base64') },
			{ Title: 'Grüße', PathOnClient: 'Grüße.txt', ContentSize: BYTES.length },
		]);
		expect(org.rows('ContentDocumentLink').filter(({ LinkedEntityId }) => LinkedEntityId === parentId)).toMatchObject([
			{ ContentDocumentId: versions[0]?.ContentDocumentId, ShareType: 'V' },
		]);
		expect(await upload('Lost', { linkToObjectId: '500000000000001AAA' })).toMatchObject([
			{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' },
		]);
		expect(org.rows('ContentVersion')).toHaveLength(2);
	});
});
