import { useNock } from '../harness';
import { NOON, PublishedTrigger, useServer } from './support';

const nock = useNock();
const bench = useServer();

it('polls with a provider that has its own words', async () => {
	const page = (status: string) => ({
		...{ object: 'list', has_more: false },
		data: [{ id: 'ftjob-1', status, model: 'Qwen/Qwen2.5', created_at: NOON / 1000 }],
	});
	nock('https://llm.example.com')
		.get('/v1/fine_tuning/jobs')
		.query(true)
		.reply(200, page('PENDING'));
	nock('https://llm.example.com').get('/v1/fine_tuning/jobs').query(true).reply(200, page('DONE'));
	const node = new PublishedTrigger({
		server: bench.server,
		credential: {
			...{ provider: 'other', baseUrl: 'https://llm.example.com/v1', missing: ['events'] },
			statusWords: { values: [{ word: 'DONE', status: 'succeeded' }] },
		},
	});
	await node.publish();
	const [{ json }] = await node.poll();
	expect(json).toMatchObject({ event: 'jobSucceeded', id: 'ftjob-1', status: 'succeeded' });
});
