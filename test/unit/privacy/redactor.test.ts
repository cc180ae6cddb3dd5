import fc from 'fast-check';

import type { JsonValue } from '../../../lib/dataset/types';
import { Detector } from '../../../lib/privacy/detector';
import { mapExampleTexts, mapItemTexts } from '../../../lib/privacy/exampleTexts';
import { type RedactAction, Redactor } from '../../../lib/privacy/redactor';
import { PRIVATE_TYPES } from '../../../lib/privacy/types';
import { Unmasker } from '../../../lib/privacy/unmask';

import { LABELLED } from './labelled';
import { parseLabelled } from './score';

const detector = new Detector({
	types: PRIVATE_TYPES,
	patterns: [{ name: 'Customer ID', pattern: 'CUST-\\d{6}' }],
});
const redactor = (action: RedactAction, numbering: 'example' | 'run' = 'example') =>
	new Redactor(detector, { action, numbering, ownLabels: ['Customer ID'] });

describe('masking', () => {
	test('the same value has the same number, spelled in another case too', () => {
		const { text } = redactor('mask').redactText('a@example.com b@example.com A@Example.com');
		expect(text).toBe('[EMAIL_1] [EMAIL_2] [EMAIL_1]');
	});

	test('numbers that the text has already are skipped', () => {
		const { text } = redactor('mask').redactText(
			'[EMAIL_1] is a@example.com, [EMAIL_3]: b@example.com',
		);
		expect(text).toBe('[EMAIL_1] is [EMAIL_2], [EMAIL_3]: [EMAIL_4]');
	});

	test('numbers begin anew in each example, or go on in a run', () => {
		const texts = ['a@example.com', 'b@example.com', 'a@example.com'];
		const perExample = redactor('mask');
		expect(texts.map((text) => perExample.redactText(text).text)).toEqual(
			Array(3).fill('[EMAIL_1]'),
		);
		const perRun = redactor('mask', 'run');
		expect(texts.map((text) => perRun.redactText(text).text)).toEqual([
			'[EMAIL_1]',
			'[EMAIL_2]',
			'[EMAIL_1]',
		]);
		expect(perRun.vault.size).toBe(0);
	});

	test('what a word gave away in one text goes from all texts of the example', () => {
		const example = {
			question: 'my password is Bluewhale77',
			answer: 'Bluewhale77 it was. PIN 12',
		};
		const { value } = redactor('mask').redact(example, mapItemTexts);
		expect(value).toEqual({
			question: 'my password is [SECRET_1]',
			answer: '[SECRET_1] it was. PIN 12',
		});
	});

	test('own patterns have their name in the placeholder', () => {
		const { text } = redactor('mask').redactText('for CUST-123456');
		expect(text).toBe('for [CUSTOMER_ID_1]');
	});

	test('the report counts by type and holds no value', () => {
		const run = redactor('mask');
		run.redactText('a@example.com b@example.com 10.0.0.1');
		run.redactText('nothing');
		run.redactText('10.0.0.2');
		expect(run.report()).toEqual({
			examples: 3,
			examplesTouched: 2,
			replaced: 4,
			survivors: 0,
			types: { email: { count: 2, examples: 1 }, ip: { count: 2, examples: 2 } },
		});
	});
});

test('removing takes one of two spaces with it', () => {
	const run = redactor('remove');
	expect(run.redactText('mail a@example.com please').text).toBe('mail please');
	expect(run.redactText('a@example.com').text).toBe('');
	expect(run.vault.size).toBe(0);
});

test('structure of examples stays; names of members, numbers and arguments are looked at', () => {
	const example: { messages: JsonValue[] } = {
		messages: [
			{ role: 'user', content: [{ type: 'text', text: 'a@example.com' }] },
			{
				role: 'assistant',
				function_call: { name: 'f', arguments: '{"b@example.com": [4111111111111111, 12345]}' },
			},
			{
				role: 'user',
				content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
			},
		],
	};
	const { value } = redactor('mask').redact(example, mapExampleTexts);
	expect(value).toEqual({
		messages: [
			{ role: 'user', content: [{ type: 'text', text: '[EMAIL_1]' }] },
			{
				role: 'assistant',
				function_call: { name: 'f', arguments: '{"[EMAIL_2]":["[CARD_1]",12345]}' },
			},
			example.messages[2],
		],
	});
});

describe('pseudonyms', () => {
	test('the same token in the run, other spellings apart, so that each comes back as it was', () => {
		const run = redactor('pseudonym');
		const first = run.redactText('a@example.com');
		const second = run.redactText('A@example.com and a@example.com');
		expect([first.text, second.text]).toEqual(['[EMAIL_1]', '[EMAIL_2] and [EMAIL_1]']);
		expect([...second.vault]).toEqual([
			['[EMAIL_2]', 'A@example.com'],
			['[EMAIL_1]', 'a@example.com'],
		]);
	});

	test('values found late are found in early examples; ordinary words are left alone there', () => {
		const run = redactor('pseudonym');
		const early = run.redact({ text: 'KX81772 says welcome' }, mapItemTexts);
		run.redactText('passport KX81772, password: welcome');
		const { value, isChanged, vault } = run.redactSurvivors(
			early.value,
			mapItemTexts,
			run.survivors(),
		);
		expect(isChanged).toBe(true);
		expect(value).toEqual({ text: '[DOCUMENT_1] says welcome' });
		expect([...vault]).toEqual([['[DOCUMENT_1]', 'KX81772']]);
	});

	test('mask then unmask gives back every one of 10,000 texts', () => {
		const values = LABELLED.map((marked) => parseLabelled(marked).text);
		const piece = fc.oneof(
			{ weight: 4, arbitrary: fc.constantFrom(...values) },
			{ weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
			{
				weight: 2,
				arbitrary: fc.constantFrom(
					'[EMAIL_1]',
					'EMAIL_1',
					'[email 1]',
					'\\[PHONE\\_2\\]',
					'<NAME_1>',
					'{{CARD_1}}',
					'[LITERAL_1]',
					'[LITERAL_2',
					'[[NAME_1]]',
					'EMAIL_',
					'[EMAIL_',
					'_1]',
					'[',
					']',
					'_',
					'1',
					'[CUSTOMER_ID_1]',
					'CUST-123456',
					'[EMAIL_01]',
					'(IP_1)',
					' ',
					'\n',
					'Hi Jane,',
					'a@example.com',
				),
			},
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('', ' '), (pieces, glue) => {
				const text = pieces.join(glue);
				const masked = redactor('pseudonym').redactText(text, ['Jane Doe']);
				const unmasker = new Unmasker(masked.vault);
				expect(unmasker.unmask(masked.text)).toBe(text);
				expect(unmasker.report()).toMatchObject({ missing: [], unknown: [], repaired: 0 });
			}),
			{ numRuns: 10_000 },
		);
	}, 120_000);
});
