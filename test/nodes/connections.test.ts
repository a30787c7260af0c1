import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

import { callOrg } from '../../nodes/shared/access/callOrg';
import { stages } from '../support/stage';

const stage = stages();

describe('when an answer is there', () => {
	const opened: Socket[] = [];
	const note = (message: unknown): void => void opened.push((message as { socket: Socket }).socket);

	beforeEach(() => subscribe('net.client.socket', note));
	afterEach(() => unsubscribe('net.client.socket', note));

	it('its connection has ended, so that nothing else holds its text', async () => {
		const { engine } = await stage();
		const host = engine.context({ type: 'salesforceSoqlQuery' }, [{}]);
		const { status } = await callOrg(host, 'salesforceOpsApi', { method: 'GET', path: '/services/data', headers: {} });
		// One to sign in, one for the call.
		expect({ status, connections: opened.map(({ closed }) => closed) }).toEqual({
			status: 200,
			connections: [true, true],
		});
	});
});
