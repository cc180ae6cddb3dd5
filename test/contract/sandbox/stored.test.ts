import { useSandbox } from './setup';

const bench = useSandbox();
const MODEL = 'gpt-4.1-mini-2025-04-14';

async function keep(content: string, metadata: Record<string, string> = {}) {
	return await bench.client.chat.completions.create({
		model: MODEL,
		store: true,
		metadata,
		messages: [{ role: 'user', content }],
	});
}

describe('stored completions', () => {
	it('are listed, read, labelled and deleted by the SDK', async () => {
		const first = await keep('One', { rating: 'good' });
		const second = await keep('Two');
		const { completions } = bench.client.chat;
		// The document allows no message but the assistant's here and no empty list, against its own example.
		const unchecked = bench.clientWith({ fetch }).chat.completions;
		const ids = async (query: object) =>
			(await Array.fromAsync(await completions.list(query))).map(({ id }) => id);
		expect(await ids({ limit: 1 })).toEqual([first.id, second.id]);
		expect(await ids({ metadata: { rating: 'good' } })).toEqual([first.id]);
		expect((await unchecked.list({ model: 'gpt-4o' })).data).toEqual([]);
		expect((await completions.retrieve(first.id)).choices).toEqual(first.choices);
		const messages = await Array.fromAsync(await unchecked.messages.list(first.id));
		expect(messages).toMatchObject([{ id: `${first.id}-0`, role: 'user', content: 'One' }]);
		const changed = await completions.update(second.id, { metadata: { rating: 'bad' } });
		expect(changed.metadata).toEqual({ rating: 'bad' });
		expect(await completions.delete(second.id)).toMatchObject({ deleted: true });
		await expect(completions.retrieve(second.id)).rejects.toMatchObject({ status: 404 });
	});
});
