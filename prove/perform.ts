import { setTimeout as pause } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { startLocalOrg } from '../local-org';
import type { LocalOrg } from '../local-org';
import type { TestNode } from '../test/support/engine';
import { Account } from './account';
import type { Finding, Part } from './account';
import type { EngineProcess, Engines, Flow, Report } from './engines';
import { atTrouble, heard, plant } from './mistakes';
import type { Mistake } from './mistakes';
import type { Scenario } from './scenario';
import { faultOf } from './troubles';
import type { Scene } from './troubles';
import { each } from './work';
import type { Work } from './work';
import { WORKS } from './works';

/** What one run came to. */
export interface Performed {
	findings: Finding[];
	/** Calls that met a trouble. */
	faults: number;
	records: number;
	/** What the org was asked and answered, a line a call. */
	calls: string[];
}

/** How often a flow is run again at most until everything is quiet. */
const ROUNDS = 3;

/** What is still under way at the org when an engine was stopped or killed has ended by then, in milliseconds. */
const SETTLED = 80;

/**
 * Performs a run against an org of its own: the work with its troubles, then the same flow again without any.
 *
 * @param mistake one that is planted, to try the prover itself
 * @throws Error when an engine, or the local org, does what neither foresees
 */
export async function perform(scenario: Scenario, engines: Engines, mistake?: Mistake): Promise<Performed> {
	const work = WORKS[scenario.work];
	if (work === undefined) throw new Error(`There is no work '${scenario.work}'.`);
	const org = await startLocalOrg({ ...work.org(scenario), clock: ticking() });
	const used = each(scenario.engines, () => engines.take());
	try {
		return await new Run(org, work, scenario, used, mistake).perform(engines);
	} finally {
		for (const engine of used) engines.give(engine);
		await org.close();
	}
}

/** So much later it is each time that the org looks at its clock, in milliseconds. */
const TICK = 5;

/** A clock that goes by what happens, so that a run is the same however long the machine takes. It begins with a second. */
function ticking(): () => Date {
	let now = Math.floor(Date.now() / 1000) * 1000;
	return () => new Date((now += TICK));
}

class Run {
	private faults = 0;
	/** What a planted mistake does besides. */
	private readonly besides: Array<Promise<void>> = [];
	private readonly stopped = new Set<EngineProcess>();
	private readonly settings: LocalOrg['settings'];

	constructor(
		private readonly org: LocalOrg,
		private readonly work: Work,
		private readonly scenario: Scenario,
		private readonly used: readonly EngineProcess[],
		private readonly mistake: Mistake | undefined,
	) {
		this.settings = { ...org.settings, hiddenFields: [...org.settings.hiddenFields] };
	}

	async perform(engines: Engines): Promise<Performed> {
		const { org, work, scenario } = this;
		const items = await work.begin({
			org,
			scenario,
			run: async (given, node) => await this.undisturbed(this.used[0] as EngineProcess, given, node),
		});
		const account = new Account(org, work, scenario);
		if (work.isIdle !== true && account.look().every(({ done }) => done)) throw new Error('There is nothing to do');
		plant(this.mistake, org);
		for (const trouble of scenario.troubles) {
			const fault = faultOf(trouble, this.scene(account), (call, made) => {
				this.faults++;
				this.besides.push(atTrouble(this.mistake, org, call, made));
			});
			org.addFault(fault);
		}
		const parts = await this.disturbed(items);
		await Promise.all(this.besides);
		if (parts.some(({ report, isStopped }) => report === undefined || isStopped)) await pause(SETTLED);
		org.clearFaults();
		Object.assign(org.settings, this.settings);
		const findings = account.afterRun(parts);
		org.clock.advance(60_000);
		findings.push(...(await this.again(account, parts, items, engines)));
		if (org.refused.length > 0) throw new Error(`The local org does not know: ${org.refused.join('; ')}`);
		const calls = org.calls.map(({ method, path, status }) => `${method} ${path} ${status}`);
		return { findings, faults: this.faults, records: scenario.count, calls };
	}

