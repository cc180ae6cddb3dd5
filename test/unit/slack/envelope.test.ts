import fc from 'fast-check';

import { MAX_BODY_BYTES, readBody } from '../../../lib/slack/envelope';
import { buttonRating, reactionRating, readReactions } from '../../../lib/slack/feedback';
import { commandQuestion, shortcutQuestion } from '../../../lib/slack/command';
import type { Filters } from '../../../lib/slack/filters';
import { questionOf } from '../../../lib/slack/question';
import type { TriggerKind } from '../../../lib/slack/types';
import { withoutHanging } from '../../support/withoutHanging';

const none = new Set<string>();
const KINDS: TriggerKind[] = [
	...(['directMessage', 'mention', 'messageShortcut', 'slashCommand'] as const),
	...(['threadReply', 'feedbackButton', 'feedbackReaction'] as const),
];
const filters: Filters = {
	...{ kinds: new Set(KINDS), includesExternalPeople: false },
	...{ allowedChannels: none, deniedChannels: none, allowedUsers: none, deniedUsers: none },
};
const names = { good: readReactions('+1'), bad: readReactions('x') };

/** Values in which the names that the readers look for do occur. */
const { tree } = fc.letrec((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 4 },
		fc.jsonValue(),
		fc.constantFrom('U1', 'message', 'reaction_added', 'good', 'D1', '1.1', true),
		fc.array(tie('tree'), { maxLength: 3 }),
		fc.dictionary(
			fc.constantFrom(
				...['type', 'event', 'user', 'channel', 'ts', 'text', 'item', 'id', 'files', 'message'],
				...['authorizations', 'user_id', 'actions', 'action_id', 'value', '__proto__', 'team'],
			),
			tie('tree'),
			{ maxKeys: 8 },
		),
	),
}));

test('no body makes it fail', () => {
	const body = fc.oneof(
		fc.uint8Array({ maxLength: 300 }),
		fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
		tree.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
		tree.map((value) => Buffer.from(`payload=${encodeURIComponent(JSON.stringify(value) ?? '')}`)),
	);
	fc.assert(fc.property(body, (bytes) => expect(readBody(bytes).kind).toEqual(expect.any(String))));
});

test('no event, payload or command makes it fail, and only texts get through', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), tree), tree, (outer, inner) => {
			const one = Object(inner) as Record<string, unknown>;
			const context = { filters, knowsThread: () => true };
			const found = [
				questionOf({ ...outer, ...one }, one, context),
				commandQuestion({ ...outer, ...one }, filters),
				shortcutQuestion({ ...outer, ...one }, filters, ''),
				buttonRating({ ...outer, ...one }, filters),
				reactionRating({ ...outer, ...one }, one, filters, names),
			];
			for (const result of found) {
				if ('ignored' in result) expect(result.ignored).toEqual(expect.any(String));
				else expect(typeof result.userId).toBe('string');
			}
		}),
	);
});

test.each([
	['brackets', '{"a":'.repeat(MAX_BODY_BYTES / 5)],
	['a list', `{"a":${'['.repeat(MAX_BODY_BYTES)}`],
	['signs of a form', 'a='.repeat(MAX_BODY_BYTES / 2)],
	['fields', 'a&'.repeat(MAX_BODY_BYTES / 2)],
	['percent signs', `payload=${'%'.repeat(MAX_BODY_BYTES)}`],
	['white space', ' '.repeat(MAX_BODY_BYTES)],
	['letters', 'a'.repeat(MAX_BODY_BYTES)],
])('a megabyte of %s is over at once', (_name, text) => {
	expect(withoutHanging(() => readBody(Buffer.from(text))).kind).toMatch(/^(malformed|other)$/);
});

test('a message of a megabyte is over at once', () => {
	const event = { type: 'message', channel: 'D1', user: 'U1', ts: '1.1' };
	for (const piece of ['<', '<@', '<@U', '&lt;', ' ', '\n', 'a', '<@U1> ', '<|', 'я', '\ud800']) {
		const text = piece.repeat(MAX_BODY_BYTES / piece.length);
		const context = { filters, knowsThread: () => false };
		withoutHanging(() => questionOf({ team_id: 'T1' }, { ...event, text }, context));
	}
});
