import { byAge, isOlder } from '../../moves/duplicates';

const ids = ['5005g00000AbCdEAAV', '5005g00000AbCdFAAV', '5005g00000Abcd1AAF', '5005g00000aBCDEAAW'];

it('isOlder orders IDs as Salesforce gives them: digits, capitals, small letters', () => {
	const shuffled = [ids[2], ids[0], ids[3], ids[1]].map((Id) => ({ Id: Id as string }));
	expect(byAge(shuffled).map(({ Id }) => Id)).toEqual(ids);
});

it('isOlder has no regard to the three letters that only repeat the capitals', () => {
	expect(isOlder('5005g00000AbCdEAAV', '5005g00000AbCdE')).toBe(false);
	expect(isOlder('5005g00000AbCdE', '5005g00000AbCdEAAV')).toBe(false);
	expect(isOlder('5005g00000AbCdEZZZ', '5005g00000AbCdFAAA')).toBe(true);
});