	/** Runs the flow in all engines at once, each with its part of the items, or all with the same. */
	private async disturbed(items: readonly IDataObject[]): Promise<Part[]> {
		const { work, scenario } = this;
		const { onError, maxTries } = scenario;
		const node = { ...work.node(scenario), onError, maxTries };
		return await Promise.all(
			this.used.map(async (engine, index) => {
				const places = [...items.keys()].filter(
					(place) => work.shared === 'same' || place % this.used.length === index,
				);
				const own = places.map((place) => items[place] as IDataObject);
				const report = await engine.run(this.flow(own, node, scenario.hasTwoUsers && index % 2 === 1));
				return { places, report: heard(this.mistake, report), isStopped: this.stopped.has(engine) };
			}),
		);
	}

	/** Runs the flow again until it has nothing more to do. */
	private async again(
		account: Account,
		parts: readonly Part[],
		items: readonly IDataObject[],
		engines: Engines,
	): Promise<Finding[]> {
		const { work, scenario } = this;
		const node = { ...work.node(scenario), onError: 'continueRegularOutput' as const };
		let [places, last] = [account.toRepeat(parts), undefined as Part | undefined];
		if (work.isOneItem === true) places = [0];
		for (let round = 0; round < ROUNDS && places.length > 0; round++) {
			const before = JSON.stringify(account.look());
			const engine = engines.take();
			const left = places.map((place) => items[place] as IDataObject);
			const report = await engine.run(this.flow(left, node));
			engines.give(engine);
			last = { places, report, isStopped: false };
			// Once more than it takes: what is done stays as it is.
			if (round > 0 && JSON.stringify(account.look()) === before) break;
			if (work.again === 'rest') places = account.toRepeat([last]);
			this.org.clock.advance(60_000);
		}
		return account.afterQuiet(last);
	}

	private flow(items: IDataObject[], node: TestNode, isAdmin = this.work.signsInAs === 'admin'): Flow {
		const { org, scenario } = this;
		const { clientId, clientSecret } = isAdmin ? org.admin : org;
		const credential = {
			domain: org.url,
			signInMethod: 'clientCredentials',
			clientId,
			clientSecret,
			allowLoopback: true,
		};
		return { credential, items, node, seed: scenario.seed };
	}

	private async undisturbed(engine: EngineProcess, items: IDataObject[], node: TestNode): Promise<IDataObject[]> {
		const report: Report | undefined = await engine.run(this.flow(items, node));
		if (report === undefined || report.error !== undefined) {
			throw new Error(`The run cannot begin: ${report?.error?.message ?? 'the engine ended'}`);
		}
		return report.items.map(({ json }) => json);
	}

	/** What troubles may do in this run; what somebody does in the org is noted in the account. */
	private scene(account: Account): Scene {
		const { org, work, used } = this;
		const engineAt = (place: number): EngineProcess => used[place % used.length] as EngineProcess;
		const recordAt = (place: number): string | undefined => account.look()[place]?.ids[0];
		const make = (): void => account.noteMade('Case', org.person().create('Case', { Subject: 'Somebody else' }));
		return {
			endSessions: () => org.expireSessions(),
			refuseSessions: () => void (org.settings.answer401Always = true),
			deleteRecord: (place) => {
				const id = (work.mayGo ?? work.change !== undefined) ? recordAt(place) : undefined;
				if (id === undefined) return make();
				account.noteDeleted(place);
				org.person().delete(id);
			},
			changeRecord: (place) => {
				const id = recordAt(place);
				if (work.change === undefined || id === undefined) return make();
				account.noteChanged(place);
				// By somebody else, and a second later than what was read.
				org.person().update(id, { [work.change.field]: work.change.value });
			},
			hideField: () => void (org.settings.hiddenFields = [...org.settings.hiddenFields, ...(work.hides ?? [])]),
			takeRights: () =>
				void Object.assign(org.settings, { canDelete: false, canManageUsers: false, canCustomize: false }),
			stop: (place) => {
				this.stopped.add(engineAt(place));
				engineAt(place).stop();
			},
			kill: (place) => engineAt(place).kill(),
		};
	}
}
