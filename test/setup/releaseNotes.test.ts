import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Plain JavaScript, whose types are checked where it stands.
const { releaseNotes } = jest.requireActual<{
	releaseNotes(tag: string, version: string, changelog: string): string;
}>('../../setup/releaseNotes.cjs');

const root = join(__dirname, '..', '..');
const changelog = `# Changelog

## [Unreleased]

- Not yet.

## [1.2.0] - 2026-11-30

### Added

- Something.

## [1.1.0]

- Undated.

## [1.0.0] - 2026-01-01
`;

it("gives the version's section of the changelog", () => {
	expect(releaseNotes('v1.2.0', '1.2.0', changelog)).toBe('### Added\n\n- Something.');
});

it.each([
	['v1.2.1', '1.2.0', 'The tag is v1.2.1, but package.json has version 1.2.0.'],
	['1.2.0', '1.2.0', 'The tag is 1.2.0, but package.json has version 1.2.0.'],
	['v1.3.0', '1.3.0', 'CHANGELOG.md has no section [1.3.0].'],
	['v1.1.0', '1.1.0', 'CHANGELOG.md gives no date for 1.1.0.'],
	['v1.0.0', '1.0.0', 'CHANGELOG.md says nothing of 1.0.0.'],
])('refuses tag %s of version %s', (tag, version, message) => {
	expect(() => releaseNotes(tag, version, changelog)).toThrow(message);
});

it('reads the changelog of this package', () => {
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
	const own = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
	expect(own).toMatch(/^## \[Unreleased\]$/m);
	expect(releaseNotes(`v${version}`, version, own)).toContain('Push Move');
});
