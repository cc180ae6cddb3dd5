import { listJobs } from '../../../lib/openai/jobLists';
import {
	isProvider,
	LAB_KEY,
	PROVIDERS,
	type ProviderName,
	startProviderByName,
} from '../../../sandbox/providers';

import { connect } from './support';

const FIELDS = {
	accountId: 'lab',
	customLlmProvider: 'openai',
	portkeyProvider: 'openai',
};

it.each(Object.keys(PROVIDERS) as ProviderName[])(
	'the stand-in of %s answers at the address it gives',
	async (provider) => {
		const standIn = await startProviderByName(provider);
		const { baseUrl } = standIn;
		const authentication = provider === 'azureOpenAi' ? 'apiKeyHeader' : 'bearer';
		const client = connect({ provider, baseUrl, authentication, apiKey: LAB_KEY, ...FIELDS });
		expect(await listJobs(client.transport, client.dialect)).toEqual([]);
		await standIn.close();
	},
);

it('knows no other names', () => {
	expect([isProvider('nebius'), isProvider('__proto__'), isProvider('')]).toEqual([
		true,
		false,
		false,
	]);
});
