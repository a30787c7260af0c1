import { useOrg } from './support/client';

const at = useOrg();

const found = (object: string, field: string, value: unknown) =>
	at.org.rows(object).find((row) => row[field] === value) as Record<string, unknown>;
const trail = () => at.org.rows('SetupAuditTrail').map(({ Action, Display }) => [Action, Display]);

/** Somebody with a permission-set license, a permission set that needs another, and a package. */
function seed(): string {
	at.org.seed({
		User: [{ Username: 'ada@staff.example', FirstName: 'Ada', LastName: 'Abbot' }],
		PermissionSetLicense: [
			{
				DeveloperName: 'CallerPsl',
				MasterLabel: 'Caller',
				PermissionSetLicenseKey: 'C',
				TotalLicenses: 5,
				UsedLicenses: 0,
			},
		],
		PackageLicense: [{ NamespacePrefix: 'seatmap', AllowedLicenses: 5, UsedLicenses: 0 }],
	});
	const LicenseId = found('PermissionSetLicense', 'DeveloperName', 'CallerPsl').Id;
	at.org.seed({ PermissionSet: [{ Name: 'Caller_Set', Label: 'Calls', LicenseId }] });
	return String(found('User', 'Username', 'ada@staff.example').Id);
}

describe('the setup audit trail', () => {
	it('tells who was given and lost which license and permission set, and whom that freed of what', async () => {
		const ada = seed();
		const short = ada.slice(0, 15);
		const set = found('PermissionSet', 'Name', 'Caller_Set').Id;
		const given = await at.call('POST', 'sobjects/PermissionSetAssignment', { AssigneeId: ada, PermissionSetId: set });
		await at.call('DELETE', `sobjects/PermissionSetAssignment/${(given.body as { id: string }).id}`);
		const PackageLicenseId = found('PackageLicense', 'NamespacePrefix', 'seatmap').Id;
		const app = await at.call('POST', 'sobjects/UserPackageLicense', { UserId: ada, PackageLicenseId });
		await at.call('DELETE', `sobjects/UserPackageLicense/${(app.body as { id: string }).id}`);
		expect(trail()).toEqual([
			['PermSetAssign', `Permission set Calls: assigned to user Ada Abbot (UserID: [${short}])`],
			['PermSetLicenseAssign', `Permission set license Caller: assigned to user Ada Abbot (UserID: [${short}])`],
			['PermSetUnassign', `Permission set Calls: unassigned from user Ada Abbot (UserID: [${short}])`],
			['PermSetLicenseUnassign', `Permission set license Caller removed from user Ada Abbot (UserID: [${short}])`],
			['granteduserpackagelicense', `Granted 1 User Package Licenses for User with ID: ${short}`],
			['revokeduserpackagelicense', 'Revoked User Package License assignment'],
		]);
	});

	it('tells who was frozen and deactivated, and says nothing of what did not change', async () => {
		const ada = seed();
		const login = found('UserLogin', 'UserId', ada).Id;
		for (const IsFrozen of [true, true, false])
			await at.call('PATCH', `sobjects/UserLogin/${String(login)}`, { IsFrozen });
		for (const IsActive of [false, true]) await at.call('PATCH', `sobjects/User/${ada}`, { IsActive });
		await at.call('PATCH', `sobjects/User/${ada}`, { Department: 'Sales' });
		expect(trail().map(([action]) => action)).toEqual(['frozeuser', 'unfrozeuser', 'deactivateduser', 'activateduser']);
	});

	it('is read by action and time, never by its words, and nobody writes to it', async () => {
		const ada = seed();
		await at.call('PATCH', `sobjects/User/${ada}`, { IsActive: false });
		const ask = async (where: string) =>
			await at.call(
				'GET',
				`query?q=${encodeURIComponent(`SELECT Action, Display, CreatedById FROM SetupAuditTrail WHERE ${where}`)}`,
			);
		const answer = await ask("CreatedDate >= 2020-01-01T00:00:00Z AND Action IN ('deactivateduser')");
		expect(answer.body).toMatchObject({
			records: [
				{
					Action: 'deactivateduser',
					CreatedById: at.org.rows('User').find(({ Username }) => Username === at.org.username)?.Id,
				},
			],
		});
		expect((await ask("Display LIKE '%Ada%'")).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
		expect((await at.call('POST', 'sobjects/SetupAuditTrail', { Action: 'x' })).status).toBe(400);
	});
});
