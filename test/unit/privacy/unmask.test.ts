import { Unmasker } from '../../../lib/privacy/unmask';

const VAULT = new Map([
	['[EMAIL_1]', 'jane@example.com'],
	['[EMAIL_12]', 'bob@example.com'],
	['[NATIONAL_ID_1]', '123-45-6789'],
	['[CUSTOMER_ID_1]', 'CUST-1'],
]);

test.each([
	['[EMAIL_1], [EMAIL_12].', 'jane@example.com, bob@example.com.'],
	['\\[EMAIL\\_1\\]', 'jane@example.com'],
	['[email_1] [Email 1] [EMAIL-1]', 'jane@example.com jane@example.com jane@example.com'],
	['<EMAIL_1> {{EMAIL_1}} (EMAIL_1)', 'jane@example.com jane@example.com (jane@example.com)'],
	['write to EMAIL_1.', 'write to jane@example.com.'],
	['[NATIONAL ID 1] [national_id_1]', '123-45-6789 123-45-6789'],
	['([email_1])', '(jane@example.com)'],
	['[[EMAIL_1]]', '[jane@example.com]'],
	['[CUSTOMER_ID_1] customer id 1', 'CUST-1 customer id 1'],
	['email 1, EMAIL_1x, MY_EMAIL_1', 'email 1, EMAIL_1x, MY_EMAIL_1'],
])('%s', (text, expected) => {
	expect(new Unmasker(VAULT).unmask(text)).toBe(expected);
});

test('reports what was changed, invented and left out, and never a value', () => {
	const unmasker = new Unmasker(VAULT);
	unmasker.unmask('[EMAIL_1] [email_1] [EMAIL_7] PHONE_3');
	expect(unmasker.report()).toEqual({
		restored: 2,
		repaired: 1,
		unknown: ['[EMAIL_7]', 'PHONE_3'],
		missing: ['[EMAIL_12]', '[NATIONAL_ID_1]', '[CUSTOMER_ID_1]'],
		kept: 0,
	});
});

test('tells a vault of other texts from one of which something was used', () => {
	const other = new Unmasker(VAULT);
	other.unmask('EMAIL_9, said [PHONE_3].');
	expect(other.isOfOtherTexts).toBe(true);
	other.unmask('[email_1]');
	expect(other.isOfOtherTexts).toBe(false);
	const loose = new Unmasker(VAULT);
	loose.unmask('EMAIL_9');
	expect(loose.isOfOtherTexts).toBe(false);
	const empty = new Unmasker(new Map());
	empty.unmask('[EMAIL_9]');
	expect(empty.isOfOtherTexts).toBe(false);
});

test('exact placeholders only, and only some types', () => {
	const exact = new Unmasker(VAULT, { tolerant: false });
	expect(exact.unmask('[EMAIL_1] EMAIL_1')).toBe('jane@example.com EMAIL_1');
	const some = new Unmasker(VAULT, { types: ['email'] });
	expect(some.unmask('[EMAIL_1] [NATIONAL_ID_1]')).toBe('jane@example.com [NATIONAL_ID_1]');
	expect(some.report()).toMatchObject({ restored: 1, kept: 1 });
});
