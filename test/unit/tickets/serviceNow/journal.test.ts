import { ApiError } from '../../../../lib/http/errors';
import type { ApiRequest, Transport } from '../../../../lib/http/types';
import { HIDDEN_JOURNAL, Journal, NO_JOURNAL } from '../../../../lib/tickets/serviceNow/journal';
import type { Row } from '../../../../lib/tickets/serviceNow/types';

interface Answer {
	rows?: Row[];
	total?: number;
	status?: number;
}

/** Answers for the journal and for display texts, each in turn. */
function instance(journal: Answer[], display: Answer[] = []) {
	const asked: ApiRequest[] = [];
	const transport = (async (request: ApiRequest) => {
		asked.push(request);
		const answers = request.path.endsWith('sys_journal_field') ? journal : display;
		const { rows = [], total = rows.length, status = 200 } = answers.shift() ?? {};
		if (status !== 200) throw new ApiError('User Not Authorized', { status });
		return { status, headers: { 'x-total-count': String(total) }, data: { result: rows } };
	}) as unknown as Transport;
	return { journal: new Journal(transport, 'incident'), asked };
}

const entry = (id: string, record = 'r1', element = 'comments'): Row => ({
	sys_id: id,
	element_id: record,
	element,
	value: `Text ${id}`,
	sys_created_by: 'sam',
	sys_created_on: '2026-01-02 10:00:00',
});
const shown = (id: string, comments: string, created = '2026-01-02 12:00:00'): Row => ({
	sys_id: id,
	sys_created_on: { display_value: created, value: '2026-01-02 10:00:00' },
	comments: { display_value: comments, value: '' },
	work_notes: { display_value: '', value: '' },
});

it('asks for the entries of a hundred records at a time', async () => {
	const ids = Array.from({ length: 150 }, (_, index) => `id${index}`);
	const { journal, asked } = instance([
		{ rows: [entry('1', 'id0')] },
		{ rows: [entry('2', 'id149')] },
	]);
	const { entries, warnings } = await journal.read(ids);
	expect([...entries.keys()]).toEqual(['id0', 'id149']);
	expect(warnings).toEqual([]);
	expect(asked.map(({ query }) => String(query!.sysparm_query).split(',id').length)).toEqual([
		100, 50,
	]);
	expect(asked[0].query!.sysparm_query).toMatch(
		/^nameINincident,task\^element_idINid0,.*\^elementINcomments,work_notes\^ORDERBYsys_created_on\^ORDERBYsys_id$/,
	);
});

it('reads on while there are more entries than a page holds', async () => {
	const { journal, asked } = instance([
		{ rows: [entry('1'), entry('2')], total: 1_500 },
		{ rows: [entry('3')], total: 1_500 },
	]);
	const { entries } = await journal.read(['r1']);
	expect(entries.get('r1')!.map(({ id }) => id)).toEqual(['1', '2', '3']);
	expect(asked.map(({ query }) => query!.sysparm_offset)).toEqual([0, 1_000]);
});

it('warns when some entries are hidden', async () => {
	const { journal } = instance([
		{ rows: [entry('1')], total: 3 },
		{ rows: [], total: 2 },
	]);
	expect((await journal.read(['r1'])).warnings).toEqual([HIDDEN_JOURNAL]);
	// It could be read before, so an empty answer means hidden entries only.
	expect(await journal.read(['r2'])).toEqual({ entries: new Map(), warnings: [HIDDEN_JOURNAL] });
});

it('passes over entries of other fields', async () => {
	const { journal } = instance([{ rows: [entry('1', 'r1', 'approval_history'), entry('2')] }]);
	expect((await journal.read(['r1'])).entries.get('r1')).toHaveLength(1);
});

const BLOB =
	'2026-01-02 14:00:00 - Sam Agent (Additional comments)\nSecond\nline\n\n2026-01-02 13:00:00 - Jane Doe (Additional comments)\nFirst\n\n';

it.each([
	['is refused', { status: 403 }],
	['comes without its rows', { rows: [], total: 2 }],
	['comes empty, though there are comments', { rows: [], total: 0 }],
])('takes the display text when the journal %s', async (_how, answer) => {
	const { journal, asked } = instance([answer], [{ rows: [shown('r1', BLOB)] }, { rows: [] }]);
	const { entries, warnings } = await journal.read(['r1']);
	expect(warnings).toEqual([NO_JOURNAL]);
	expect(entries.get('r1')).toEqual([
		{
			id: 'r1-comments-1',
			recordId: 'r1',
			element: 'comments',
			author: 'Jane Doe',
			createdAt: '2026-01-02T11:00:00.000Z',
			text: 'First',
		},
		{
			id: 'r1-comments-2',
			recordId: 'r1',
			element: 'comments',
			author: 'Sam Agent',
			createdAt: '2026-01-02T12:00:00.000Z',
			text: 'Second\nline',
		},
	]);
	await journal.read(['r2']);
	expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual([
		'sys_journal_field',
		'incident',
		'incident',
	]);
});

it('gives no times where they are shown in a form of their own', async () => {
	const blob = '01/02/2026 02:00 PM - Jane Doe (Additional comments)\nFirst\n';
	const { journal } = instance(
		[{ status: 403 }],
		[{ rows: [shown('r1', blob, '01/02/2026 12:00 PM')] }],
	);
	const [{ author, createdAt, text }] = (await journal.read(['r1'])).entries.get('r1')!;
	expect([author, createdAt, text]).toEqual(['Jane Doe', undefined, 'First']);
});

it('asks again next time when nobody has written anything so far', async () => {
	const { journal, asked } = instance(
		[{ rows: [] }, { rows: [entry('1')] }],
		[{ rows: [shown('r1', '')] }],
	);
	expect(await journal.read(['r1'])).toEqual({ entries: new Map(), warnings: [] });
	expect((await journal.read(['r1'])).entries.get('r1')).toHaveLength(1);
	expect(asked).toHaveLength(3);
});

it('hands on any other refusal', async () => {
	const { journal } = instance([{ status: 500 }]);
	await expect(journal.read(['r1'])).rejects.toMatchObject({ details: { status: 500 } });
	expect((await instance([]).journal.read([])).entries.size).toBe(0);
});
