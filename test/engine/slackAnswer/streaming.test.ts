import { useNock } from '../harness';
import { BASE, hangUp, model, noModel, question, refuse, TUNED, World } from './support';

useNock();
const world = new World();
beforeAll(async () => await world.start());
beforeEach(() => world.reset());
afterAll(async () => await world.stop());

const streaming = { streamToSlack: true };
const PIECES = ['Noise', ' levels', ' were', ' the', ' main complaint.'];

describe('streaming into the thread', () => {
	it('begins, ends, and says so', async () => {
		world.streams(PIECES);
		const { status, outputs } = await world.run(streaming);
		expect(status).toBe('success');
		expect(world.of('chat/completions')[0]).toMatchObject({ stream: true });
		expect(world.of('chat.startStream')).toEqual([
			{
				channel: 'D0001',
				thread_ts: '1700000000.000100',
				markdown_text: 'Noise ',
				recipient_user_id: 'U1',
				recipient_team_id: 'T1',
			},
		]);
		const [stop] = world.of('chat.stopStream');
		expect(stop).toMatchObject({
			ts: '1700000001.000001',
			markdown_text: 'levels were the main complaint.',
			metadata: { event_type: 'fine_tuned_answer', event_payload: { model: TUNED, part: 1 } },
		});
		expect((stop.blocks as Array<{ type: string }>).map(({ type }) => type)).toEqual([
			'context',
			'context_actions',
		]);
		expect(world.of('chat.postMessage')).toEqual([]);
		expect(outputs[0][0].json).toMatchObject({
			answer: 'Noise levels were the main complaint.',
			streamed: true,
			ts: ['1700000001.000001'],
		});
	});

	it('posts once where Slack does not begin', async () => {
		world.streams(PIECES);
		world.answer('chat.startStream', { ok: false, error: 'missing_recipient_team_id' });
		const { outputs } = await world.run(streaming);
		expect(world.of('chat.postMessage')).toMatchObject([{ text: PIECES.join('') }]);
		expect(world.of('chat.stopStream')).toEqual([]);
		expect(outputs[0][0].json).toMatchObject({
			streamed: false,
			warnings: [expect.stringContaining('missing_recipient_team_id')],
		});
	});

	it('does not try in a channel without the person who asked', async () => {
		world.says(PIECES.join(''));
		const { outputs } = await world.run(streaming, {
			items: [question({ channelId: 'C0001', userId: undefined })],
		});
		expect(world.methods()).not.toContain('chat.startStream');
		expect(outputs[0][0].json.warnings).toEqual([
			expect.stringContaining("'User ID' and 'Team ID'"),
		]);
	});

	it('takes a whole answer from a server that does not stream', async () => {
		world.says('All at once');
		const { outputs } = await world.run(streaming);
		expect(outputs[0][0].json.answer).toBe('All at once');
		expect(world.of('chat.postMessage').length + world.of('chat.stopStream').length).toBe(1);
	});

	it('completes the same message when the stream into Slack breaks', async () => {
		world.streams(PIECES);
		world.answer('chat.stopStream', hangUp);
		const { status, outputs } = await world.run(streaming);
		expect(status).toBe('success');
		expect(world.of('chat.postMessage')).toEqual([]);
		expect(world.of('chat.update')).toMatchObject([
			{ ts: '1700000001.000001', text: PIECES.join('') },
		]);
		expect(outputs[0][0].json.ts).toEqual(['1700000001.000001']);
	});

	it('falls back as long as nothing has been shown', async () => {
		world.answer('chat/completions', noModel);
		world.streams(['Wro'], undefined, false);
		world.streams(PIECES);
		const fallbackModels = { models: [{ model: model(BASE) }, { model: model('third') }] };
		const { outputs } = await world.run({ ...streaming, fallbackModels });
		expect(world.of('chat/completions').map((body) => body.model)).toEqual([TUNED, BASE, 'third']);
		expect(outputs[0][0].json).toMatchObject({ answer: PIECES.join(''), fell_back: true });
		expect(world.of('chat.startStream')).toHaveLength(1);
	});

	it('ends the message it has begun when the model breaks off, and asks no other', async () => {
		world.streams(PIECES, undefined, false);
		const { status, error } = await world.run({
			...streaming,
			fallbackModels: { models: [{ model: model(BASE) }] },
			options: { failureText: 'It broke off.' },
		});
		expect(status).toBe('error');
		expect(error?.message).toContain('broke off');
		expect(world.of('chat/completions')).toHaveLength(1);
		expect(world.of('chat.startStream')).toHaveLength(1);
		expect(world.of('chat.postMessage')).toEqual([]);
		expect(world.of('chat.stopStream')).toMatchObject([
			{
				markdown_text: expect.stringMatching(/\n\nIt broke off\.$/),
				metadata: { event_type: 'fine_tuned_answer_failed' },
			},
		]);
	});

	it('leaves no message open when the run is stopped', async () => {
		world.streams(PIECES, () => {
			if (world.methods().includes('chat.startStream')) run.cancel();
		});
		const run = world.begin(streaming);
		const { run: ended } = await run.result;
		expect(ended.status).toBe('canceled');
		expect(world.of('chat.stopStream')).toEqual([{ channel: 'D0001', ts: '1700000001.000001' }]);
		expect(world.of('chat.postMessage')).toEqual([]);
	});

	it('goes on without waiting when Slack limits the pieces', async () => {
		world.streams(PIECES);
		world.answer(
			'chat.startStream',
			refuse(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '1' }),
		);
		const { sleeps, outputs } = await world.run(streaming);
		expect(sleeps).toEqual([1_000]);
		expect(outputs[0][0].json).toMatchObject({ streamed: true });
	});
});
