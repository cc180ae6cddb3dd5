import {
	BOT,
	command,
	event,
	form,
	inChannel,
	interaction,
	message,
	newHost,
	newTs,
} from './support';

const asked = { text: `<@${BOT}> Where is the &lt;form&gt;?` };

async function take(request: ReturnType<typeof event>, parameters = {}) {
	const n8n = newHost(parameters);
	const result = await n8n.request(request);
	expect(result.status).toBe(200);
	return result.outputs;
}

describe('a question', () => {
	test('in a direct message', async () => {
		const ts = newTs();
		const n8n = newHost();
		const files = [{ id: 'F1', name: 'a.png', mimetype: 'image/png', size: 12, url_private: 'x' }];
		const said = message({ ts, subtype: 'file_share', files });
		const result = await n8n.request(
			event(said, { event_id: 'Ev1', is_ext_shared_channel: true, context_team_id: 'T1' }),
		);
		expect(result).toMatchObject({ status: 200, body: undefined, answeredByNode: true });
		expect(result.outputs?.map((items) => items.map(({ json }) => json))).toEqual([
			[
				{
					...{ kind: 'directMessage', text: 'What was the main complaint?', language: 'en' },
					...{ userId: 'U0PERSON', teamId: 'T1', channelId: 'D0DIRECT', channelType: 'im' },
					...{ isDirectMessage: true, ts, replyThreadTs: ts, botUserId: BOT, eventId: 'Ev1' },
					sessionKey: `T1:D0DIRECT:${ts}`,
					files: [{ id: 'F1', name: 'a.png', mimeType: 'image/png', size: 12 }],
				},
			],
			[],
		]);
	});

	test('by mention comes without the mention, to be answered in a thread of its own', async () => {
		const said = inChannel({ ...asked, type: 'app_mention', channel_type: undefined });
		const [[{ json }]] = (await take(event(said)))!;
		expect(json).toMatchObject({
			...{ kind: 'mention', text: 'Where is the <form>?', isDirectMessage: false },
			...{ replyThreadTs: said.ts, sessionKey: `T1:C0CHANNEL:${String(said.ts)}` },
		});
		expect(json).not.toHaveProperty('threadTs');
	});

	test.each<[string, Record<string, unknown>]>([
		['an edit', { subtype: 'message_changed', hidden: true }],
		['an edit that names the app now', { ...asked, edited: { user: 'U1', ts: '1' } }],
		['a deletion', { subtype: 'message_deleted' }],
		['a join', { subtype: 'channel_join' }],
		['a hidden message', { hidden: true }],
		['an empty message', { text: ' \n ' }],
		['a mention and nothing else', { text: ` <@${BOT}> ` }],
		['a file without a word', { subtype: 'file_share', text: '', files: [{ id: 'F1' }] }],
		['a message without a channel', { channel: undefined }],
		['a message without a time', { ts: undefined }],
	])('%s is none', async (_name, more) => {
		expect(await take(event(message(more)))).toBeUndefined();
	});

	test('talk of others in a channel is none', async () => {
		expect(await take(event(inChannel()))).toBeUndefined();
		expect(await take(event(inChannel({ text: `<@${BOT}X> hello` })))).toBeUndefined();
		expect(await take(event(inChannel({ channel_type: 'mpim' })))).toBeUndefined();
	});
});

describe('replies in threads', () => {
	const reply = (root: string, more = {}) => inChannel({ thread_ts: root, ...more });

	test('of the app itself', async () => {
		const root = newTs();
		const [[{ json }]] = (await take(event(reply(root, { parent_user_id: BOT }))))!;
		expect(json).toMatchObject({ kind: 'threadReply', threadTs: root, replyThreadTs: root });
	});

	test('that it was asked in before, also after a restart', async () => {
		const root = newTs();
		const n8n = newHost();
		await n8n.request(event(reply(root)));
		expect(n8n.executions).toBe(0);
		await n8n.request(event(inChannel({ ...asked, type: 'app_mention', ts: root })));
		await n8n.request(event(reply(root)));
		expect(n8n.executions).toBe(2);
		const after = newHost({}, { staticData: n8n.staticData });
		await after.request(event(reply(root)));
		await after.request(event(reply(root, { channel: 'C0OTHER' })));
		await after.request(event(reply(newTs())));
		expect(after.executions).toBe(1);
	});
});

