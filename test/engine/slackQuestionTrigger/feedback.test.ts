import { BOT, event, interaction, newHost, PERSON } from './support';
import { useNock } from '../harness';

const nock = useNock();

const QUESTION = {
	ts: '100.000001',
	thread_ts: '100.000001',
	user: PERSON,
	text: `<@${BOT}> Where?`,
};

function answer(more: Record<string, unknown> = {}, facts: Record<string, unknown> = {}) {
	return {
		...{
			ts: '101.000001',
			thread_ts: QUESTION.ts,
			user: BOT,
			bot_id: 'B1',
			text: 'On &lt;floor&gt; 2.',
		},
		metadata: {
			event_type: 'fine_tuned_answer',
			event_payload: {
				question: 'Where is it?',
				model: 'ft:m',
				answer_id: 'a1',
				part: 1,
				...facts,
			},
		},
		...more,
	};
}

const press = (message: object, value = 'good', action = 'fine_tuned_answer_feedback') =>
	interaction({
		...{ type: 'block_actions', user: { id: PERSON, team_id: 'T1' }, team: { id: 'T1' } },
		...{ channel: { id: 'C0CHANNEL' }, message, trigger_id: 'x' },
		container: { type: 'message', message_ts: '101.000001', channel_id: 'C0CHANNEL' },
		actions: [{ type: 'feedback_buttons', action_id: action, value, action_ts: '200.1' }],
	});

const reaction = (more: object = {}) =>
	event({
		...{ type: 'reaction_added', user: PERSON, reaction: '+1', item_user: BOT, event_ts: '200.2' },
		item: { type: 'message', channel: 'C0CHANNEL', ts: '101.000001' },
		...more,
	});

function foresee(...answers: object[]) {
	for (const messages of answers) {
		nock('https://slack.com')
			.get('/api/conversations.replies')
			.matchHeader('authorization', 'Bearer xoxb-not-to-be-seen')
			.query(({ channel, include_all_metadata: all }) => channel === 'C0CHANNEL' && all === 'true')
			.reply(200, messages);
	}
}

describe('a feedback button', () => {
	test('tells all that came along, without asking Slack', async () => {
		const n8n = newHost();
		const result = await n8n.request(press(answer()));
		expect(result).toMatchObject({ status: 200, answeredByNode: true });
		expect(result.outputs?.map((items) => items.map(({ json }) => json))).toEqual([
			[],
			[
				{
					...{ rating: 'good', source: 'button', userId: PERSON, teamId: 'T1' },
					...{ channelId: 'C0CHANNEL', messageTs: '101.000001', threadTs: QUESTION.ts },
					sessionKey: `T1:C0CHANNEL:${QUESTION.ts}`,
					...{ question: 'Where is it?', answer: 'On <floor> 2.', model: 'ft:m' },
					eventId: `101.000001:${PERSON}:200.1`,
				},
			],
		]);
	});

	test('below the last part of a long answer finds the others', async () => {
		const last = answer({ text: 'Second.' }, { part: 2 });
		const first = answer({ ts: '100.900000', text: 'First.' });
		const other = answer({ ts: '100.950000', text: 'Other.' }, { answer_id: 'a2' });
		foresee({ ok: true, messages: [QUESTION, other, last, first] });
		const { outputs } = await newHost().request(press(last));
		expect(outputs?.[1][0].json).toMatchObject({ answer: 'First.\n\nSecond.' });
	});

	test.each([
		['another button', press(answer(), 'good', 'approve')],
		['another value', press(answer(), 'great')],
		[
			'a text that is no answer',
			press({ ...answer(), metadata: { event_type: 'fine_tuned_answer_failed' } }),
		],
	])('%s: 200 and no execution', async (_name, request) => {
		const n8n = newHost();
		expect(await n8n.request(request)).toMatchObject({ status: 200 });
		expect(n8n.executions).toBe(0);
	});

	test('pressed once and delivered twice counts once', async () => {
		const n8n = newHost();
		const request = press(answer());
		await Promise.all([n8n.request(request), n8n.request(request)]);
		expect(n8n.executions).toBe(1);
	});
});

describe('a reaction', () => {
	test('finds answer and question', async () => {
		const markdown = [{ type: 'markdown', text: 'On **floor** 2.' }, { type: 'context' }];
		foresee(
			{ ok: true, messages: [QUESTION, answer()] },
			{ ok: true, messages: [QUESTION, answer({ blocks: markdown })] },
		);
		const { outputs } = await newHost().request(reaction({ reaction: 'thumbsup::skin-tone-3' }));
		expect(outputs?.[1][0].json).toMatchObject({
			...{ rating: 'good', source: 'reaction', reaction: 'thumbsup' },
			...{ question: 'Where is it?', answer: 'On **floor** 2.', model: 'ft:m' },
		});
	});

	test('on an answer of another node takes the question from the head of the thread', async () => {
		const bare = answer({ metadata: undefined });
		foresee({ ok: true, messages: [bare] }, { ok: true, messages: [bare] });
		foresee({ ok: true, messages: [QUESTION] });
		const { outputs } = await newHost().request(reaction({ reaction: 'x' }));
		const [{ json }] = outputs![1];
		expect(json).toMatchObject({ rating: 'bad', question: 'Where?', answer: 'On <floor> 2.' });
		expect(json).not.toHaveProperty('model');
	});

	test('that is taken back says so', async () => {
		foresee({ ok: true, messages: [answer()] }, { ok: true, messages: [QUESTION, answer()] });
		const { outputs } = await newHost().request(reaction({ type: 'reaction_removed' }));
		expect(outputs?.[1][0].json).toMatchObject({ removed: true, rating: 'good' });
	});

	test('whose answer cannot be read comes with the reason', async () => {
		foresee({
			ok: false,
			error: 'missing_scope',
			needed: 'channels:history',
			provided: 'chat:write',
		});
		const { status, outputs } = await newHost().request(reaction());
		expect(status).toBe(200);
		const [{ json }] = outputs![1];
		expect(json).toMatchObject({ rating: 'good', answer: '', messageTs: '101.000001' });
		expect(json.lookupError).toContain('channels:history');
		expect(JSON.stringify(json)).not.toContain('xoxb-not');
	});

	test('on an answer that is gone starts nothing', async () => {
		foresee({ ok: true, messages: [QUESTION] });
		expect((await newHost().request(reaction())).outputs).toBeUndefined();
	});

	test.each([
		['to a message of a colleague', { item_user: 'U9' }],
		['of the app itself', { user: BOT }],
		['that means nothing', { reaction: 'eyes' }],
		['named like a method', { reaction: 'constructor' }],
		['to a file', { item: { type: 'file', file: 'F1' } }],
	])('%s: 200 and no execution', async (_name, more) => {
		const n8n = newHost();
		expect(await n8n.request(reaction(more))).toMatchObject({ status: 200 });
		expect(n8n.executions).toBe(0);
	});

	test('names can be set, and the whole switched off', async () => {
		const options = { goodReactions: ':tada:, eyes', badReactions: '' };
		foresee({ ok: true, messages: [answer()] }, { ok: true, messages: [answer()] });
		const { outputs } = await newHost({ options }).request(reaction({ reaction: 'eyes' }));
		expect(outputs?.[1]).toHaveLength(1);
		expect((await newHost({ options }).request(reaction())).outputs).toBeUndefined();
		const off = newHost({ triggerOn: ['mention', 'feedbackButton'] });
		expect((await off.request(reaction())).outputs).toBeUndefined();
	});
});
