import { execFileSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	findToken,
	hashBytes,
	longestToken,
	unpackVocabulary,
} from '../../../lib/tokens/vocabulary';
import { readTiktoken } from './readTiktoken';

const ROOT = join(__dirname, '..', '..', '..');
const SOURCE = join('node_modules', 'tiktoken', 'encoders', 'o200k_base.json');
const TARGET = join('lib', 'tokens', 'vocabulary.generated.ts');

describe('the packed vocabulary', () => {
	const vocabulary = unpackVocabulary();
	const tokens = readTiktoken();

	it('holds every token of tiktoken under its rank', () => {
		const { bytes, offsets } = vocabulary;
		expect(offsets.length).toBe(199_998 + 1);
		const wrong = tokens.filter(
			(token, id) => !token.equals(bytes.subarray(offsets[id], offsets[id + 1])),
		);
		expect(wrong).toEqual([]);
	});

	it('finds every token', () => {
		const find = (bytes: Buffer) =>
			findToken(vocabulary, bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
		expect(tokens.filter((token, id) => find(token) !== id)).toEqual([]);
	});

	it('does not find what is no token', () => {
		const known = new Set(tokens.map((token) => token.toString('latin1')));
		const others = tokens
			.map((token) => Buffer.concat([token, Buffer.from('q')]))
			.filter((bytes) => !known.has(bytes.toString('latin1')));
		expect(others.length).toBeGreaterThan(190_000);
		const found = others.filter(
			(bytes) =>
				findToken(vocabulary, bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length)) !== -1,
		);
		expect(found).toEqual([]);
	});

	it('knows the longest token', () => {
		expect(tokens.reduce((most, token) => Math.max(most, token.length), 0)).toBe(longestToken);
	});

	it('ships in less than 1.1 MB', () => {
		expect(statSync(join(ROOT, TARGET)).size).toBeLessThan(1_100_000);
	});
});

describe('scripts/build-vocabulary.mjs', () => {
	let copy: string;
	const build = () =>
		execFileSync(process.execPath, [join(copy, 'scripts', 'build-vocabulary.mjs')], {
			encoding: 'utf8',
		});

	beforeAll(() => {
		copy = mkdtempSync(join(tmpdir(), 'vocabulary-'));
		mkdirSync(join(copy, 'node_modules', 'tiktoken', 'encoders'), { recursive: true });
		cpSync(join(ROOT, SOURCE), join(copy, SOURCE));
		for (const script of ['build-vocabulary.mjs', 'paths.mjs']) {
			cpSync(join(ROOT, 'scripts', script), join(copy, 'scripts', script));
		}
		build();
	});

	afterAll(() => rmSync(copy, { recursive: true, force: true }));

	it('writes the same file everywhere', () => {
		expect(
			readFileSync(join(copy, TARGET), 'utf8') === readFileSync(join(ROOT, TARGET), 'utf8'),
		).toBe(true);
	});

	it('writes nothing when the file is up to date', () => {
		const { ino, mtimeMs } = statSync(join(copy, TARGET));
		expect(build()).toBe('');
		expect(statSync(join(copy, TARGET))).toMatchObject({ ino, mtimeMs });
	});

	it('writes again when the source has changed', () => {
		const source = readFileSync(join(copy, SOURCE), 'utf8');
		writeFileSync(join(copy, SOURCE), `${source}\n`);
		const before = readFileSync(join(copy, TARGET), 'utf8');
		build();
		const after = readFileSync(join(copy, TARGET), 'utf8');
		expect(after === before).toBe(false);
		expect(after.split('\n').slice(2).join('\n') === before.split('\n').slice(2).join('\n')).toBe(
			true,
		);
	});
});
