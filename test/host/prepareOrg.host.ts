import { prepareBareOrg } from '../../demo/bareOrg';
import { moveCircle } from '../../demo/moveCircle';
import { setStage } from '../../demo/stage';
import type { Stage } from '../../demo/stage';
import { bareOrg, MOVE_FIELDS } from '../../local-org';

let stage: Stage;

beforeAll(async () => {
	stage = await setStage(() => undefined, { org: bareOrg(), repair: true });
}, 240_000);

afterAll(async () => {
	await stage.close();
});

it('an org with nothing but a user and an app gets a plan pushed and undone with the least rights', async () => {
	const { missing, made } = await prepareBareOrg(stage, () => undefined);
	// Every field is missing, and the right to it.
	expect(missing).toBeGreaterThan(2 * MOVE_FIELDS.length);
	expect(made).toBeGreaterThan(2 * MOVE_FIELDS.length);
	const { pushed, undone, remaining } = await moveCircle(stage, () => undefined);
	expect(pushed).toBeGreaterThan(0);
	expect([undone, remaining]).toEqual([pushed, 0]);
	expect(stage.org.rows('Case')).toEqual([]);
});