describe('what the trigger is told to take', () => {
	test.each([
		['directMessage', event(message())],
		['mention', event(inChannel({ ...asked, type: 'app_mention' }))],
		['threadReply', event(inChannel({ thread_ts: '1.1', parent_user_id: BOT }))],
		['slashCommand', command()],
		['messageShortcut', shortcut()],
	])('%s', async (kind, request) => {
		const others = ['directMessage', 'mention', 'threadReply', 'slashCommand', 'messageShortcut'];
		expect(await take(request, { triggerOn: [kind] })).toMatchObject([[{ json: { kind } }], []]);
		const rest = others.filter((other) => other !== kind);
		expect(await take(request, { triggerOn: rest })).toBeUndefined();
	});

	test.each<[string, object, boolean]>([
		['an allowed channel', { allowedChannels: 'C1, C0CHANNEL' }, true],
		['another channel', { allowedChannels: 'C1 C2' }, false],
		['a denied channel', { deniedChannels: '#C0CHANNEL' }, false],
		['an allowed person', { allowedUsers: 'U0PERSON' }, true],
		['another person', { allowedUsers: 'U1' }, false],
		['a denied person', { deniedUsers: 'U1,U0PERSON' }, false],
		[
			'a person that is allowed and denied',
			{ allowedUsers: 'U0PERSON', deniedUsers: 'U0PERSON' },
			false,
		],
	])('%s', async (_name, options, isTaken) => {
		const said = inChannel({ ...asked, type: 'app_mention' });
		expect(Boolean(await take(event(said), { options }))).toBe(isTaken);
	});

	test('channels do not concern direct messages', async () => {
		const options = { allowedChannels: 'C1', deniedChannels: 'D0DIRECT' };
		expect(await take(event(message()), { options })).toHaveLength(2);
	});

	test.each<[string, object, object, boolean]>([
		['a stranger in a shared channel', { user_team: 'T2' }, {}, false],
		['a stranger who is wanted', { user_team: 'T2' }, { includeExternalPeople: true }, true],
		['somebody of unknown home', { team: undefined }, {}, false],
		['a colleague', { user_team: 'T1', team: 'T2' }, {}, true],
		['a colleague of another workspace', { user_team: 'E1' }, {}, true],
	])('%s', async (_name, more, options, isTaken) => {
		const said = inChannel({ ...asked, type: 'app_mention', ...more });
		const request = event(said, { is_ext_shared_channel: true, context_enterprise_id: 'E1' });
		expect(Boolean(await take(request, { options }))).toBe(isTaken);
	});
});

describe('a slash command', () => {
	test('is answered for its user alone, and made a question', async () => {
		const n8n = newHost();
		const result = await n8n.request(command());
		expect(result.body).toEqual({ response_type: 'ephemeral', text: 'Thinking…' });
		const [[{ json }]] = result.outputs!;
		expect(json).toMatchObject({
			...{ kind: 'slashCommand', text: 'How do I book a room?', language: 'en' },
			...{ sessionKey: 'T1:C0CHANNEL:U0PERSON', files: [] },
			responseUrl: 'https://hooks.slack.com/commands/1',
		});
		expect(json).not.toHaveProperty('replyThreadTs');
	});

	test.each<[string, object, Record<string, string>, unknown]>([
		['without a word', {}, { text: ' ' }, 'Write your question behind /ask.'],
		['of a denied person', { deniedUsers: 'U0PERSON' }, {}, 'You cannot use this command here.'],
	])('%s', async (_name, options, more, text) => {
		const n8n = newHost({ options });
		const result = await n8n.request(command(more));
		expect(result).toMatchObject({ status: 200, body: { response_type: 'ephemeral', text } });
		expect(n8n.executions).toBe(0);
	});

	test('says nothing where that is wanted', async () => {
		const result = await newHost({ options: { commandReply: '' } }).request(command());
		expect(result).toMatchObject({ status: 200, answeredByNode: true });
		expect(result.body).toBeUndefined();
	});
});

describe('a message shortcut', () => {
	test('asks about the message, whoever wrote it', async () => {
		const n8n = newHost();
		const [[{ json }]] = (await n8n.request(shortcut())).outputs!;
		expect(json).toMatchObject({
			...{ kind: 'messageShortcut', text: 'My badge is lost', userId: 'U0PERSON', ts: '5.5' },
			...{ replyThreadTs: '5.5', shortcutOf: { userId: 'U9', ts: '5.5' } },
			responseUrl: 'https://hooks.slack.com/actions/1',
		});
	});

	test('only the one that is named', async () => {
		const options = { shortcutCallbackId: 'answer_message' };
		expect(await take(shortcut(), { options })).toHaveLength(2);
		expect(await take(shortcut('other'), { options })).toBeUndefined();
	});
});

function shortcut(callbackId = 'answer_message') {
	return interaction({
		...{ type: 'message_action', callback_id: callbackId, trigger_id: newTs() },
		...{ user: { id: 'U0PERSON' }, team: { id: 'T1' }, channel: { id: 'C0CHANNEL', name: 'help' } },
		message: { type: 'message', user: 'U9', ts: '5.5', text: 'My badge is lost' },
		response_url: 'https://hooks.slack.com/actions/1',
	});
}

test('an unknown form is taken and starts nothing', async () => {
	expect(await take(form({ a: 'b' }))).toBeUndefined();
});
