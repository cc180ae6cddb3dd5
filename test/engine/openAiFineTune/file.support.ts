/** Files as the API tells of them, and as an item holds them. */

export const LINE =
	'{"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Ho"}]}\n';
export const GOOD = LINE.repeat(10);
export const stored = (id: string, more: object = {}) => ({
	id,
	object: 'file',
	filename: 'train.jsonl',
	purpose: 'fine-tune',
	bytes: GOOD.length,
	created_at: 1_790_000_000,
	expires_at: null,
	status: 'processed',
	status_details: null,
	...more,
});
export const list = (...files: object[]) => ({ object: 'list', data: files, has_more: false });
export const files = (content: Buffer | string = GOOD, fileName = 'train.jsonl') => ({
	data: { content, fileName },
});
